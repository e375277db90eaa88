"""Many papers of one kind are copies of one, and say exactly what each alone would say."""

import pytest

from papers.domain.printing import render_all
from papers.domain.rendering import render
from papers.domain.samples import SAMPLE
from papers.layouts import KINDS, built_in
from tests.papers.documents import text_of

NAMES = ("㛃玉𬭎", "阿卜杜拉·买买提", "A & <B>", "钱样例")
KIND = KINDS["acceptance_notice"]


def sheets(**change):
    return [
        SAMPLE | {"收件人": name, "文号": f"古塔调受〔2026〕第{number}号"} | change
        for number, name in enumerate(NAMES, 1)
    ]


@pytest.mark.parametrize(
    "change", [{}, {"调解员": ""}, {"案由": "一行\n又一行"}], ids=["whole", "empty", "lines"]
)
def test_a_copy_says_what_a_paper_alone_would_say(change):
    template = built_in(KIND.code)
    made = render_all(KIND, template, sheets(**change), [""] * len(NAMES))

    for content, facts in zip(made, sheets(**change), strict=True):
        assert text_of(content) == text_of(render(KIND, template, facts))


def test_what_is_missing_in_one_paper_is_missing_in_it_alone():
    papers = sheets()
    papers[1]["收件人"] = ""
    papers[2]["收件人"] = "两\n行"
    made = render_all(KIND, built_in(KIND.code), papers, [""] * len(NAMES))

    assert ["【待填：收件人】" in text_of(content) for content in made] == [
        False,
        True,
        False,
        False,
    ]
    assert "阿卜杜拉" not in text_of(made[3])
