"""Every kind of paper, from a full case and from an empty one."""

import pytest

from papers.domain.rendering import fields_of, missing_fields, render
from papers.domain.samples import SAMPLE, sample_qr
from papers.layouts import KINDS, built_in
from papers.layouts.kind import SILENT
from papers.titles import TITLES
from tests.papers.documents import text_of


def test_every_kind_has_a_title_and_a_mark_of_its_own():
    marks = [kind.mark for kind in KINDS.values()]

    assert set(TITLES) == set(KINDS)
    assert len(set(marks)) == len(marks)


def test_the_sample_knows_every_field():
    asked = set().union(*(fields_of(built_in(code)) for code in KINDS))

    assert asked - SILENT - set(SAMPLE) == set()


@pytest.mark.parametrize("code", KINDS)
def test_a_full_paper_says_everything(code):
    content = render(KINDS[code], built_in(code), SAMPLE, qr=sample_qr())

    text = text_of(content)
    assert KINDS[code].heading in text
    for sign in ("{{", "{%", "}}", "【待填", "（未提供）", "None", "Undefined"):
        assert sign not in text


@pytest.mark.parametrize("code", KINDS)
def test_an_empty_paper_names_what_is_missing(code):
    kind, template = KINDS[code], built_in(code)
    needed, optional = missing_fields(kind, fields_of(template), {})

    text = text_of(render(kind, template, {}))

    assert set(kind.optional) == set(optional)
    for sign in ("{{", "{%", "}}", "None", "Undefined"):
        assert sign not in text
    scalars = [name for name in needed if not isinstance(SAMPLE[name], list)]
    assert [name for name in scalars if f"【待填：{name}】" not in text] == []


@pytest.mark.parametrize("code", KINDS)
def test_a_paper_without_its_optional_fields_is_whole(code):
    facts = {name: SAMPLE[name] for name in SAMPLE if name not in KINDS[code].optional}

    text = text_of(render(KINDS[code], built_in(code), facts))

    assert "【待填" not in text
    assert "{{" not in text
