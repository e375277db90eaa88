"""Dates, moments, money and names as a clerk reads them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def speaks_chinese():
    """Return whether the page is read in Chinese."""
    return (get_language() or "zh").startswith("zh")


def as_day(value):
    """Return *value*, a `date` or an aware `datetime`, as a `date` in the house's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def say_day(value, *, today=None, year=None):
    """Return a day with its weekday: 9月24日 周四, in English Thu 24 Sep.

    The year is said when it is not that of *today*, or always with `year=True`.
    """
    day = as_day(value)
    with_year = day.year != (today or timezone.localdate()).year if year is None else year
    if speaks_chinese():
        head = f"{day.year}年" if with_year else ""
        return f"{head}{day.month}月{day.day}日 周{_WEEKDAYS_ZH[day.weekday()]}"
    tail = f" {day.year}" if with_year else ""
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}{tail}"


def say_short_day(value):
    """Return a day without its weekday: 9月24日, in English 24 Sep."""
    day = as_day(value)
    if speaks_chinese():
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def say_time(value):
    """Return the time of an aware moment in the house's time zone: 14:05."""
    return f"{timezone.localtime(value):%H:%M}"


def say_moment(value, *, today=None):
    """Return a moment as day and time: 9月24日 周四 14:05."""
    return f"{say_day(value, today=today)} {say_time(value)}"


def say_yuan(amount, *, cents=True):
    """Return *amount* in yuan with thousands apart: 19,900.00.

    With `cents=False` the two places are left out where they are zero.
    """
    value = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    places = 0 if not cents and value == value.to_integral_value() else 2
    return f"{value:,.{places}f}"


def say_count(count, *, cap):
    """Return a count that was taken up to *cap* only: 999, or 1,000+."""
    text = number_format(min(count, cap), force_grouping=True)
    return f"{text}+" if count >= cap else text


def say_tier(tier):
    """Return the name of tier 1, 2 or 3: 二级 区域."""
    names = {
        1: _("Tier 1 Enterprise"),
        2: _("Tier 2 Regional"),
        3: _("Tier 3 Arbitration"),
    }
    return names.get(int(tier), "")


def is_day(value):
    """Return whether *value* can be said as a day."""
    return isinstance(value, date)
