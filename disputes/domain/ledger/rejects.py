"""Rejected rows handed back as a workbook that can be corrected and imported again."""

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from disputes.domain.ledger.columns import REASON
from disputes.domain.ledger.reading import open_ledger
from disputes.validators import narrow

WRONG = PatternFill("solid", fgColor="FFF2CC")
TITLE = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
DAY = "yyyy-mm-dd"
TEXT = "@"


def write_rejects(path, reasons, target):
    """Write the rows of the ledger at `path` that `reasons` names to `target`.

    `reasons` maps (sheet, line) to findings, as `Report.reasons` gives them; `target` is a path or
    a binary file. Columns, titles and the lines above them stay as they came; one more column says
    where a row stood and what is wrong, and the cells that are wrong are coloured. An import
    ignores that column. Returns the number of rows written.
    """
    ledger = open_ledger(path)
    book = Workbook(write_only=True)
    try:
        count = sum(_write_sheet(book, ledger, sheet, reasons) for sheet in ledger.sheets)
        book.save(target)
    finally:
        ledger.close()
    return count


def _write_sheet(book, ledger, sheet, reasons):
    name = ledger.name_of(sheet)
    target = book.create_sheet(sheet.title)
    place, count = _prepare(target, sheet), 0
    for line, cells in _lines_to_keep(sheet, {line for s, line in reasons if s == name}):
        if line < sheet.header.line:
            target.append([write_cell(target, value) for value in cells])
        elif line == sheet.header.line:
            target.append(_title_row(target, cells, place))
        else:
            target.append(_rejected_row(target, sheet, cells, place, line, reasons[name, line]))
            count += 1
    return count


def _lines_to_keep(sheet, wanted):
    for line, cells in sheet.lines():
        if line <= sheet.header.line or line in wanted:
            yield line, cells
        if line >= sheet.header.line and line >= max(wanted, default=0):
            return


def _prepare(target, sheet):
    """Set the widths of `target`; say where the column of reasons goes."""
    place = _place_of_reason(sheet)
    for index in range(place):
        target.column_dimensions[get_column_letter(index + 1)].width = 14
    for field in ("id_number", "credit_code", "employer", "office"):
        if field in sheet.header.places:
            letter = get_column_letter(sheet.header.places[field] + 1)
            target.column_dimensions[letter].width = 24
    target.column_dimensions[get_column_letter(place + 1)].width = 60
    target.freeze_panes = f"A{sheet.header.line + 1}"
    return place


def _place_of_reason(sheet):
    cells = next(cells for line, cells in sheet.lines() if line == sheet.header.line)
    titles = [narrow(cell) if isinstance(cell, str) else cell for cell in cells]
    if REASON in titles:
        return titles.index(REASON)
    return max(index for index, title in enumerate(titles) if title) + 1


def _title_row(target, cells, place):
    row = [write_cell(target, value, font=TITLE) for value in _room_for(cells, place)]
    row[place] = write_cell(target, REASON, font=TITLE)
    return row


def _rejected_row(target, sheet, cells, place, line, findings):
    row = [write_cell(target, value) for value in _room_for(cells, place)]
    fields = {title: field for field, title in sheet.header.titles.items()}
    for finding in findings:
        if finding.column in fields:
            row[sheet.header.places[fields[finding.column]]].fill = WRONG
    row[place] = write_cell(target, _reason(line, findings), alignment=WRAPPED)
    return row


def _reason(line, findings):
    said = "；".join(f"{finding.column}：{finding.message}" for finding in findings)
    return _("Line %(line)d: %(reasons)s") % {"line": line, "reasons": said}


def _room_for(cells, place):
    return [*cells, *[None] * (place + 1 - len(cells))]


def write_cell(target, value, **style):
    """Return a cell of *target* that holds *value* as it is: text stays text, days are days."""
    cell = WriteOnlyCell(target, value=value)
    if isinstance(value, str):
        # Text stays text: no formula on opening, no identity number turned into a figure.
        cell.data_type = "s"
        cell.number_format = TEXT
    elif cell.is_date:
        cell.number_format = DAY
    for name, value in style.items():
        setattr(cell, name, value)
    return cell
