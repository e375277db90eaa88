"""One week of hearings at one commission, as its calendar shows them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from arbitration.models import Hearing
from disputes.look.outline import case_title
from disputes.permissions import visible_cases
from law.calendar import load_calendar
from offices.models import Room
from offices.occasions import Seen

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One hearing in a cell. *shown* says whether the reader may know which case it is.

    Of one that is not shown she learns that the room is taken, and nothing else.
    """

    hearing: Hearing
    shown: bool
    title: str
    arbitrators: tuple
    clerk: object
    outcome: str


@dataclass(frozen=True)
class Line:
    """The hearings of one room, or of those held online (*room* None), day by day."""

    room: Room | None
    cells: tuple


@dataclass(frozen=True)
class Column:
    """A day: its mark "off" or "on" where a notice moved it, why, whether one works on it."""

    on: date
    mark: str
    why: str
    is_workday: bool
    is_today: bool
    slots: list = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """The days, the lines of the rooms, how many hearings there are in all."""

    days: tuple
    lines: tuple
    count: int


def read_week(user, office, *, monday, today):
    """Return the ``Week`` from the date *monday* at *office* as *user* may see it.

    A hearing in a case that is not hers to see still takes its room: it is shown as taken and
    not counted.
    """
    slots = [_slot(row) for row in _hearings(user, office, monday, today)]
    days = tuple(_column(monday + n * ONE_DAY, slots, today) for n in range(7))
    rooms = list(Room.objects.filter(office=office, is_active=True))
    lines = [Line(room, _cells(days, room.pk)) for room in rooms]
    online = Line(None, _cells(days, None))
    if any(online.cells) or not rooms:
        lines.append(online)
    return Week(days, tuple(lines), sum(slot.shown for slot in slots))


def describe(user, keys, *, on=None):
    """Return {key: ``Seen``} of the hearings *keys* in cases that exist for *user*."""
    cases = visible_cases(user, on=on)
    rows = Hearing.objects.filter(pk__in=keys, proceeding__case__in=cases)
    return {
        row.pk: Seen(
            _("Hearing %(number)s") % {"number": row.proceeding.number},
            reverse("case", args=[row.proceeding.case_id]),
        )
        for row in rows.select_related("proceeding")
    }


def _hearings(user, office, monday, on):
    begins = timezone.make_aware(datetime.combine(monday, time(0)))
    rows = Hearing.objects.filter(
        proceeding__office=office,
        cancelled=False,
        starts_at__gte=begins,
        starts_at__lt=begins + 7 * ONE_DAY,
    )
    rows = list(
        rows.select_related(
            "room",
            "record",
            "presiding",
            "proceeding__case",
            "proceeding__arbitral_panel__presiding",
            "proceeding__arbitral_panel__second",
            "proceeding__arbitral_panel__third",
            "proceeding__arbitral_panel__clerk",
        )
        .prefetch_related("proceeding__case__parties")
        .order_by("starts_at", "pk")
    )
    cases = [row.proceeding.case_id for row in rows]
    seen = set(visible_cases(user, on=on).filter(pk__in=cases).values_list("pk", flat=True))
    for row in rows:
        row.shown = row.proceeding.case_id in seen
    return rows


def _slot(row):
    panel = getattr(row.proceeding, "arbitral_panel", None)
    case = row.proceeding.case
    record = getattr(row, "record", None)
    people = panel.arbitrators if panel else [row.presiding] if row.presiding else []
    people = people if row.shown else []
    return Slot(
        hearing=row,
        shown=row.shown,
        title=case_title(case.parties.all(), worker_count=case.worker_count) if row.shown else "",
        arbitrators=tuple(people),
        clerk=panel.clerk if panel and row.shown else None,
        outcome=record.get_result_display() if record and row.shown else "",
    )


def _column(day, slots, today):
    calendar = load_calendar()
    mark = ""
    if calendar.is_exceptional(day):
        mark = "on" if calendar.is_workday(day) else "off"
    mine = [slot for slot in slots if timezone.localdate(slot.hearing.starts_at) == day]
    return Column(day, mark, calendar.why(day), calendar.is_workday(day), day == today, mine)


def _cells(days, room):
    return tuple(tuple(slot for slot in day.slots if slot.hearing.room_id == room) for day in days)
