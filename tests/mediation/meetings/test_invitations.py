"""Invitations by mail: what is in them, read by two libraries, and what people answer."""

import json
from datetime import date, time, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from mediation.domain.meetings import agenda, invitations, planning, series
from mediation.domain.meetings.refusals import LinkOver, NobodyInvited, Unsettled
from mediation.models import Meeting, Participant
from notices.domain.delivery import deliver_due
from notices.models import Message, Notice
from offices.models import Booking
from tests.mediation.meetings.acts import (
    NOW,
    THURSDAY,
    at,
    facts,
    plan,
    plan_series,
    rule,
    shared,
)
from tests.notices.receivers import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator, court_liaison, labour_liaison, register):
    bureau = labour_liaison.postings.get().office
    found = plan(coordinator, register.court, bureau)
    give_addresses(found)
    return found


def give_addresses(found):
    for row in found.participants.all():
        row.mail = f"{row.user.username}@example.com"
        row.save()


def mails():
    rows = Message.objects.order_by("pk")
    return [json.loads(row.content) | {"to": row.address, "row": row} for row in rows]


def parsed(text):
    """Return the entries of *text* as two libraries read it, which must agree."""
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    one = icalendar.Calendar.from_ical(text)
    other = vobject.readOne(text)
    events = one.walk("VEVENT")
    assert [str(each["UID"]) for each in events] == [
        each.uid.value for each in other.contents.get("vevent", [])
    ]
    assert [each["DTSTART"].dt for each in events] == [
        each.dtstart.value for each in other.contents.get("vevent", [])
    ]
    return one, events


def test_an_invitation_says_time_place_and_link_and_nothing_else(
    meeting, coordinator, district_case
):
    agenda.add_case(meeting, district_case.case, reason="other", at=NOW, by=coordinator)
    invitations.invite(meeting, at=NOW, by=coordinator)
    sent = mails()
    assert {each["to"] for each in sent} == {
        "lianxi@example.com", "fayuan@example.com", "renshe@example.com",
    }  # fmt: skip
    for each in sent:
        calendar, (event,) = parsed(each["calendar"])
        assert calendar["METHOD"] == each["method"] == "REQUEST"
        assert event["SUMMARY"] == "联席会议（2026年第3次）"
        assert event["SEQUENCE"] == 0
        assert str(event["ATTENDEE"]) == f"mailto:{each['to']}"
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert event["DTSTART"].dt == at(THURSDAY)
        assert "VALARM" not in each["calendar"]
        assert district_case.number not in each["calendar"] + each["text"] + each["subject"]
        assert each["calendar"].count("BEGIN:VTIMEZONE") == 1
        assert "DAYLIGHT" not in each["calendar"]


def test_a_draft_sends_nothing_and_what_is_open_is_settled_first(meeting, coordinator):
    assert not Message.objects.exists()
    Meeting.objects.update(question="no_notice")
    with pytest.raises(Unsettled, match="放假安排"):
        invitations.invite(meeting, at=NOW, by=coordinator)
    Meeting.objects.update(question="")
    Participant.objects.update(removed_at=NOW)
    with pytest.raises(NobodyInvited):
        invitations.invite(meeting, at=NOW, by=coordinator)


def test_a_series_is_one_entry_with_its_exceptions(coordinator, court_liaison, register):
    one = plan_series(coordinator, register.court)
    for found in one.meetings.all():
        give_addresses(found)
    assert len(invitations.invite_series(one, at=NOW, by=coordinator)) == 2
    _calendar, (master, moved) = parsed(mails()[0]["calendar"])
    rule = master["RRULE"].to_ical().decode()
    assert "FREQ=MONTHLY" in rule
    assert "INTERVAL=3" in rule
    assert "BYDAY=-1FR" in rule
    assert master["DTSTART"].dt == at(date(2026, 9, 25))
    assert moved["RECURRENCE-ID"].dt == at(date(2026, 9, 25))
    assert moved["DTSTART"].dt == at(date(2026, 9, 24))
    left_out = [each.dt.date() for line in master["EXDATE"] for each in line.dts]
    assert left_out == [date(2027, 3, 26), date(2027, 6, 25)]


