"""LibreOffice: missed in one sentence that says how to install it."""

import pytest

from house import serve, wordprocessor
from papers.domain import converting


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without LibreOffice, with what is put into its only folder of programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SOFFICE", raising=False)
    return tmp_path


def put(folder, name):
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_it_is_looked_for_as_the_product_looks_for_it(bare):
    assert wordprocessor.PROGRAMS == converting.PROGRAMS
    assert (wordprocessor.is_there(), converting.has_office()) == (False, False)
    put(bare, "libreoffice")
    assert (wordprocessor.is_there(), converting.has_office()) == (True, True)
    assert wordprocessor.advice() == ""


def test_the_advice_fits_the_machine(bare):
    assert "请安装 LibreOffice" in wordprocessor.advice()
    put(bare, "dnf")
    assert "sudo dnf install libreoffice-writer" in wordprocessor.advice()
    put(bare, "apt-get")
    assert "sudo apt-get install libreoffice-writer-nogui" in wordprocessor.advice()


def test_the_start_says_it_once_and_goes_on(bare, capsys):
    serve.welcome(8000, [])

    said = capsys.readouterr().out
    assert said.count("LibreOffice：文书可以下载 Word 版") == 1
    assert "http://127.0.0.1:8000/" in said


def test_nothing_is_said_where_it_is_there(bare, capsys):
    put(bare, "soffice")

    serve.welcome(8000, [])

    assert "LibreOffice" not in capsys.readouterr().out
