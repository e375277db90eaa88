"""Numbers and days as people hand them in, and money as the law rounds it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from law.refusals import WrongInput

CENT = Decimal("0.01")
# Paid days in an average month (人社部发〔2025〕2号; unchanged since 2008).
PAID_DAYS = Decimal("21.75")
HOURS_PER_DAY = 8


def yuan(value, label=None):
    """Return *value*, a number or decimal string, as Decimal yuan, unrounded.

    Raises WrongInput, naming *label*, when it is missing, no number or negative.
    """
    label = label or _("Amount")
    if value is None or value == "" or isinstance(value, bool):
        raise WrongInput(_("“%(label)s” is missing.") % {"label": label})
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise WrongInput(
            _("“%(label)s” is not a number: %(value)s") % {"label": label, "value": value}
        )
    if number < 0:
        raise WrongInput(_("“%(label)s” must not be negative.") % {"label": label})
    return number


def whole(value, label=None):
    """Return *value* as a whole number; raises WrongInput like `yuan`."""
    number = yuan(value, label)
    if number != number.to_integral_value():
        raise WrongInput(_("“%(label)s” must be a whole number.") % {"label": label or _("Amount")})
    return int(number)


def day(value, label=None):
    """Return *value*, a `date` or ISO string, as a date; raises WrongInput."""
    label = label or _("Day")
    if isinstance(value, date):
        return value
    if value in (None, ""):
        raise WrongInput(_("“%(label)s” is missing.") % {"label": label})
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as error:
        raise WrongInput(
            _("“%(label)s” is not a day: %(value)s") % {"label": label, "value": value}
        ) from error


def flag(value):
    """Return *value* as a bool: false, no, 0, 否 and nothing are False."""
    if isinstance(value, str):
        return value.strip().lower() not in {"", "0", "false", "no", "否"}
    return bool(value)


def require_order(first, last, first_label, last_label):
    """Raise WrongInput when the `date` *last* lies before *first*."""
    if last < first:
        raise WrongInput(
            _("“%(last)s” lies before “%(first)s”.") % {"first": first_label, "last": last_label}
        )


def round_yuan(amount):
    """Return *amount* rounded half up to two places: once, at the end of a calculation."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def plain(number):
    """Return *number* as a decimal string without exponent and trailing zeros: "6.5"."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
