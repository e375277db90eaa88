"""Calendars of other programs, handed in: only when somebody is taken is kept, whatever is in it."""

from datetime import date, timedelta
from time import monotonic

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mediation.domain.meetings import busy, planning
from mediation.domain.meetings.refusals import ReasonNeeded
from mediation.models import BusyCalendar, BusyTime, Meeting
from tests.mediation.meetings.acts import NOW, THURSDAY, at, delegates, facts, plan

pytestmark = pytest.mark.django_db


def ics(*lines):
    entries = ["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(entries).encode()


def event(*lines):
    return ["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"]


COURT_DAY = event(
    "SUMMARY:开庭（某某案）", "DTSTART;TZID=中国标准时间:20260924T140000",
    "DTEND;TZID=中国标准时间:20260924T150000",
)  # fmt: skip


def test_only_the_times_are_kept(court_liaison):
    row = busy.hand_in(court_liaison, ics(*COURT_DAY), at=NOW)
    time = row.times.get()
    assert (time.starts_at, time.ends_at) == (at(THURSDAY, 14), at(THURSDAY, 15))
    assert "某某案" not in str(BusyTime.objects.values().get()) + str(row.__dict__)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3",), [10, 15, 17]),
        (("RRULE:FREQ=DAILY;UNTIL=20260912T000000Z", "EXDATE:20260911T090000"), [10]),
        (("RRULE:FREQ=MONTHLY;BYDAY=2TH;COUNT=1",), [10]),
        (("STATUS:CANCELLED",), []),
        (("TRANSP:TRANSPARENT",), []),
    ],
)
def test_rules_become_times(court_liaison, lines, days):
    begin = "DTSTART:20260910T090000", "DTEND:20260910T100000"
    row = busy.hand_in(court_liaison, ics(*event(*begin, *lines)), at=NOW)
    assert [each.starts_at.day for each in row.times.all()] == days


def test_busy_blocks_are_read_too(court_liaison):
    block = "FREEBUSY:20260924T060000Z/20260924T070000Z,20260925T010000Z/PT1H"
    row = busy.hand_in(court_liaison, ics("BEGIN:VFREEBUSY", block, "END:VFREEBUSY"), at=NOW)
    assert row.times.count() == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=53MO",
        "FREQ=YEARLY;BYEASTER=1", "FREQ=DAILY;INTERVAL=0",
    ],
)  # fmt: skip
def test_a_hostile_rule_ends_at_once_and_is_counted(court_liaison, rule):
    begin = "DTSTART:19700101T090000", "DTEND:19700101T090001"
    started = monotonic()
    row = busy.hand_in(court_liaison, ics(*event(*begin, f"RRULE:{rule}")), at=NOW)
    assert monotonic() - started < 5
    assert row.unread == 1 or row.times.count() <= 401


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"%PDF-1.4", busy.NoCalendar), (ics(*COURT_DAY * 2_001), busy.TooMuch),
     (b"x" * 1_000_001, busy.TooMuch)],
)  # fmt: skip
def test_what_is_no_calendar_or_too_much_is_refused_and_the_old_one_stays(
    court_liaison, data, refusal
):
    busy.hand_in(court_liaison, ics(*COURT_DAY), at=NOW)
    with pytest.raises(refusal):
        busy.hand_in(court_liaison, data, at=NOW)
    assert BusyTime.objects.count() == 1


def test_who_is_taken_elsewhere_is_a_warning_that_wants_a_reason(
    coordinator, court_liaison, register
):
    busy.hand_in(court_liaison, ics(*COURT_DAY), at=NOW)
    with pytest.raises(ReasonNeeded):
        plan(coordinator, register.court)
    common = {"people": delegates(coordinator, register.court), "at": NOW, "by": coordinator}
    said = facts(register.federation, override_reason="已与本人商定")
    assert planning.plan(register.federation, **said, **common).pk


def test_the_page_says_who_is_taken_and_whose_days_nobody_knows(
    client, coordinator, court_liaison, register, time_machine
):
    time_machine.move_to(NOW)
    meeting = plan(coordinator, register.court)
    client.force_login(coordinator)
    address = reverse("meeting", args=[meeting.pk])
    assert "忙闲未知" in client.get(address).content.decode()
    busy.hand_in(court_liaison, ics(*COURT_DAY), at=NOW)
    page = client.get(address).content.decode()
    assert "忙闲未知" not in page
    assert "按其提交的日历" in page
    Meeting.objects.update(starts_at=at(date(2027, 12, 1)), ends_at=at(date(2027, 12, 1), 15))
    assert "忙闲未知" in client.get(address).content.decode()


def test_the_form_names_the_warning_for_which_it_wants_a_reason(
    client, coordinator, court_liaison, register, time_machine
):
    time_machine.move_to(NOW)
    busy.hand_in(court_liaison, ics(*COURT_DAY), at=NOW)
    client.force_login(coordinator)
    said = {
        "name": "联席会议", "office": register.federation.pk, "kind": "joint", "day": "2026-09-24",
        "begins": "14:00", "ends": "15:30", "repeat": "once", "holidays": "next",
        "place": "二楼", "agencies": [register.court.pk], "quorum": "0",
    }  # fmt: skip
    refused = client.post(reverse("meeting_new"), said)
    assert refused.status_code == 422
    assert refused.context["form"].errors["override_reason"]
    assert "按其提交的日历" in refused.content.decode()
    done = client.post(reverse("meeting_new"), said | {"override_reason": "已商定"})
    assert done.status_code == 302


def test_a_person_hands_in_and_forgets_her_own_calendar(client, court_liaison, time_machine):
    time_machine.move_to(NOW)
    client.force_login(court_liaison)
    door = reverse("meeting_busy_calendar")
    file = SimpleUploadedFile("my.ics", ics(*COURT_DAY), "text/calendar")
    assert client.post(door, {"file": file}).status_code == 302
    assert BusyCalendar.objects.get().user == court_liaison
    assert "2027年" in client.get(reverse("meeting_feeds")).content.decode()
    client.post(door, {"file": SimpleUploadedFile("a.pdf", b"%PDF", "application/pdf")})
    assert BusyTime.objects.count() == 1
    client.post(door, {"do": "forget"})
    assert not BusyCalendar.objects.exists()
    assert timedelta(0) < busy.KNOWN
