"""Reading the file in which an outside organisation writes back."""

import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from arbitration.domain.package_sheets import ANSWER
from arbitration.domain.refusals import FileUnreadable, ValueUnreadable
from disputes.models import Outcome
from disputes.validators import parse_date, parse_money

MOST_BYTES = 2 << 20
MOST_UNPACKED = 20 << 20
MOST_ROWS = 2000
NAMES = tuple(name for name, _title in ANSWER)
LENGTHS = {"our_number": 50, "their_number": 50, "note": 2000}


@dataclass(frozen=True)
class Answer:
    """One row: our case number and what is said of it; "" and None where nothing is said."""

    line: int
    our_number: str
    receipt_on: date | None = None
    their_number: str = ""
    outcome: str = ""
    outcome_on: date | None = None
    amount: Decimal | None = None
    note: str = ""


def read_rows(file):
    """Return [(line, values by name)] of an uploaded JSON or .xlsx *file*, values as written.

    Raises ``FileUnreadable``.
    """
    if file.size > MOST_BYTES:
        raise FileUnreadable
    start = file.read(4)
    file.seek(0)
    rows = _read_workbook(file) if start.startswith(b"PK") else _read_json(file)
    rows = [(line, row) for line, row in rows if any(str(value).strip() for value in row.values())]
    if not rows or len(rows) > MOST_ROWS:
        raise FileUnreadable
    return rows


def read_answer(line, values):
    """Return the ``Answer`` of one row; raises ``ValueUnreadable`` with what is wrong."""
    return Answer(
        line=line,
        our_number=_text(values, "our_number"),
        receipt_on=_day(values, "receipt_on"),
        their_number=_text(values, "their_number"),
        outcome=_outcome(values),
        outcome_on=_day(values, "outcome_on"),
        amount=_amount(values),
        note=_text(values, "note"),
    )


def _read_json(file):
    try:
        content = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileUnreadable from error
    rows = content if isinstance(content, list) else [content]
    if not all(isinstance(row, dict) for row in rows):
        raise FileUnreadable
    return [
        (line, {name: _plain(row.get(name)) for name in NAMES}) for line, row in enumerate(rows, 1)
    ]


def _read_workbook(file):
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise FileUnreadable
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except FileUnreadable:
        raise
    except Exception as error:  # the package raises whatever its parsers raise
        raise FileUnreadable from error
    return _rows_under_head(lines)


def _rows_under_head(lines):
    places = _places(lines[0]) if lines else {}
    if "our_number" not in places:
        raise FileUnreadable
    found = []
    for line, cells in enumerate(lines[1:], 2):
        values = {
            name: _plain(cells[place]) if place < len(cells) else ""
            for name, place in places.items()
        }
        found.append((line, dict.fromkeys(NAMES, "") | values))
    return found


def _places(head):
    """Return {name: column} of the header *head*, whichever language it is written in."""
    titles = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            titles |= {str(title): name for name, title in ANSWER}
    titles |= {name: name for name in NAMES}
    said = [str(cell or "").strip() for cell in head]
    return {titles[word]: place for place, word in enumerate(said) if word in titles}


def _plain(value):
    if value is None or isinstance(value, dict | list):
        return ""
    return value


def _text(values, name):
    text = str(values.get(name, "")).replace("\x00", "").strip()
    return text[: LENGTHS[name]]


def _day(values, name):
    value = values.get(name, "")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    try:
        return parse_date(text[:40])
    except ValidationError as error:
        raise ValueUnreadable(value=text[:40], what=_("a date")) from error


def _amount(values):
    text = str(values.get("amount", "")).strip()
    if not text:
        return None
    try:
        return parse_money(text[:40])
    except ValidationError as error:
        raise ValueUnreadable(value=text[:40], what=_("an amount in yuan")) from error


def _outcome(values):
    text = str(values.get("outcome", "")).strip()
    if not text or text in Outcome.values:
        return text
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            named = {str(each.label): each.value for each in Outcome}
        if text in named:
            return named[text]
    raise ValueUnreadable(value=text[:40], what=_("an outcome"))
