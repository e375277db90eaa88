"""Calendars of other programs, handed in as a file: only when somebody is taken is kept."""

from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from disputes.domain.refusals import Refusal
from mediation.models import BusyCalendar, BusyTime

MOST_BYTES = 1_000_000
MOST_PARTS = 2_000
MOST_TIMES = 5_000
KNOWN = timedelta(days=400)
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Rules made of nothing else always come to an end soon, or to a next date.
RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
FREQUENCIES = {
    "DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}  # fmt: skip
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


class NoCalendar(Refusal):
    """The file is something else."""

    sentence = _("This file is no calendar (.ics) that can be read.")
    field = "file"


class TooMuch(Refusal):
    """Nobody has that many appointments."""

    sentence = _("This calendar is longer than 1 MB or has more than 2,000 entries.")
    field = "file"


class Unread(Exception):
    """One entry says its times in a way that is not understood."""


@transaction.atomic
def hand_in(user, data, *, at):
    """Keep the times at which *user* is taken, from the iCalendar bytes *data*, in the place of
    those before; return the ``BusyCalendar``.

    Titles, places and people are not kept. An entry that cannot be read is counted. Raises
    ``NoCalendar``, ``TooMuch``.
    """
    if len(data) > MOST_BYTES or data.upper().count(b"BEGIN:") > MOST_PARTS:
        raise TooMuch
    first, last = at, at + KNOWN
    times, unread = _read(data, first, last)
    row, _made = BusyCalendar.objects.update_or_create(
        user=user, defaults={"until": timezone.localdate(last), "unread": unread, "at": at}
    )
    row.times.all().delete()
    BusyTime.objects.bulk_create(
        BusyTime(calendar=row, starts_at=begins, ends_at=ends)
        for begins, ends in sorted(set(times))[:MOST_TIMES]
    )
    return row


def take_away(user):
    """Forget what *user* handed in."""
    BusyCalendar.objects.filter(user=user).delete()


def calendars_at(users, starts_at, ends_at):
    """Return {user key: ``BusyCalendar``} of *users*; each says by ``busy`` whether she is taken
    between the aware moments, in one query.
    """
    taken = BusyTime.objects.filter(
        calendar=OuterRef("pk"), starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    rows = BusyCalendar.objects.filter(user__in=users, until__gte=timezone.localdate(ends_at))
    return {row.user_id: row for row in rows.annotate(busy=Exists(taken)).select_related("user")}


def _read(data, first, last):
    try:
        calendar = Calendar.from_ical(data)
    except Exception as error:
        # Whatever a library makes of a stranger's bytes: it is no calendar.
        raise NoCalendar from error
    times, unread = [], 0
    for entry in calendar.walk():
        try:
            times += _times(entry, first, last)
        except Exception:
            unread += 1
    return times, unread


def _times(entry, first, last):
    if entry.name == "VFREEBUSY":
        return _busy(entry, first, last)
    free = str(entry.get("TRANSP", "")).upper() == "TRANSPARENT"
    if entry.name != "VEVENT" or free or str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return []
    begins = _moment(entry["DTSTART"].dt)
    ends = _end(entry, begins)
    if "RRULE" not in entry:
        return [(begins, ends)] if begins < last and ends > first and ends > begins else []
    length = ends - begins
    return [
        (start, start + length)
        for start in _dates(entry, begins, first - length, last)
        if length > timedelta(0)
    ]


def _busy(entry, first, last):
    found = entry.get("FREEBUSY", [])
    periods = [each.dt for each in (found if isinstance(found, list) else [found])]
    times = [
        (_moment(start), _moment(end) if not isinstance(end, timedelta) else _moment(start) + end)
        for start, end in periods
    ]
    return [each for each in times if each[0] < last and each[1] > first and each[1] > each[0]]


def _end(entry, begins):
    if "DTEND" in entry:
        return _moment(entry["DTEND"].dt)
    if "DURATION" in entry:
        return begins + entry["DURATION"].dt
    whole_day = not isinstance(entry["DTSTART"].dt, datetime)
    return begins + timedelta(days=1) if whole_day else begins


def _dates(entry, begins, first, last):
    """Return the beginnings by the rule of *entry* between two moments; no rule runs for ever."""
    said = {name.upper(): value for name, value in entry["RRULE"].items()}
    if not set(said) <= RULE or isinstance(entry["RRULE"], list):
        raise Unread
    until = _moment(said["UNTIL"][0]) if "UNTIL" in said else last
    rule = rrule.rrule(
        FREQUENCIES[str(said["FREQ"][0]).upper()],
        dtstart=begins,
        interval=min(max(int(said.get("INTERVAL", [1])[0]), 1), 366),
        count=int(said["COUNT"][0]) if "COUNT" in said else None,
        until=None if "COUNT" in said else min(until, last),
        byweekday=[_weekday(str(each)) for each in said.get("BYDAY", [])] or None,
    )
    gone = _exceptions(entry)
    found = islice(rule.xafter(first, inc=True), MOST_TIMES)
    return [each for each in found if each < last and each not in gone]


def _weekday(text):
    number, day = text[:-2], rrule.weekday(DAYS[text[-2:].upper()])
    if not number:
        return day
    if abs(int(number)) not in range(1, 6):
        raise Unread
    return day(int(number))


def _exceptions(entry):
    lines = entry.get("EXDATE", [])
    lines = lines if isinstance(lines, list) else [lines]
    return {_moment(each.dt) for line in lines for each in line.dts}


def _moment(value):
    """Return *value* aware; a time without a zone is of Shanghai, a date is its beginning."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