def test_one_changed_date_goes_alone_and_with_a_higher_number(coordinator, court_liaison, register):
    one = plan_series(coordinator, register.court)
    for found in one.meetings.all():
        give_addresses(found)
    invitations.invite_series(one, at=NOW, by=coordinator)
    first = one.meetings.first()
    moved = facts(register.federation, day=date(2026, 9, 23))
    planning.change(first, version=first.version, at=NOW, by=coordinator, **moved)
    first.refresh_from_db()
    before = Message.objects.count()
    invitations.tell_change(first, before="9月24日", at=NOW + timedelta(hours=1))
    last = mails()[-1]
    _calendar, (event,) = parsed(last["calendar"])
    assert event["UID"] == one.uid
    assert event["SEQUENCE"] == 1
    assert event["RECURRENCE-ID"].dt == at(date(2026, 9, 25))
    assert "原定：9月24日" in last["text"]
    assert last["row"].next_at == NOW + timedelta(hours=1, minutes=10)
    # A second change before the mail has left takes its place, and says how it was at first.
    invitations.tell_change(first, before="9月23日", at=NOW + timedelta(hours=1, minutes=2))
    assert Message.objects.count() <= before + 2
    assert "原定：9月24日" in mails()[-1]["text"]


def split(meeting, coordinator, *, whole=False, **other):
    return series.change_series(
        meeting, whole=whole, version=meeting.version, rule=rule(**other), at=NOW, by=coordinator,
        **shared(meeting.office),
    )  # fmt: skip


@pytest.fixture
def told(coordinator, court_liaison, register):
    """A series of four quarters, of which people were told; the settled dates are two."""
    one = plan_series(coordinator, register.court)
    Meeting.objects.update(question="")
    for found in one.meetings.all():
        give_addresses(found)
    invitations.invite_series(one, at=NOW, by=coordinator)
    Message.objects.all().delete()
    return one


def test_a_split_series_is_told_twice_the_old_one_ends_earlier(told, coordinator):
    second = told.meetings.order_by("starts_at")[1]
    change = split(second, coordinator, weekdays=[2], starts_on=date(2026, 12, 1))
    invitations.tell_series(change, at=NOW, by=coordinator)
    told.refresh_from_db()
    mine = [each for each in mails() if each["to"] == "fayuan@example.com"]
    old, new = (parsed(each["calendar"])[1] for each in mine)
    assert (old[0]["UID"], new[0]["UID"]) == (told.uid, change.series.uid)
    assert old[0]["RRULE"]["UNTIL"][0].date() == date(2026, 9, 25)
    assert old[0]["SEQUENCE"] == told.sequence == 1
    assert new[0]["DTSTART"].dt == at(date(2026, 12, 30))
    assert "系列提前结束" in mine[0]["subject"]
    assert "/meetings/answer/" not in mine[0]["text"]
    assert "/meetings/answer/" in mine[1]["text"]


def test_dates_that_a_changed_series_drops_are_called_off_one_by_one(told, coordinator):
    change = split(told.meetings.first(), coordinator, whole=True, until=date(2026, 12, 31))
    assert len(change.dropped) == 2
    invitations.tell_series(change, at=NOW, by=coordinator)
    mine = [each for each in mails() if each["to"] == "fayuan@example.com"]
    assert [each["method"] for each in mine] == ["CANCEL", "CANCEL", "REQUEST"]
    for each, slot in zip(mine, (date(2027, 3, 26), date(2027, 6, 25)), strict=False):
        (event,) = parsed(each["calendar"])[1]
        # Never without its slot: that would call off the whole series.
        assert event["RECURRENCE-ID"].dt == at(slot)
        assert event["UID"] == told.uid
    assert "不再举行" in mine[2]["text"]


def test_a_draft_of_a_changed_series_stays_a_draft_and_cancelled_tells_nobody(told, coordinator):
    last = told.meetings.order_by("starts_at").last()
    Meeting.objects.filter(pk=last.pk).update(status="draft")
    change = split(told.meetings.first(), coordinator, whole=True, begins=time(15), ends=time(16))
    rows = invitations.tell_series(change, at=NOW, by=coordinator)
    assert last.pk not in {row.pk for row in rows}
    last.refresh_from_db()
    assert (last.status, last.sequence) == ("draft", 1)
    Message.objects.all().delete()
    gone = planning.cancel(last, reason="不开了", at=NOW, by=coordinator)
    invitations.tell_cancelled(gone, at=NOW)
    assert not Message.objects.exists()


def test_a_cancellation_takes_the_place_of_a_change_that_has_not_left(meeting, coordinator):
    invitations.invite(meeting, at=NOW, by=coordinator)
    moved = facts(meeting.office, day=date(2026, 9, 23))
    meeting.refresh_from_db()
    planning.change(meeting, version=meeting.version, at=NOW, by=coordinator, **moved)
    meeting.refresh_from_db()
    invitations.tell_change(meeting, before="9月24日", at=NOW)
    gone = planning.cancel(meeting, reason="并入下次", at=NOW, by=coordinator)
    invitations.tell_cancelled(gone, at=NOW)
    assert [each["method"] for each in mails()] == ["REQUEST"] * 3 + ["CANCEL"] * 3


