"""The lines of a register of offices, read from a CSV file and checked one by one."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.findings import Finding
from offices.models import Office
from offices.refusals import Refusal
from offices.validators import (
    narrow,
    normalise_credit_code,
    normalise_organisation,
    validate_credit_code,
)

COLUMNS = {
    "name": "名称",
    "short_name": "简称",
    "tier": "层级",
    "kind": "类型",
    "county": "区县",
    "industry": "行业",
    "parent": "上级",
    "credit_code": "统一社会信用代码",
    "handled_here": "在本系统办理",
}
NEEDED = ("name", "short_name", "tier", "kind")
TIERS = {
    "企业": Office.Tier.ENTERPRISE,
    "区域": Office.Tier.REGIONAL,
    "仲裁": Office.Tier.ARBITRATION,
    "工会": Office.Tier.UNION,
    "外部": Office.Tier.OUTSIDE,
}
KINDS = {
    "市总工会": Office.Kind.CITY_FEDERATION,
    "县区调解中心": Office.Kind.COUNTY_CENTRE,
    "社区服务站": Office.Kind.STATION,
    "企业调解委员会": Office.Kind.ENTERPRISE_COMMITTEE,
    "行业调解委员会": Office.Kind.INDUSTRY_COMMITTEE,
    "仲裁委员会": Office.Kind.ARBITRATION_COMMISSION,
    "法律援助中心": Office.Kind.AID_CENTRE,
    "法院": Office.Kind.COURT,
    "人社部门": Office.Kind.LABOUR_BUREAU,
    "司法行政部门": Office.Kind.JUSTICE_BUREAU,
}
# The tier that an office of a kind stands at.
TIER_OF = {
    Office.Kind.CITY_FEDERATION: Office.Tier.UNION,
    Office.Kind.COUNTY_CENTRE: Office.Tier.REGIONAL,
    Office.Kind.STATION: Office.Tier.REGIONAL,
    Office.Kind.ENTERPRISE_COMMITTEE: Office.Tier.ENTERPRISE,
    Office.Kind.INDUSTRY_COMMITTEE: Office.Tier.REGIONAL,
    Office.Kind.ARBITRATION_COMMISSION: Office.Tier.ARBITRATION,
    Office.Kind.AID_CENTRE: Office.Tier.UNION,
    Office.Kind.COURT: Office.Tier.OUTSIDE,
    Office.Kind.LABOUR_BUREAU: Office.Tier.OUTSIDE,
    Office.Kind.JUSTICE_BUREAU: Office.Tier.OUTSIDE,
}
HANDLED = {"是": True, "": True, "否": False}


class RegisterUnreadable(Refusal):
    """The file is no register of offices."""

    sentence = gettext_lazy("This file is not a CSV table in UTF-8 or GB 18030.")


@dataclass
class RegisterRow:
    """What one line states: the facts of an office, and its parent's name."""

    line: int
    facts: dict
    parent: str

    def finding(self, column, message):
        """An error of this line about the field `column`."""
        return Finding(self.line, COLUMNS[column], message)


def read_rows(path):
    """The lines of the CSV file at `path` as (rows, errors, number of lines with content)."""
    rows, errors, count = [], [], 0
    for line, cells in _lines(path):
        count += 1
        row, findings = _read_row(line, cells)
        errors += findings
        if row:
            rows.append(row)
    return rows, errors, count


def _lines(path):
    """Yield (line, cells by field) below the header; raises `RegisterUnreadable`."""
    reader = csv.reader(io.StringIO(_text_of(path), newline=""), strict=True)
    places, line = None, 1
    try:
        for cells in reader:
            if places is None:
                places = _places(cells)
            elif any(narrow(cell) for cell in cells):
                yield line, {f: narrow(cells[i]) for f, i in places.items() if i < len(cells)}
            line = reader.line_num + 1
    except csv.Error as error:
        raise RegisterUnreadable(
            _("Line %(line)d is not well-formed CSV.") % {"line": line}
        ) from error
    if places is None:
        raise RegisterUnreadable(_("The file is empty."))


def _text_of(path):
    content = Path(path).read_bytes()
    # Spreadsheets on Chinese machines save CSV in GB 18030, others in UTF-8 with a mark in front.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RegisterUnreadable


def _places(cells):
    titles = [narrow(cell) for cell in cells]
    missing = [COLUMNS[field] for field in NEEDED if COLUMNS[field] not in titles]
    if missing:
        raise RegisterUnreadable(
            _("The first line lacks these columns: %(columns)s.") % {"columns": "、".join(missing)}
        )
    return {field: titles.index(title) for field, title in COLUMNS.items() if title in titles}


def _read_row(line, cells):
    """The `RegisterRow` that `cells` state, or None, and what is wrong with them."""
    row = RegisterRow(line, {}, normalise_organisation(cells.get("parent", "")))
    findings = []
    for field in COLUMNS:
        if field != "parent":
            try:
                row.facts[field] = READERS[field](field, cells.get(field, ""))
            except ValidationError as error:
                findings.append(row.finding(field, error.messages[0]))
    findings += _compare(row)
    return (None if findings else row), findings


def _compare(row):
    tier, kind = row.facts.get("tier"), row.facts.get("kind")
    if tier and kind and TIER_OF[kind] != tier:
        right = next(word for word, known in TIERS.items() if known == TIER_OF[kind])
        message = _("An office of this kind stands at the tier “%(tier)s”.") % {"tier": right}
        return [row.finding("tier", message)]
    return []


def _text(field, text):
    longest = Office._meta.get_field(field).max_length
    if not text and field in NEEDED:
        raise ValidationError(_("This cell must not be empty."))
    if len(text) > longest:
        raise ValidationError(
            _("This is %(count)d characters long; at most %(longest)d fit.")
            % {"count": len(text), "longest": longest}
        )
    return text


def _name(field, text):
    return _text(field, normalise_organisation(text))


def _word(table):
    def read(_field, text):
        if text in table:
            return table[text]
        raise ValidationError(
            _("“%(written)s” is not known here. Known are: %(known)s.")
            % {"written": text[:30], "known": "、".join(word for word in table if word)}
        )

    return read


def _credit_code(_field, text):
    code = normalise_credit_code(text)
    if code:
        validate_credit_code(code)
    return code


READERS = {
    "name": _name,
    "short_name": _name,
    "tier": _word(TIERS),
    "kind": _word(KINDS),
    "county": _text,
    "industry": _text,
    "credit_code": _credit_code,
    "handled_here": _word(HANDLED),
}
