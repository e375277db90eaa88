import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from disputes.domain.ledger.reading import LedgerUnreadable, open_ledger
from tests.disputes.ledger.workbooks import GOOD, make_ledger, make_row


def lines(path):
    ledger = open_ledger(path)
    try:
        return [(raw.line, raw.values["applicant"]) for raw in ledger.rows()]
    finally:
        ledger.close()


def first_row(path):
    ledger = open_ledger(path)
    try:
        return next(ledger.rows())
    finally:
        ledger.close()


def test_lines_are_counted_as_the_spreadsheet_shows_them(ledger):
    path = ledger([make_row(), make_row(申请人="马国")], above=("台账", None, "单位：元"))
    assert lines(path) == [(5, "韩玉兰"), (6, "马国")]


def test_a_header_in_the_first_line_is_found(ledger):
    assert lines(ledger([make_row()], above=())) == [(2, "韩玉兰")]


def test_totals_footers_and_blank_rows_are_no_rows(ledger):
    blank = dict.fromkeys(GOOD)
    rows = [make_row(), blank, {**blank, "序号": 7}, make_row(申请人="马国")]
    below = [
        ["本页小计", *[None] * 18, 2],
        ["合 计", *[None] * 18, 2],
        [None, None, "合计：2件"],
        ["填表人：白雪", None, None, None, "审核人：丁一", None, "日期：2025-12-31"],
    ]
    assert lines(ledger(rows, below=below)) == [(4, "韩玉兰"), (7, "马国")]


def test_a_header_repeated_on_each_printed_page_is_no_row(ledger):
    rows = [make_row(), {title: title for title in GOOD}, make_row(申请人="马国")]
    assert lines(ledger(rows)) == [(4, "韩玉兰"), (6, "马国")]


def test_a_worker_whose_remark_speaks_of_a_total_is_a_row(ledger):
    assert lines(ledger([make_row(备注="合计两项请求")])) == [(4, "韩玉兰")]


def test_a_row_with_hardly_anything_in_it_is_a_row_all_the_same(ledger):
    rows = [make_row(), {"序号": 2, "申请人": "马国"}]
    assert lines(ledger(rows)) == [(4, "韩玉兰"), (5, "马国")]


def test_columns_are_known_by_their_titles_wherever_they_stand(ledger):
    row = {title: GOOD[title] for title in reversed(GOOD)}
    assert lines(ledger([{"自定义": "x", **row}])) == [(4, "韩玉兰")]


def test_titles_are_read_with_stars_breaks_brackets_and_other_names(ledger):
    row = make_row()
    row["登 记\n日期＊"] = row.pop("登记日")
    row["身份证号码（18位）"] = row.pop("证件号")
    raw = first_row(ledger([row]))
    assert raw.values["registered_on"] == datetime(2025, 8, 29)
    assert raw.values["id_number"] == "210799199001010017"
    assert raw.header.titles["registered_on"] == "登记日期"


def test_titles_over_two_lines_are_joined(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["台账"])
    sheet.append(["登记日", "受理组织", "劳动者", None, "用人单位", "案由"])
    sheet.append([None, None, "姓名", "证件号", None, None])
    sheet.append(["2025-08-29", "古塔区总工会", "韩玉兰", "210799199001010017", "某厂", "劳动报酬"])
    for cells in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "two.xlsx")
    raw = first_row(tmp_path / "two.xlsx")
    assert raw.line == 4
    assert raw.values["applicant"] == "韩玉兰"
    assert raw.values["employer"] == "某厂"


def test_cells_merged_over_several_rows_count_for_each(tmp_path, ledger):
    path = ledger([make_row(), make_row(申请人="马国", 用人单位=None), make_row(申请人="李燕")])
    book = load_workbook(path)
    column = list(GOOD).index("用人单位") + 1
    book.active.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    book.save(path)
    ledger = open_ledger(path)
    assert [raw.values["employer"] for raw in ledger.rows()] == ["锦北样例建筑003有限公司"] * 3


@pytest.mark.parametrize("place", ["above", "title"])
def test_amounts_in_ten_thousands_are_told_by_the_sheet(ledger, place):
    row = make_row(涉案金额=1.2)
    if place == "above":
        path = ledger([row], above=("台账", "单位：万元"))
    else:
        row["涉案金额（万元）"] = row.pop("涉案金额")
        path = ledger([row])
    assert first_row(path).header.units["amount"] == 10_000


def test_every_visible_sheet_with_a_ledger_is_read(tmp_path):
    path = make_ledger(tmp_path / "months.xlsx", [make_row()])
    book = load_workbook(path)
    book.active.title = "1月"
    february = book.copy_worksheet(book.active)
    february.title = "2月"
    book.copy_worksheet(book.active).sheet_state = "hidden"
    book.create_sheet("说明")["A1"] = "填表说明"
    book.save(path)
    ledger = open_ledger(path)
    assert [(raw.sheet, raw.line) for raw in ledger.rows()] == [("1月", 4), ("2月", 4)]


def test_days_are_counted_from_the_workbooks_own_epoch(tmp_path, ledger):
    path = ledger([make_row()])
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert first_row(path).epoch == 1904


def test_a_sheet_that_states_a_wrong_size_is_read_whole(tmp_path, ledger):
    path = ledger([make_row(), make_row(申请人="马国")])
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = content.index(b"<dimension")
                end = content.index(b"/>", start) + 2
                content = content[:start] + b'<dimension ref="A1"/>' + content[end:]
            new.writestr(name, content)
    assert lines(wrong) == [(4, "韩玉兰"), (5, "马国")]
    assert open_ledger(wrong).line_count == 5


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", "登记日,申请人\n".encode(), b"\xd0\xcf\x11\xe0" * 99]
)
def test_another_kind_of_file_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(LedgerUnreadable) as refusal:
        open_ledger(path)
    assert str(refusal.value)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(LedgerUnreadable):
        open_ledger(path)


def test_a_workbook_without_a_ledger_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(LedgerUnreadable):
        open_ledger(tmp_path / "x.xlsx")


def test_a_header_that_lacks_columns_is_refused_by_their_names(ledger):
    row = make_row()
    del row["证件号"], row["案由"]
    with pytest.raises(LedgerUnreadable) as refusal:
        open_ledger(ledger([row]))
    assert "证件号、案由" in str(refusal.value)
