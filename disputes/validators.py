"""Checks of what is written about a person and a claim: identity number, name, money, dates.

Every `normalise_…` returns the text as it is stored; every `validate_…` expects exactly that and
raises a ValidationError whose sentence says what is wrong and what stands there now.
"""

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offices.validators import (
    narrow,
    normalise_credit_code,
    normalise_organisation,
    normalise_phone,
    validate_credit_code,
    validate_mobile,
    validate_phone,
)

__all__ = [
    "birth_date_of",
    "narrow",
    "normalise_credit_code",
    "normalise_identity_number",
    "normalise_name",
    "normalise_organisation",
    "normalise_phone",
    "parse_date",
    "parse_money",
    "sex_of",
    "validate_credit_code",
    "validate_identity_number",
    "validate_mobile",
    "validate_money",
    "validate_name",
    "validate_phone",
]

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECK = "10X98765432"
# Provinces; 71 Taiwan, 81 to 83 residence permits of Hong Kong, Macao and Taiwan residents;
# 9x permanent residence cards of foreigners (second character: first digit of a province).
IDENTITY_AREAS = frozenset(
    str(code)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
    )
    for code in range(first, last + 1)
) | frozenset(("81", "82", "83", "91", "92", "93", "94", "95", "96"))
# A serial number of Excel for a date before 1954 or after 2064 is more likely a plain number.
EXCEL_SERIALS = range(20000, 60001)
EXCEL_EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}

