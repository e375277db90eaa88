import pytest
from openpyxl import load_workbook

from disputes.domain.ledger.importing import import_ledger
from disputes.domain.ledger.rejects import write_rejects
from disputes.models import Case
from tests.disputes.ledger.workbooks import make_row
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
REASON = "退回原因"


@pytest.fixture
def handed_back(register, ledger, tmp_path):
    """Import rows, and open the workbook of those that were rejected."""

    def make(rows, **kwargs):
        path, target = ledger(rows, **kwargs), tmp_path / "rejects.xlsx"
        report = import_ledger(path, at=MONDAY)
        assert write_rejects(path, report.reasons(), target) == report.rejected
        return target

    return make


def cells(path):
    return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]


def test_rejected_rows_come_back_below_the_same_titles(handed_back):
    bad = make_row(申请人="马国", 案由="看卷")
    lines = cells(handed_back([make_row(), bad, make_row()], below=[["合计", 3]]))
    assert lines[0][0] == "劳动争议案件登记台账"
    assert lines[2] == [*bad, REASON]
    assert lines[3][:-1] == [bad[title] for title in bad]
    assert len(lines) == 4


def test_each_says_its_line_and_what_is_wrong(handed_back):
    lines = cells(handed_back([make_row(), make_row(案由="看卷", 登记日="去年春天")]))
    assert "5" in lines[3][-1]
    assert "案由" in lines[3][-1]
    assert "登记日" in lines[3][-1]


def test_wrong_cells_are_coloured_others_are_not(handed_back):
    sheet = load_workbook(handed_back([make_row(案由="看卷")])).active
    titles = [cell.value for cell in sheet[3]]
    assert sheet.cell(4, titles.index("案由") + 1).fill.patternType == "solid"
    assert sheet.cell(4, titles.index("申请人") + 1).fill.patternType is None


def test_corrected_they_are_imported_and_the_reason_is_ignored(handed_back):
    path = handed_back([make_row(), make_row(申请人="马国", 案由="看卷")])
    book = load_workbook(path)
    titles = [cell.value for cell in book.active[3]]
    book.active.cell(4, titles.index("案由") + 1).value = "加班费"
    book.save(path)
    report = import_ledger(path, at=MONDAY)
    assert (report.rows, report.imported, report.rejected) == (1, 1, 0)
    assert Case.objects.count() == 2


def test_rejected_again_they_carry_one_reason_only(handed_back, tmp_path):
    path = handed_back([make_row(案由="看卷")])
    report = import_ledger(path, at=MONDAY)
    again = tmp_path / "again.xlsx"
    write_rejects(path, report.reasons(), again)
    lines = cells(again)
    assert lines[2].count(REASON) == 1
    assert len(lines[2]) == len(make_row()) + 1


def test_text_stays_text_and_opens_no_formula(handed_back):
    sheet = load_workbook(handed_back([make_row(案由="看卷", 备注="'=1+1")])).active
    titles = [cell.value for cell in sheet[3]]
    number = sheet.cell(4, titles.index("证件号") + 1)
    assert (number.value, number.number_format) == ("210799199001010017", "@")


def test_a_cell_that_begins_like_a_formula_is_written_as_text(register, ledger, tmp_path):
    path = ledger([make_row(案由="看卷")])
    book = load_workbook(path)
    cell = book.active.cell(4, list(make_row()).index("备注") + 1)
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    book.save(path)
    target = tmp_path / "rejects.xlsx"
    write_rejects(path, import_ledger(path, at=MONDAY).reasons(), target)
    sheet = load_workbook(target).active
    assert sheet.cell(4, list(make_row()).index("备注") + 1).data_type == "s"


def test_nothing_rejected_gives_an_empty_ledger(handed_back):
    assert len(cells(handed_back([make_row()]))) == 3


def test_every_sheet_gets_its_own_rejects_back(register, ledger, tmp_path):
    path = ledger([make_row(案由="看卷")])
    book = load_workbook(path)
    book.active.title = "1月"
    book.copy_worksheet(book.active).title = "2月"
    book.save(path)
    target = tmp_path / "rejects.xlsx"
    assert write_rejects(path, import_ledger(path, at=MONDAY).reasons(), target) == 2
    assert load_workbook(target).sheetnames == ["1月", "2月"]
