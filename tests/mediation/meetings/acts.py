"""What coordinators do in the tests, in one line."""

from datetime import date, datetime, time, timedelta

from mediation.domain.meetings import people, planning, series
from mediation.models import Meeting, MeetingSeries
from offices.models import Room
from tests.factories import MONDAY, SHANGHAI

NOW = MONDAY
DAY = timedelta(days=1)
# Thursday before the Mid-Autumn holiday of 2026, and the last Friday of the quarter, which is off.
THURSDAY = date(2026, 9, 24)


def at(day, hour=14, minute=0):
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def make_room(office, name="301会议室", **facts):
    return Room.objects.get_or_create(office=office, name=name, defaults=facts)[0]


def facts(office, **other):
    day = other.pop("day", THURSDAY)
    return {
        "name": "联席会议（2026年第3次）",
        "starts_at": at(day),
        "ends_at": at(day, 15, 30),
        "room": make_room(office),
        "place": "",
        "video_url": "",
        **other,
    }


def delegates(coordinator, *offices, on=date(2026, 9, 7)):
    office = coordinator.postings.get().office
    return people.delegates_of(list(offices), convener=office, by=coordinator, on=on)


def plan(coordinator, *offices, now=NOW, **other):
    """Plan a single meeting of the coordinator's office with the agencies *offices*."""
    office = coordinator.postings.get().office
    return planning.plan(
        office,
        people=delegates(coordinator, *offices),
        at=now,
        by=coordinator,
        **facts(office, **other),
    )


def rule(**other):
    """The last Friday of every quarter, from September 2026 for a year."""
    return {
        "frequency": MeetingSeries.Frequency.QUARTER_LAST,
        "interval": 1,
        "weekdays": [4],
        "month_day": None,
        "nth": -1,
        "starts_on": date(2026, 9, 8),
        "until": date(2027, 9, 7),
        "begins": time(14),
        "ends": time(15, 30),
        "holidays": MeetingSeries.Holidays.PREVIOUS,
        **other,
    }


def shared(office, **other):
    return {
        "name": "季度联席会议",
        "kind": Meeting.Kind.JOINT,
        "room": make_room(office),
        "place": "",
        "video_url": "",
        "quorum": 0,
        **other,
    }


def plan_series(coordinator, *offices, now=NOW, share=None, **other):
    office = coordinator.postings.get().office
    return series.plan_series(
        office,
        rule=rule(**other),
        people=delegates(coordinator, *offices),
        at=now,
        by=coordinator,
        **shared(office, **(share or {})),
    )
