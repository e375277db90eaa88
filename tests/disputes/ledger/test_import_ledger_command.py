import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from disputes.models import Case
from tests.disputes.ledger.workbooks import make_row

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("import_ledger", *map(str, args), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_report_is_json_on_request(register, ledger):
    report = json.loads(run(ledger([make_row(), make_row(案由="看卷")]), "--json"))
    assert set(report) == {"rows", "imported", "unchanged", "rejected", "errors", "warnings"}
    assert (report["rows"], report["imported"], report["rejected"]) == (2, 1, 1)
    [error] = report["errors"]
    assert set(error) == {"line", "column", "message"}
    assert (error["line"], error["column"]) == (5, "案由")
    assert report["warnings"] == []


def test_without_it_a_person_reads_it(register, ledger):
    said = run(ledger([make_row(案由="看卷")]))
    assert "案由" in said
    assert "看卷" in said


def test_rejects_are_written_where_one_says(register, ledger, tmp_path):
    run(ledger([make_row(案由="看卷")]), "--rejects", tmp_path / "r.xlsx")
    assert load_workbook(tmp_path / "r.xlsx").active.max_row == 4


def test_a_folder_for_rejects_that_is_not_there_stops_it_before_it_begins(
    register, ledger, tmp_path
):
    with pytest.raises(CommandError):
        run(ledger([make_row()]), "--rejects", tmp_path / "none" / "r.xlsx")
    assert not Case.objects.exists()


@pytest.mark.parametrize("content", [None, b"", b"hello"])
def test_a_file_that_cannot_be_read_ends_with_a_sentence(register, tmp_path, content):
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run(path)
    assert str(error.value)
    assert not Case.objects.exists()
