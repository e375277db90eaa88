"""On which dates a series falls, and what holidays do to them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil import rrule
from django.utils import timezone

from law.calendar import load_calendar
from mediation.models import MeetingSeries

Frequency, Holidays = MeetingSeries.Frequency, MeetingSeries.Holidays
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
QUARTERS = {Frequency.QUARTER_FIRST: (1, 4, 7, 10), Frequency.QUARTER_LAST: (3, 6, 9, 12)}
BY_WEEKDAY = (Frequency.MONTH_NTH, *QUARTERS)
PREVIEWED = 12
# Rows are made this far ahead; a series ends within the same time.
MOST_MONTHS = 24


@dataclass(frozen=True)
class Slot:
    """One date of a series: where the rule puts it, and where it takes place.

    *state* is kept, moved, skipped, ask (a holiday, somebody decides) or unknown (the holidays
    of the year are not announced); *on* is None when it is skipped. *why* says what kind of day
    the first one is.
    """

    nominal: date
    on: date | None
    state: str
    why: str = ""


def dates_of(series):
    """Return the dates on which the rule of *series* falls, holidays not looked at."""
    first = datetime.combine(series.starts_on, time())
    until = datetime.combine(series.until, time())
    return [moment.date() for moment in rrule.rrule(dtstart=first, until=until, **_rule(series))]


def slots_of(series, *, limit=None):
    """Return the ``Slot`` list of *series*, the first *limit* of them."""
    return [place(day, series.holidays) for day in dates_of(series)[:limit]]


def place(day, policy):
    """Return the ``Slot`` of the date *day* under the holiday *policy*.

    A year without a notice is not guessed at: somebody confirms the date.
    """
    calendar = load_calendar()
    why = calendar.why(day)
    if not calendar.has_notice(day.year):
        return Slot(day, day, "unknown", why)
    if calendar.is_workday(day):
        return Slot(day, day, "kept", why)
    if policy == Holidays.SKIP:
        return Slot(day, None, "skipped", why)
    if policy == Holidays.ASK:
        return Slot(day, day, "ask", why)
    go = calendar.next_workday if policy == Holidays.NEXT else calendar.last_workday_not_after
    return _moved(day, go(day), why, calendar)


def rule_text(series):
    """Return the rule of *series* as RFC 5545 writes it, its end in UTC."""
    parts = [f"FREQ={'WEEKLY' if series.frequency == Frequency.WEEKLY else 'MONTHLY'}"]
    interval = 3 if series.frequency in QUARTERS else series.interval
    if interval > 1 and (series.frequency in QUARTERS or series.frequency == Frequency.WEEKLY):
        parts.append(f"INTERVAL={interval}")
    last = timezone.make_aware(datetime.combine(series.until, series.begins))
    parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    parts.append(_by(series))
    return ";".join(parts)


def latest_end(starts_on):
    """Return the last date on which a series that begins on *starts_on* may end."""
    years, month = divmod(starts_on.month - 1 + MOST_MONTHS, 12)
    first = date(starts_on.year + years, month + 1, 1)
    return first + timedelta(days=min(starts_on.day, 28) - 1)


def _moved(day, on, why, calendar):
    # The way to a working day may lead into a year that nobody knows yet.
    if not calendar.has_notice(on.year):
        return Slot(day, day, "unknown", why)
    return Slot(day, on, "moved", why)


def _by(series):
    if series.frequency == Frequency.MONTH_DAY:
        return f"BYMONTHDAY={series.month_day}"
    if series.frequency == Frequency.MONTH_END:
        return "BYMONTHDAY=-1"
    days = ",".join(DAYS[number] for number in sorted(series.weekdays))
    return f"BYDAY={series.nth}{days}" if series.frequency in BY_WEEKDAY else f"BYDAY={days}"


def _rule(series):
    if series.frequency == Frequency.WEEKLY:
        return {
            "freq": rrule.WEEKLY,
            "interval": series.interval,
            "byweekday": sorted(series.weekdays),
        }
    rule = {"freq": rrule.MONTHLY}
    if series.frequency in QUARTERS:
        rule["bymonth"] = QUARTERS[series.frequency]
    if series.frequency in BY_WEEKDAY:
        weekday = rrule.weekday(series.weekdays[0], series.nth)
        return rule | {"byweekday": weekday}
    return rule | {
        "bymonthday": -1 if series.frequency == Frequency.MONTH_END else series.month_day
    }