MONEY_MAX = Decimal("9999999999.99")
CENT = Decimal("0.01")
UNITS = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 10**6,
    "亿": 10**8,
}
MONEY = re.compile(
    r"(?:人民币|RMB|CNY)?[¥￥]?(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|-?\.\d+)"
    r"(?P<unit>百万|[十百千万亿]?)(?:元整?|块|圆整?)?",
    re.ASCII | re.IGNORECASE,
)
DATE = re.compile(
    r"(?P<year>\d{4})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})|"
    r"年(?P<month_cn>\d{1,2})月(?P<day_cn>\d{1,2})[日号]?|(?P<month8>\d{2})(?P<day8>\d{2}))"
    r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
# The rarest characters are newer than Python's own table of letters.
LETTER = r"(?:[^\W\d_]|[\U00020000-\U0003ffff])"
NAME = re.compile(rf"{LETTER}+(?:[·'’. -]+{LETTER}+)*\.?")
HAN = r"[\u2e80-\ufaff\U00020000-\U0003ffff]"
HAN_GAP = re.compile(rf"(?<={HAN})\s+(?={HAN})")
MIDDLE_DOTS = dict.fromkeys(map(ord, "•・‧∙⋅●･"), "·")


def normalise_identity_number(text):
    """An identity number as it is stored: half-width, without spaces, a final x as X."""
    return re.sub(r"\s", "", narrow(text)).upper()


def validate_identity_number(value):
    """Raise ValidationError unless `value` is a citizen's identity number (GB 11643-1999).

    Of the six digits for the area only the first two are checked: a number keeps for life the
    code of an area that has since been dissolved.
    """
    _check_identity_form(value)
    if value[:2] not in IDENTITY_AREAS:
        raise ValidationError(
            _("No identity number begins with %(area)s."),
            code="identity_area",
            params={"area": value[:2]},
        )
    if birth_date_of(value) is None:
        raise ValidationError(
            _("The birth date in the identity number, %(birth)s, does not exist."),
            code="identity_birth",
            params={"birth": value[6:14]},
        )
    if identity_check_character(value[:17]) != value[17]:
        raise ValidationError(
            _(
                "The identity number does not add up: its last character “%(last)s” does not fit "
                "the 17 before it. Please compare it with the identity card."
            ),
            code="identity_check",
            params={"last": value[17]},
        )


def _check_identity_form(value):
    if len(value) != 18:
        raise ValidationError(
            _("An identity number has 18 characters; this one has %(count)d."),
            code="identity_length",
            params={"count": len(value)},
        )
    for place, character in enumerate(value, 1):
        if character not in ("0123456789" if place < 18 else "0123456789X"):
            raise ValidationError(
                _(
                    "An identity number is 17 digits and a digit or X at the end; "
                    "character %(place)d is “%(character)s”."
                ),
                code="identity_character",
                params={"place": place, "character": character},
            )


def identity_check_character(first17):
    """The last character of an identity number whose first 17 digits are `first17`."""
    total = sum(int(d) * w for d, w in zip(first17, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_CHECK[total % 11]


def birth_date_of(identity_number):
    """The birth date that a normalised identity number states, as `date`, or None."""
    digits = identity_number[6:14]
    if not re.fullmatch(r"(18[89]\d|19\d\d|20\d\d)\d{4}", digits, re.ASCII):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex_of(identity_number):
    """The sex that a normalised identity number states: "m", "f", or "" when unreadable."""
    seventeenth = identity_number[16:17]
    if not re.fullmatch(r"\d", seventeenth, re.ASCII):
        return ""
    return "m" if int(seventeenth) % 2 else "f"


def normalise_name(text):
    """A person's name as it is stored: one kind of middle dot, no spaces between Han characters."""
    name = re.sub(r"\s+", " ", narrow(text)).translate(MIDDLE_DOTS)
    return re.sub(r" ?· ?", "·", HAN_GAP.sub("", name))


def validate_name(value):
    """Raise ValidationError unless `value` can be a person's name: 2 to 50 letters or characters.

    A middle dot joins the parts of a minority name; rare characters of any plane are welcome.
    """
    if not 2 <= len(value) <= 50:
        raise ValidationError(
            _("A name has 2 to 50 characters; this one has %(count)d."),
            code="name_length",
            params={"count": len(value)},
        )
    if not NAME.fullmatch(value):
        raise ValidationError(
            _("A name has only letters or characters and “·” between its parts."),
            code="name_character",
        )


def validate_money(value):
    """Raise ValidationError unless `value` (Decimal, yuan) is 0 to 9,999,999,999.99 in cents."""
    if not value.is_finite() or value < 0:
        raise ValidationError(_("An amount cannot be less than 0 yuan."), code="money_negative")
    if value > MONEY_MAX:
        raise ValidationError(
            _("An amount is at most 9,999,999,999.99 yuan; this one is %(amount)s yuan."),
            code="money_maximum",
            params={"amount": f"{value:,.2f}"},
        )
    if value != value.quantize(CENT):
        raise ValidationError(
            _("An amount has at most 2 decimal places; this one is %(amount)s yuan."),
            code="money_decimals",
            params={"amount": f"{value:f}"},
        )


def parse_money(written, *, unit=1):
    """The amount in yuan, as Decimal, that a person wrote: "1.2万", "12,000元", "￥3000".

    `written`: text, or a number from a spreadsheet cell. `unit`: how many yuan a bare number
    counts (10000 in a column headed 万元). Raises ValidationError when it cannot be read or lies
    outside what `validate_money` admits.
    """
    amount = _read_number(written, unit) if _is_number(written) else _read_amount(written, unit)
    validate_money(amount)
    return amount.quantize(CENT)


def _is_number(written):
    return isinstance(written, (int, float, Decimal)) and not isinstance(written, bool)


def _read_number(number, unit):
    amount = Decimal(str(number))
    if not amount.is_finite():
        raise _unreadable_money(number)
    if abs(amount) > MONEY_MAX:
        return amount
    amount *= unit
    # 0.1 + 0.2 in a spreadsheet leaves dust far behind the cent.
    cents = amount.quantize(CENT)
    return cents if abs(amount - cents) < Decimal("0.00001") else amount


def _read_amount(written, unit):
    text = re.sub(r"\s", "", narrow(written)).replace("，", ",").replace("。", ".")
    found = MONEY.fullmatch(text)
    if found is None:
        raise _unreadable_money(written)
    try:
        number = Decimal(found["number"].replace(",", ""))
    except InvalidOperation:
        raise _unreadable_money(written) from None
    bare = found["number"] == text
    return number * (unit if bare else UNITS[found["unit"]])


def _unreadable_money(written):
    return ValidationError(
        _("“%(written)s” cannot be read as an amount; write it like 12000 or 12,000.50."),
        code="money",
        params={"written": str(written)[:30]},
    )


def parse_date(written, *, epoch=1900):
    """The `date` that a person or a spreadsheet wrote.

    Reads 2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026年3月5日 in any width, `date`, `datetime`,
    and serial numbers of Excel counted from `epoch` (1900 or 1904). Raises ValidationError when
    it cannot be read or no such day exists.
    """
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if _is_number(written) and math.isfinite(written) and int(written) in EXCEL_SERIALS:
        return EXCEL_EPOCHS[epoch] + timedelta(days=int(written))
    return _read_date(written, epoch)


def _read_date(written, epoch):
    text = re.sub(r"\s*([-/.年月日号])\s*", r"\1", narrow(written).replace("。", "."))
    if re.fullmatch(r"\d{5}(\.0+)?", text, re.ASCII) and int(text[:5]) in EXCEL_SERIALS:
        return EXCEL_EPOCHS[epoch] + timedelta(days=int(text[:5]))
    found = DATE.fullmatch(text)
    if found is None:
        raise ValidationError(
            _("“%(written)s” cannot be read as a date; write it like 2026-03-05."),
            code="date",
            params={"written": str(written)[:30]},
        )
    return _existing_day(written, *_year_month_day(found))


def _year_month_day(found):
    parts = found.groupdict()
    month = parts["month"] or parts["month_cn"] or parts["month8"]
    day = parts["day"] or parts["day_cn"] or parts["day8"]
    return int(parts["year"]), int(month), int(day)


def _existing_day(written, year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("The day “%(written)s” does not exist in the calendar."),
            code="date_missing",
            params={"written": str(written)[:30]},
        ) from None
