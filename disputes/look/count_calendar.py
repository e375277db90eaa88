"""The days of a time limit as a calendar or a strip: each with its number and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from disputes.look.words import say_day, say_short_day
from law.calendar import load_calendar

ONE_DAY = timedelta(days=1)
# More days than this are told in steps only.
MOST_DAYS = 70
MOST_IN_STRIP = 8
END_OF_LONG = 14


@dataclass(frozen=True)
class Day:
    """One cell: the date as written, its number in the count, why, 休 or 班, its classes."""

    on: date
    written: str
    number: int | None
    why: str
    mark: str
    kinds: str


def count_weeks(due, today):
    """Return the weeks, Monday to Sunday, from the start of *due* to its legal end; [] if long."""
    start, end = due.run.start, due.legal
    first, last = min(start, end), max(start, end)
    if (last - first).days > MOST_DAYS:
        return []
    first -= first.weekday() * ONE_DAY
    last += (6 - last.weekday()) * ONE_DAY
    counted = {day.on: day for day in due.days}
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    cells = [_cell(day, due, counted.get(day), today, day == first) for day in days]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def count_strip(due, today):
    """Return the days of a short time limit in a row, its start first; [] if it is long."""
    if due.run.backward or len(due.days) > MOST_IN_STRIP:
        return []
    start = _cell(due.run.start, due, None, today, True)
    return [start] + [_cell(day.on, due, day, today, True) for day in due.days]


def _cell(day, due, counted, today, with_month):
    calendar = load_calendar()
    return Day(
        on=day,
        written=_write(day, with_month or day.day == 1),
        number=counted.number if counted else None,
        why=_why(day, due, counted, today),
        mark=_mark(day, calendar),
        kinds=_kinds(day, due, counted, today, calendar),
    )


def _write(day, with_month):
    # A narrow cell breaks between month and day, and nowhere else.
    return say_short_day(day).replace("月", "月\u200b") if with_month else str(day.day)


def _mark(day, calendar):
    """Return "on" or "off" for a day that a notice moved, else ""."""
    if not calendar.is_exceptional(day):
        return ""
    return "on" if calendar.is_workday(day) else "off"


def _why(day, due, counted, today):
    if day == due.run.start:
        return _("start, not counted")
    words = [
        _("today") if day == today else "",
        _("finish by") if day == due.alarm and due.alarm != due.legal else "",
        _("last day counted") if day == due.nominal and due.nominal != due.legal else "",
        _("expires by law") if day == due.legal else "",
    ]
    said = [word for word in words if word]
    if not said and counted and not counted.counted:
        return _("rolls on") if day > due.nominal else _("not counted")
    return " · ".join(said)


def _kinds(day, due, counted, today, calendar):
    if day == due.run.start:
        return "zero"
    if not counted:
        return "out"
    rests = not counted.counted or (day >= today and not calendar.is_workday(day))
    kinds = [
        ("now", day == today),
        ("due", day == due.alarm and day >= today),
        ("legal", day == due.legal),
        ("past", day < today and counted.counted),
        ("rest", rests and day != due.legal),
    ]
    return " ".join(name for name, holds in kinds if holds)


def exceptional_days(due):
    """Return (days in words, "on" or "off", why) for the days that notices moved, in order.

    Neighbouring days of one kind are one line. Of a long time limit only the end matters.
    """
    calendar = load_calendar()
    days = due.days if len(due.days) <= MOST_DAYS else due.days[-END_OF_LONG:]
    marked = [(day.on, _mark(day.on, calendar), calendar.why(day.on)) for day in days]
    lines = []
    for (mark, why), group in groupby(marked, key=lambda entry: entry[1:]):
        if mark:
            lines.append((_say_span([on for on, *_rest in group]), mark, why))
    return lines


def _say_span(days):
    first, last = say_day(min(days)), say_day(max(days))
    return first if first == last else f"{first} – {last}"
