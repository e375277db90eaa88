"""A quarterly joint meeting for the demo: rooms, agencies, an agenda from the cases."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from disputes.models import Case
from mediation.domain.meetings import agenda, invitations, people, series
from mediation.domain.meetings.suggestions import suggest
from mediation.models import Meeting, MeetingSeries
from offices.duties import Role
from offices.models import Office, Room
from workflows.demo import held
from workflows.demo.words import words

Kind = Office.Kind
AGENCIES = (
    Kind.COURT,
    Kind.LABOUR_BUREAU,
    Kind.JUSTICE_BUREAU,
    Kind.ARBITRATION_COMMISSION,
    Kind.AID_CENTRE,
)
ITEMS = 3


@transaction.atomic
def plan_meetings(stage, *, at):
    """Plan a series of the federation from the aware moment *at* on, once; return it or None.

    The first date has an agenda of cases and is sent out; the others are drafts.
    """
    office = stage.federation
    if office is None or MeetingSeries.objects.exists():
        return None
    coordinator = stage.person(office, Role.COORDINATOR)
    rooms = [
        Room.objects.get_or_create(office=office, name=name, defaults={"seats": seats})[0]
        for name, seats in words()["meeting_rooms"]
    ]
    today = timezone.localdate(at)
    asked = [row for kind in AGENCIES if (row := _first(kind))]
    made = series.plan_series(
        office,
        rule=_rule(today),
        people=people.delegates_of(asked, convener=office, by=coordinator, on=today),
        name=words()["meeting_name"],
        kind=Meeting.Kind.JOINT,
        room=rooms[0],
        place="",
        video_url="",
        quorum=3,
        at=at,
        by=coordinator,
    )
    first = made.meetings.filter(question="").order_by("starts_at").first()
    if first is not None:
        _fill(first, coordinator, asked, at=at)
        invitations.invite(first, at=at, by=coordinator)
    if len(asked) > 1:
        held.hold_meeting(office, coordinator, rooms, asked, at=at)
        held.plan_topical(office, coordinator, rooms, asked, at=at)
    return made


def _rule(today):
    return {
        "frequency": MeetingSeries.Frequency.QUARTER_LAST,
        "interval": 1,
        "weekdays": [4],
        "month_day": None,
        "nth": -1,
        "starts_on": today + timedelta(days=1),
        "until": today + timedelta(days=365),
        "begins": time(14),
        "ends": time(15, 30),
        "holidays": MeetingSeries.Holidays.PREVIOUS,
    }


def _fill(meeting, coordinator, asked, *, at):
    found = suggest(coordinator, meeting, today=timezone.localdate(at))
    for each in [row for row in found if row.case][:ITEMS]:
        case = Case.objects.get(pk=each.case)
        item = agenda.add_case(meeting, case, reason=each.reason, at=at, by=coordinator)
        agenda.share(item, [(asked[0], True, False)], at=at, by=coordinator)
    agenda.add_item(
        meeting, title=words()["meeting_item"], responsible=meeting.office, minutes=10,
        at=at, by=coordinator,
    )  # fmt: skip


def _first(kind):
    return Office.objects.filter(kind=kind, is_active=True).order_by("pk").first()
