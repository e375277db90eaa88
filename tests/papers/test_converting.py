"""PDF and pictures of papers, where LibreOffice is installed."""

import threading

import pytest

from papers.domain import converting
from papers.domain.converting import has_office, to_pdf
from papers.domain.picturing import count_pages, draw_page
from papers.domain.templates import sample_of
from papers.refusals import ConversionFailed, NoOffice
from tests.papers.documents import with_text

pytestmark = pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")


def test_several_papers_are_converted_in_one_call():
    first, second = to_pdf([sample_of("agreement"), sample_of("withdrawal")])

    assert [count_pages(first), count_pages(second)] == [2, 1]
    assert draw_page(second, 1).startswith(b"\x89PNG")
    assert draw_page(second, 2) is None


def test_threads_wait_for_each_other():
    done = []
    threads = [
        threading.Thread(target=lambda: done.extend(to_pdf([with_text("甲")]))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [count_pages(pdf) for pdf in done] == [1, 1, 1]


def test_what_is_no_pdf_is_refused():
    with pytest.raises(ConversionFailed):
        count_pages(b"no pdf")


def test_a_program_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("SOFFICE", str(program))
    monkeypatch.setattr(converting, "FIRST", 0.2)
    monkeypatch.setattr(converting, "EACH", 0)

    with pytest.raises(ConversionFailed):
        to_pdf([with_text("甲")])


def test_without_the_program_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ("no-such-program",))

    with pytest.raises(NoOffice):
        to_pdf([with_text("甲")])
