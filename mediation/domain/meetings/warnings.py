"""What speaks against a time and a place without forbidding it."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from law.calendar import load_calendar
from mediation.domain.meetings.busy import calendars_at
from offices.models import Booking

OFFICE_HOURS = (time(8, 30), time(17, 30))
WAY = timedelta(minutes=30)


@dataclass(frozen=True)
class Warning:
    """One sentence; *needs_reason* says whether the meeting stays only for a reason."""

    text: str
    needs_reason: bool = True


def warnings_of(*, starts_at, ends_at, room=None, people=(), exclude=None, calendars=None):
    """Return what speaks against meeting from *starts_at* to *ends_at*, aware moments.

    *people* are those with an account who are needed, *exclude* the key of the meeting itself.
    *calendars* are what people handed in, where it was read already.
    """
    found = _day(timezone.localdate(starts_at))
    if calendars is None:
        calendars = calendars_at(people, starts_at, ends_at) if people else {}
    found += taken_elsewhere(calendars)
    begins, ends = timezone.localtime(starts_at).time(), timezone.localtime(ends_at).time()
    if begins < OFFICE_HOURS[0] or ends > OFFICE_HOURS[1]:
        found.append(Warning(_("The meeting lies outside office hours (8:30–17:30).")))
    return found + _ways(starts_at, ends_at, room, people, exclude)


def taken_elsewhere(calendars):
    """Return the warnings of *calendars*, made by ``busy.calendars_at``: who is taken elsewhere."""
    text = _("%(person)s is taken at this time by the calendar handed in.")
    return [Warning(text % {"person": row.user}) for row in calendars.values() if row.busy]


def unknown_people(participants, calendars=()):
    """Return those of *participants* of whose other appointments the house knows nothing.

    It knows those of its own people, and of others who handed in their *calendars*, a container
    of the keys of accounts.
    """
    return [
        row
        for row in participants
        if row.is_coming
        and row.user_id not in calendars
        and (row.user_id is None or not row.office.handled_here)
    ]


def _day(day):
    calendar = load_calendar()
    if not calendar.has_notice(day.year):
        text = _("The holidays of %(year)s are not announced yet: this day may turn out to be one.")
        return [Warning(text % {"year": day.year})]
    if not calendar.is_workday(day):
        return [Warning(_("This is not a working day: %(why)s.") % {"why": calendar.why(day)})]
    return []


def _ways(starts_at, ends_at, room, people, exclude):
    """Warn of people who must come from, or go to, another site within half an hour."""
    if room is None or not people:
        return []
    near = Booking.objects.filter(
        person__in=[person.pk for person in people],
        starts_at__lt=ends_at + WAY,
        ends_at__gt=starts_at - WAY,
    ).exclude(kind=Booking.Kind.MEETING, occasion=exclude)
    # What overlaps is no matter of the way: it is refused.
    near = near.exclude(starts_at__lt=ends_at, ends_at__gt=starts_at)
    there = Booking.objects.filter(
        kind=OuterRef("kind"), occasion=OuterRef("occasion"), room__isnull=False
    )
    here = Q(room=room) | Q(room__site=room.site) if room.site else Q(room=room)
    near = near.exclude(Exists(there.filter(here)))
    text = _("%(person)s has less than 30 minutes for the way from or to another appointment.")
    return [Warning(text % {"person": row.person}) for row in near.select_related("person")]
