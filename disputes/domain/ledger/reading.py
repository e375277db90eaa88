"""A workbook read as a stream of raw rows, whatever stands above, below and between them."""

import re
import zipfile
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from disputes.domain.ledger.columns import NEEDED, TELLING, Header, read_header, unit_of
from disputes.domain.ledger.sheet_xml import count_rows, merged_down
from disputes.domain.refusals import Refusal
from disputes.validators import narrow

TITLE_LINES = 30
# What a workbook may unpack to. 100,000 rows of 40 columns are about 300 MB.
UNPACKED_MAX = 2 << 30
TOTAL = re.compile(r"(本页|本月|本季|本年)?(合计|总计|共计|小计|累计)")
FOOTER = re.compile(r"(填表|制表|填报|审核|复核|经办|负责|主管|说明|备注|注)\w{0,6}[:：]")


class LedgerUnreadable(Refusal):
    """The file is no ledger that can be read."""

    sentence = gettext_lazy("This file is not an Excel workbook (.xlsx).")


@dataclass(frozen=True)
class RawRow:
    """One row as the file has it: its place, and the value of each known column."""

    sheet: str
    line: int
    header: Header
    values: dict  # field → value of the cell, None when empty
    epoch: int = 1900


@dataclass(frozen=True)
class LedgerSheet:
    """One worksheet that holds a ledger."""

    path: str
    worksheet: object
    header: Header

    @property
    def line_count(self):
        """How many lines there are, titles and totals too. Reads the sheet once."""
        return count_rows(self.path, self.worksheet._worksheet_path)

    @property
    def title(self):
        """The name on the tab."""
        return self.worksheet.title

    def lines(self):
        """Yield (line, cells) from the top, empty lines too, merged cells filled downwards."""
        covered = merged_down(self.path, self.worksheet._worksheet_path)
        width = 1 + max((index for _line, index in covered), default=-1)
        held = {}
        for line, cells in _lines(self.worksheet):
            yield line, (_fill(line, cells, covered, held, width) if covered else cells)

    def rows(self):
        """Yield (line, cells, values by field) of the ledger's rows.

        Titles, blank lines, totals, footers and repeated headers are left out.
        """
        for line, cells in self.lines():
            if line > self.header.line:
                values = {f: _cell(cells, place) for f, place in self.header.places.items()}
                if not _is_beside(cells, values, self.header):
                    yield line, cells, values


@dataclass(frozen=True)
class Ledger:
    """A workbook opened for reading."""

    book: object
    sheets: tuple  # of LedgerSheet

    @property
    def line_count(self):
        """How many lines the sheets have, to measure progress against. Reads each once."""
        return sum(sheet.line_count for sheet in self.sheets)

    def name_of(self, sheet):
        """How findings call `sheet`: not at all when it is the only ledger."""
        return sheet.title if len(self.sheets) > 1 else ""

    def rows(self):
        """Yield every row of every sheet as `RawRow`."""
        epoch = 1904 if self.book.epoch == CALENDAR_MAC_1904 else 1900
        for sheet in self.sheets:
            for line, _cells, values in sheet.rows():
                yield RawRow(self.name_of(sheet), line, sheet.header, values, epoch)

    def close(self):
        """Let go of the file."""
        self.book.close()


def open_ledger(path):
    """Open the workbook at `path`; raises `LedgerUnreadable` with a sentence for the clerk."""
    book = _open_book(path)
    try:
        return Ledger(book=book, sheets=_ledger_sheets(path, book))
    except LedgerUnreadable:
        book.close()
        raise
    except Exception as error:  # openpyxl raises anything on a damaged sheet
        book.close()
        raise LedgerUnreadable from error


def _open_book(path):
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size <= UNPACKED_MAX:
            return load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises anything on a damaged workbook
        raise LedgerUnreadable from error
    raise LedgerUnreadable(_("This workbook is too large. Please split it."))


def _ledger_sheets(path, book):
    visible = [s for s in book.worksheets if s.sheet_state == "visible"]
    headers = [_find_header(sheet) for sheet in visible]
    sheets = tuple(
        LedgerSheet(str(path), sheet, header)
        for sheet, header in zip(visible, headers, strict=True)
        if not header.missing()
    )
    if not sheets:
        raise LedgerUnreadable(_why_no_header(headers))
    return sheets


def _find_header(worksheet):
    """The line with the most titles among the first; it lacks places when there is none."""
    best, above, unit = Header(0, {}, {}, {}), (), 1
    for line, cells in _lines(worksheet):
        header = read_header(line, cells, above, unit)
        if len(header.places) > len(best.places):
            best = header
        if line >= TITLE_LINES or (not best.missing() and line > best.line):
            break
        unit, above = unit_of(cells, unit), cells
    return best


def _why_no_header(headers):
    best = max(headers, key=lambda header: len(header.places), default=None)
    if best is None or len(best.places) < len(NEEDED) // 2:
        return _("No sheet has the header of a case ledger in its first 30 lines.")
    return _("The header in line %(line)d lacks these columns: %(columns)s.") % {
        "line": best.line,
        "columns": "、".join(best.missing()),
    }


def _lines(worksheet):
    # The size that a sheet states is often wrong, and would cut it off.
    worksheet.reset_dimensions()
    return enumerate(worksheet.iter_rows(values_only=True), 1)


def _fill(line, cells, covered, held, width):
    cells = [*cells, *[None] * (width - len(cells))]
    for index, cell in enumerate(cells):
        origin = covered.get((line, index))
        if origin == (line, index):
            held[origin] = cell
        elif origin and origin[1] == index and cell is None:
            cells[index] = held.get(origin)
    return tuple(cells)


def _cell(cells, place):
    value = cells[place] if place < len(cells) else None
    return None if isinstance(value, str) and not narrow(value) else value


def _is_beside(cells, values, header):
    """Whether a line is none of the ledger's: blank, a total, a footer, the header again."""
    told = {field: values[field] for field in TELLING if values.get(field) is not None}
    if not told or all(_repeats(value, header.titles[f]) for f, value in told.items()):
        return True
    first = next(cell for cell in cells if cell is not None)
    return len(told) <= 2 and any(_closes(value) for value in (first, *told.values()))


def _repeats(value, title):
    return isinstance(value, str) and re.sub(r"\s", "", narrow(value)).startswith(title)


def _closes(value):
    if isinstance(value, date) or value is None:
        return False
    text = re.sub(r"\s", "", narrow(value))
    return bool(TOTAL.match(text) or FOOTER.match(text))
