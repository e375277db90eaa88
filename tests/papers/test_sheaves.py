"""Alike papers go through LibreOffice as one document, and come out as those they are."""

import pypdfium2
import pytest

from papers.domain.converting import has_office, to_pdfs
from papers.domain.picturing import count_pages
from papers.domain.printing import render_all
from papers.domain.samples import SAMPLE
from papers.domain.sheaves import bind
from papers.layouts import KINDS, built_in
from tests.papers.documents import text_of, with_text

NAMES = ("㛃样𬭎", "古丽娜尔·买买提", "吴样例", "郑样例")


def papers(code="acceptance_notice", **change):
    sheets = [
        SAMPLE | {"收件人": name, "文号": f"古塔调受〔2026〕第{number}号"} | change
        for number, name in enumerate(NAMES, 1)
    ]
    return render_all(KINDS[code], built_in(code), sheets, ["https://example.org/1/"] * len(NAMES))


def words_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in pages).replace(" ", "")


def test_a_sheaf_holds_every_paper_and_counts_no_pages_of_the_whole():
    whole = bind(papers())

    text = text_of(whole)
    assert all(name in text for name in NAMES)
    assert b"NUMPAGES" not in whole


def test_papers_that_differ_in_more_than_their_text_are_not_bound():
    first, second = papers()[0], papers(机构名称="别处")[1]
    assert bind([first, second]) is not None
    assert bind([first, papers("refusal_notice")[1]]) is None
    assert bind([first, with_text("甲")]) is None


@pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")
def test_each_pdf_says_what_its_paper_says_and_nothing_of_the_others():
    made = to_pdfs(papers())

    for pdf, name, number in zip(made, NAMES, range(1, 5), strict=True):
        words = words_of(pdf)
        assert count_pages(pdf) == 1
        assert f"第{number}号" in words
        assert "第1页　共1页" in words
        assert [one for one in NAMES if one in words] == [name]


@pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")
def test_papers_of_several_pages_go_one_by_one():
    made = to_pdfs(papers("agreement"))

    assert [count_pages(pdf) for pdf in made] == [2, 2, 2, 2]
    assert "共2页" in words_of(made[0])
