"""What a person finds in the shared calendar: meetings, hearings, sessions, day by day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from lunar_python import Solar

from law.calendar import load_calendar
from mediation.permissions import convening_offices, visible_meetings
from offices import occasions
from offices.domain.standing import standing_of
from offices.models import Booking, Room

ONE_DAY = timedelta(days=1)
# Shown of one day in a month; the rest is counted and linked.
SHOWN = 3


@dataclass(frozen=True)
class Entry:
    """Something that takes place. *title* is "" for what the reader may not know."""

    kind: str
    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    where: str = ""
    status: str = ""
    moved_from: datetime | None = None
    needs: bool = False


@dataclass(frozen=True)
class Day:
    """A day with its mark ("off", "on", ""), why, its lunar name, and what takes place."""

    on: date
    mark: str
    why: str
    is_workday: bool
    is_today: bool
    lunar: str
    entries: list = field(default_factory=list)

    @property
    def shown(self):
        """The first entries."""
        return self.entries[:SHOWN]

    @property
    def more(self):
        """How many others there are."""
        return max(0, len(self.entries) - SHOWN)


def read_days(user, *, first, last, today):
    """Return the ``Day`` list from *first* to *last*, dates, as *user* may see it."""
    entries = read_entries(user, first=first, last=last, today=today)
    days = []
    on = first
    while on <= last:
        mine = [each for each in entries if timezone.localdate(each.starts_at) == on]
        days.append(make_day(on, today, mine))
        on += ONE_DAY
    return days


def read_entries(user, *, first, last, today):
    """Return what takes place between the dates *first* and *last* that *user* may know of.

    *today* is the date on which she asks.
    """
    begins, ends = _bounds(first, last)
    found = [
        _of_meeting(row)
        for row in visible_meetings(user, on=today)
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .select_related("room__office", "office")
    ]
    found += _others(user, begins, ends, today)
    return sorted(found, key=lambda entry: (entry.starts_at, entry.title))


def make_day(on, today, entries):
    """Return the ``Day`` of the date *on* with its *entries*."""
    calendar = load_calendar()
    mark = ""
    if calendar.is_exceptional(on):
        mark = "on" if calendar.is_workday(on) else "off"
    return Day(
        on, mark, calendar.why(on), calendar.is_workday(on), on == today, lunar_name(on), entries
    )


def lunar_name(day):
    """Return the name of *day* in the lunar calendar, or the festival or solar term it is.

    "" for readers of other languages, who could not use it.
    """
    if not (get_language() or "zh").startswith("zh"):
        return ""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    if lunar.getFestivals():
        return lunar.getFestivals()[0]
    if lunar.getJieQi():
        return lunar.getJieQi()
    if lunar.getDay() == 1:
        return f"{lunar.getMonthInChinese()}月"
    return lunar.getDayInChinese()


@dataclass(frozen=True)
class RoomLine:
    """One room and what takes it on each day."""

    room: Room
    cells: tuple


def read_rooms(user, *, first, last, today):
    """Return (days, ``RoomLine`` list) of the rooms that *user* may book or sits beside.

    Of an occasion that is not hers she reads that the room is taken, and nothing else.
    """
    rooms = list(rooms_for(user, on=today).select_related("office").order_by("office", "name"))
    begins, ends = _bounds(first, last)
    rows = list(
        Booking.objects.filter(
            room__in=rooms, starts_at__gte=begins, starts_at__lt=ends
        ).select_related("room")
    )
    seen = occasions.describe(user, rows, on=today)
    days = [make_day(first + n * ONE_DAY, today, []) for n in range((last - first).days + 1)]
    lines = []
    for room in rooms:
        mine = [_of_booking(row, seen) for row in rows if row.room_id == room.pk]
        cells = tuple(
            [each for each in mine if timezone.localdate(each.starts_at) == day.on] for day in days
        )
        lines.append(RoomLine(room, cells))
    return days, lines


def rooms_for(user, *, on):
    """Return the rooms in use that *user* may see taken or free on the date *on*, a queryset.

    Those of her offices; for a coordinator all rooms, since she may ask for any of them.
    """
    rooms = Room.objects.filter(is_active=True)
    if convening_offices(user, on=on):
        return rooms
    return rooms.filter(office__in=_own_offices(user, on))


def describe(user, keys, *, on):
    """Return {key: ``Seen``} of the meetings *keys* that exist for *user* on the date *on*."""
    return {
        row.pk: occasions.Seen(row.name, row.get_absolute_url())
        for row in visible_meetings(user, on=on).filter(pk__in=keys)
    }


def _own_offices(user, on):
    standing = standing_of(user, on=on)
    return [posting.office_id for posting in standing.postings]


def _bounds(first, last):
    begins = timezone.make_aware(datetime.combine(first, time()))
    return begins, timezone.make_aware(datetime.combine(last + ONE_DAY, time()))


def _others(user, begins, ends, on):
    """Hearings and sessions: hers, or in the rooms of her offices, if she may know of them."""
    rows = list(
        Booking.objects.filter(
            Q(person=user) | Q(room__office__in=_own_offices(user, on)),
            starts_at__gte=begins,
            starts_at__lt=ends,
        )
        .exclude(kind=Booking.Kind.MEETING)
        .select_related("room__office")
        .order_by("room")
    )
    seen = occasions.describe(user, rows, on=on)
    # An occasion takes a room and people: one entry is enough, the one with the room comes first.
    first = {}
    for row in rows:
        if (row.kind, row.occasion) in seen:
            first.setdefault((row.kind, row.occasion), row)
    return [_of_booking(row, seen) for row in first.values()]


def _of_booking(row, seen):
    known = seen.get((row.kind, row.occasion))
    return Entry(
        row.kind,
        known.title if known else "",
        known.url if known else "",
        row.starts_at,
        row.ends_at,
        where=str(row.room) if row.room_id else "",
    )


def _of_meeting(row):
    moved = row.original_start if row.original_start != row.starts_at else None
    return Entry(
        Booking.Kind.MEETING,
        row.name,
        row.get_absolute_url(),
        row.starts_at,
        row.ends_at,
        where=row.where,
        status=row.status,
        moved_from=moved,
        needs=bool(row.question) and row.status != row.Status.CANCELLED,
    )