def test_a_cancelled_date_is_called_off_at_once(meeting, coordinator):
    invitations.invite(meeting, at=NOW, by=coordinator)
    gone = planning.cancel(meeting, reason="并入下次", at=NOW, by=coordinator)
    invitations.tell_cancelled(gone, at=NOW)
    last = mails()[-1]
    calendar, (event,) = parsed(last["calendar"])
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert last["row"].next_at == NOW


def test_a_name_cannot_begin_a_property_of_its_own(meeting, coordinator):
    Meeting.objects.update(name="联席\rATTENDEE:mailto:x@example.com")
    meeting.refresh_from_db()
    invitations.invite(meeting, at=NOW, by=coordinator)
    text = mails()[0]["calendar"]
    assert "\r" not in text.replace("\r\n", "")
    assert "\r\nATTENDEE:mailto:x" not in text


def test_a_mail_travels_by_smtp_as_programs_expect_it(meeting, coordinator, settings, time_machine):
    time_machine.move_to(NOW)
    Participant.objects.filter(user=coordinator).update(mail="bounce@example.com")
    invitations.invite(meeting, at=timezone.now(), by=coordinator)
    with mail_server(settings) as postman:
        postman.unknown.add("bounce@example.com")
        deliver_due(at=timezone.now())
    # Read again with the parser that knows today's headers.
    got = [message_from_bytes(each.as_bytes(), policy=policy.default) for each in postman.mails]
    assert len(got) == 2
    mail = got[0]
    assert mail["From"] == settings.MEETING_MAILBOX
    kinds = [each.get_content_type() for each in mail.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    page = next(each for each in mail.walk() if each.get_content_type() == "text/html")
    assert meeting.name in page.get_content()
    assert "/meetings/answer/" in page.get_content()
    part = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert part["Content-Transfer-Encoding"] == "base64"
    assert part["Content-ID"] is None
    parsed(part.get_payload(decode=True).decode())
    states = invitations.mail_states(meeting.participants.all())
    mine = states[meeting.participants.get(user=coordinator).pk]
    assert mine.state == "parked" or mine.aside


def test_only_a_post_records_an_answer(client, meeting, coordinator, court_liaison, time_machine):
    time_machine.move_to(NOW)
    invitations.invite(meeting, at=NOW, by=coordinator)
    row = meeting.participants.select_related("meeting").get(user=court_liaison)
    row.meeting.refresh_from_db()
    address = reverse("meeting_answer", args=[invitations.token_of(row)])
    assert client.get(address).status_code == 200
    assert client.head(address).status_code in (200, 405)
    row.refresh_from_db()
    assert row.answer == "none"
    assert client.post(address, {"answer": "declined"}).status_code == 422
    assert (
        client.post(address, {"answer": "declined", "note": "出差，由王立代会"}).status_code == 200
    )
    row.refresh_from_db()
    assert (row.answer, row.answer_via) == ("declined", "page")
    assert not Booking.objects.filter(person=court_liaison).exists()


def test_a_link_ends_with_a_change_and_after_thirty_days(
    meeting, coordinator, time_machine, client
):
    time_machine.move_to(NOW)
    invitations.invite(meeting, at=NOW, by=coordinator)
    row = meeting.participants.select_related("meeting").first()
    token = invitations.token_of(row)
    assert invitations.read_token(token) == row
    Meeting.objects.update(sequence=1)
    with pytest.raises(LinkOver):
        invitations.read_token(token)
    assert client.get(reverse("meeting_answer", args=[token])).status_code == 410
    Meeting.objects.update(
        sequence=0, starts_at=at(date(2026, 12, 1)), ends_at=at(date(2026, 12, 1), 15)
    )
    time_machine.move_to(NOW + timedelta(days=31))
    with pytest.raises(LinkOver):
        invitations.read_token(token)


def test_who_has_an_account_is_told_inside_the_house_too(meeting, coordinator, court_liaison):
    Participant.objects.update(mail="")
    invitations.invite(meeting, at=NOW, by=coordinator)
    assert not Message.objects.filter(channel="mail").exists()
    assert Notice.objects.get(recipient=court_liaison).url == meeting.get_absolute_url()
    assert not Notice.objects.filter(recipient=coordinator).exists()
