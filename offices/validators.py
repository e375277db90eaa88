"""Checks of what identifies and reaches an organisation: credit code and telephone."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Letters that GB 32100 leaves out because they are misread: I, O, S, V, Z.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
}
CONTROL = [*range(9), 11, 12, *range(14, 32), 127]
INVISIBLE = dict.fromkeys(
    [*CONTROL, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]
)
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")

HAN = r"[\u2e80-\ufaff\U00020000-\U0003ffff]"

MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?", re.ASCII)


def narrow(text):
    """`text` with full-width letters, digits and signs as ASCII, trimmed, without invisible marks.

    Chinese characters stay as they are, those outside the basic plane too.
    """
    return str(text).translate(FULL_WIDTH | INVISIBLE).strip()


def normalise_organisation(text):
    """An organisation's name as it is stored: no spaces in Chinese, its brackets full-width."""
    name = re.sub(r"\s+", " ", narrow(text))
    if not re.search(HAN, name):
        return name
    name = name.replace("(", "（").replace(")", "）")
    return re.sub(rf"(?<={HAN}) (?={HAN})| ?([（）]) ?", r"\1", name)


def normalise_credit_code(text):
    """A unified social credit code as it is stored: half-width, upper case, without spaces."""
    return re.sub(r"[\s-]", "", narrow(text).translate(DASHES)).upper()


def credit_code_check_character(first17):
    """The 18th character of a credit code whose first 17 are `first17` (GB 32100-2015, 4.5)."""
    total = sum(
        CREDIT_CODE_ALPHABET.index(character) * weight
        for character, weight in zip(first17, CREDIT_CODE_WEIGHTS, strict=True)
    )
    return CREDIT_CODE_ALPHABET[-total % 31]


def validate_credit_code(value):
    """Raise ValidationError unless `value` is a unified social credit code (GB 32100-2015).

    Expects what `normalise_credit_code` returns. Letters may stand anywhere: registers beginning
    with A, N or Y are as good as those of digits only.
    """
    if len(value) != 18:
        raise ValidationError(
            _("A unified social credit code has 18 characters; this one has %(count)d."),
            code="credit_code_length",
            params={"count": len(value)},
        )
    for place, character in enumerate(value, 1):
        if character not in CREDIT_CODE_ALPHABET:
            raise ValidationError(
                _(
                    "A unified social credit code has only digits and capital letters without "
                    "I, O, S, V, Z; character %(place)d is “%(character)s”."
                ),
                code="credit_code_character",
                params={"place": place, "character": character},
            )
    if credit_code_check_character(value[:17]) != value[17]:
        raise ValidationError(
            _(
                "The unified social credit code does not add up: its last character “%(last)s” "
                "does not fit the 17 before it. Please compare it with the business licence."
            ),
            code="credit_code_check",
            params={"last": value[17]},
        )


def normalise_phone(text):
    """A telephone number as it is stored: half-width, 11 digits, or area code, hyphen, number."""
    digits = re.sub(r"\s", "", narrow(text).translate(DASHES))
    digits = re.sub(r"^(\+|00)86-?", "", digits)
    digits = re.sub(r"^\((0\d{2,3})\)-?", r"\1-", digits)
    bare = digits.replace("-", "")
    if re.fullmatch(r"1\d+", bare):
        return bare
    return re.sub(r"^(010|02\d|0[3-9]\d\d)-?(\d{7,8})(?=-|$)", r"\1-\2", digits)


def validate_mobile(value):
    """Raise ValidationError unless `value` is a mobile number of mainland China.

    Expects what `normalise_phone` returns.
    """
    if MOBILE.fullmatch(value):
        return
    if not re.fullmatch(r"\d+", value, re.ASCII):
        raise ValidationError(
            _("A mobile number is 11 digits and nothing else; this one has other characters."),
            code="mobile_character",
        )
    if len(value) != 11:
        raise ValidationError(
            _("A mobile number has 11 digits; this one has %(count)d."),
            code="mobile_length",
            params={"count": len(value)},
        )
    raise ValidationError(
        _("A mobile number begins with 13 to 19; this one begins with %(start)s."),
        code="mobile_start",
        params={"start": value[:2]},
    )


def validate_phone(value):
    """Raise ValidationError unless `value` is a mobile number, or a landline with area code.

    Expects what `normalise_phone` returns.
    """
    if not value.startswith("0"):
        validate_mobile(value)
    elif not LANDLINE.fullmatch(value):
        raise ValidationError(
            _("Write a landline as area code, hyphen and 7 or 8 digits, like 0416-2345678."),
            code="landline",
        )
