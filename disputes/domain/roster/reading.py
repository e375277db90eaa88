"""A roster in a workbook: its columns, its rows, and what is wrong with them."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from disputes.domain.ledger.words import YES, bare_word
from disputes.domain.refusals import Refusal
from disputes.models import IdType
from disputes.validators import (
    narrow,
    normalise_identity_number,
    normalise_name,
    normalise_phone,
    parse_date,
    parse_money,
    validate_identity_number,
    validate_mobile,
    validate_name,
)
from offices.findings import WARNING, Finding

# Titles as the template writes them, and others under which people keep the same.
TITLES = {
    "name": ("姓名", "职工姓名", "劳动者姓名"),
    "id_type": ("证件类型",),
    "id_number": ("证件号", "证件号码", "身份证号", "身份证号码", "公民身份号码"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话"),
    "post": ("岗位", "工种", "职务"),
    "period_from": ("起始日", "起", "欠薪起始日", "期间起"),
    "period_to": ("截止日", "止", "欠薪截止日", "期间止"),
    "amount": ("金额", "请求金额", "欠薪金额"),
    "signed": ("签名", "已签名", "是否签名"),
}
NEEDED = ("name", "id_number", "phone", "amount")
REASON = "问题"
FIELD_OF = {title: name for name, titles in TITLES.items() for title in titles}
TOTAL = re.compile(r"(本页)?(合计|总计|共计|小计)")
TITLE_LINES = 20
MOST_ROWS = 2000
MOST_COLUMNS = 60
# What a workbook of that many rows may be, in bytes: as it comes, and unpacked.
MOST_BYTES = 5 << 20
MOST_UNPACKED = 80 << 20
MOST_MEMBERS = 500


class RosterUnreadable(Refusal):
    """The file is no roster that can be read."""

    sentence = gettext_lazy("This file is not an Excel workbook (.xlsx) that can be read.")
    field = "file"


@dataclass
class Row:
    """One line of the file: its number, its cells as they came, what they say, what is wrong."""

    line: int
    cells: tuple
    values: dict = field(default_factory=dict)
    findings: list = field(default_factory=list)

    @property
    def is_wrong(self):
        """Whether the row is rejected."""
        return any(finding.kind != WARNING for finding in self.findings)


@dataclass
class Roster:
    """What a workbook says: the line of titles, its columns by field, the rows, other remarks."""

    header: int
    titles: tuple
    columns: dict
    rows: list
    remarks: list = field(default_factory=list)


def read_roster(file, *, today):
    """Return the ``Roster`` in the open *file*; dates after *today* are errors of their row.

    Raises ``RosterUnreadable`` with a sentence for whoever handed the file in.
    """
    book = _open(file)
    try:
        return _read(book, today)
    except Refusal:
        raise
    except Exception as error:  # openpyxl raises anything on a damaged sheet
        raise RosterUnreadable from error
    finally:
        book.close()


def _open(file):
    if file.size > MOST_BYTES:
        raise RosterUnreadable(_("The file is larger than 5 MB: a roster is much smaller."))
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
        if len(parts) <= MOST_MEMBERS and sum(part.file_size for part in parts) <= MOST_UNPACKED:
            file.seek(0)
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises anything on a damaged workbook
        raise RosterUnreadable from error
    raise RosterUnreadable(_("This workbook unpacks to more than a roster can be."))


def _read(book, today):
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            lines = _lines(sheet)
            header = _find_header(lines)
            if header:
                line, cells, columns = header
                return _take_rows(Roster(line, cells, columns, []), lines, today)
    raise RosterUnreadable(
        _("No sheet has a row of titles with %(titles)s in its first %(lines)d lines.")
        % {"titles": "、".join(TITLES[name][0] for name in NEEDED), "lines": TITLE_LINES}
    )


def _lines(sheet):
    # The size that a sheet states is often wrong, and would cut it off.
    sheet.reset_dimensions()
    most = MOST_ROWS + TITLE_LINES + 100
    return enumerate(sheet.iter_rows(values_only=True, max_row=most, max_col=MOST_COLUMNS), 1)


def _find_header(lines):
    for line, cells in lines:
        columns = {}
        for index, cell in enumerate(cells):
            name = FIELD_OF.get(re.sub(r"[\s*:]|\(.*\)$", "", narrow(str(cell or ""))))
            if name:
                columns.setdefault(name, index)
        if all(name in columns for name in NEEDED):
            return line, cells, columns
        if line >= TITLE_LINES:
            return None
    return None


def _take_rows(roster, lines, today):
    seen = {}
    for line, cells in lines:
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        if _is_total(cells):
            _check_total(roster, line, cells)
            continue
        if len(roster.rows) == MOST_ROWS:
            raise RosterUnreadable(
                _("More than %(count)d rows: split the roster.") % {"count": MOST_ROWS}
            )
        row = _read_row(roster, line, cells, today)
        _note_repeat(row, seen)
        roster.rows.append(row)
    if not roster.rows:
        raise RosterUnreadable(_("The roster has titles but no rows."))
    return roster


def _is_total(cells):
    first = next(cell for cell in cells if cell is not None and str(cell).strip())
    return isinstance(first, str) and bool(TOTAL.match(re.sub(r"\s", "", first)))


def _check_total(roster, line, cells):
    """Say so when the total that the file states is not the sum of its rows."""
    written = _cell(roster, cells, "amount")
    try:
        stated = parse_money(written) if written not in (None, "") else None
    except ValidationError:
        stated = None
    total = sum((row.values.get("amount") or Decimal() for row in roster.rows), Decimal())
    if stated is not None and stated != total and not any(row.is_wrong for row in roster.rows):
        message = _("The file says %(stated)s yuan in all; its rows add up to %(total)s yuan.") % {
            "stated": f"{stated:,.2f}",
            "total": f"{total:,.2f}",
        }
        column = TITLES["amount"][0]
        roster.remarks.append(Finding(line, column, message, WARNING))


def _note_repeat(row, seen):
    number = row.values.get("id_number")
    if not number:
        return
    if number in seen:
        _complain(row, "id_number", _("The same number stands in line %(line)d.") % seen[number])
    else:
        seen[number] = {"line": row.line}


def _read_row(roster, line, cells, today):
    row = Row(line, cells)
    for name, read in _READERS.items():
        written = _cell(roster, cells, name)
        if written is None or (isinstance(written, str) and not written.strip()):
            if name in NEEDED:
                _complain(row, name, _("This is missing."))
            continue
        try:
            row.values[name] = read(written)
        except ValidationError as error:
            _complain(row, name, " ".join(error.messages))
    _check_row(row, today)
    return row


def _cell(roster, cells, name):
    place = roster.columns.get(name)
    return cells[place] if place is not None and place < len(cells) else None


def _check_row(row, today):
    values = row.values
    kind = values.setdefault("id_type", IdType.RESIDENT)
    if kind == IdType.RESIDENT and values.get("id_number"):
        try:
            validate_identity_number(values["id_number"])
        except ValidationError as error:
            _complain(row, "id_number", " ".join(error.messages))
    first, last = values.get("period_from"), values.get("period_to")
    if first and last and first > last:
        _complain(row, "period_to", _("The period ends before it begins."))
    for name in ("period_from", "period_to"):
        if isinstance(values.get(name), date) and values[name] > today:
            _complain(row, name, _("This day has not come yet."))


def _complain(row, name, message):
    if all(finding.column != TITLES[name][0] for finding in row.findings):
        row.findings.append(Finding(row.line, TITLES[name][0], str(message)))


def _text(written):
    # A number that a spreadsheet made of a telephone comes as 15400000312.0.
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    return str(written).replace("\x00", "")[:200]


def _read_name(written):
    name = normalise_name(_text(written))
    validate_name(name)
    return name


def _read_number(written):
    number = normalise_identity_number(_text(written))
    if not 4 <= len(number) <= 30:
        raise ValidationError(_("The number of a document has 4 to 30 characters."))
    return number


def _read_phone(written):
    phone = normalise_phone(_text(written))
    validate_mobile(phone)
    return phone


def _read_kind(written):
    said = bare_word(_text(written))
    kinds = {
        "身份证": IdType.RESIDENT,
        "居民身份证": IdType.RESIDENT,
        "港澳台居民居住证": IdType.HMT,
        "港澳台居住证": IdType.HMT,
        "外国人永久居留身份证": IdType.FOREIGNER,
        "外国人永居证": IdType.FOREIGNER,
        "护照": IdType.PASSPORT,
        "其他": IdType.OTHER,
    }
    if said not in kinds:
        raise ValidationError(_("Write one of: %(words)s.") % {"words": "、".join(kinds)})
    return kinds[said]


def _read_post(written):
    post = narrow(_text(written))
    if len(post) > 50:
        raise ValidationError(_("At most 50 characters."))
    return post


def _read_signed(written):
    return written is True or bare_word(_text(written)) in {*YES, "√", "✓", "已签", "已签名"}


_READERS = {
    "name": _read_name,
    "id_type": _read_kind,
    "id_number": _read_number,
    "phone": _read_phone,
    "post": _read_post,
    "period_from": parse_date,
    "period_to": parse_date,
    "amount": parse_money,
    "signed": _read_signed,
}
