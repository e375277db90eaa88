"""Invitations by mail: what is in them, read by two libraries, and what people answer."""

import json
from datetime import date, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from mediation.domain.meetings import agenda, invitations, planning
from mediation.domain.meetings.refusals import LinkOver, NobodyInvited, Unsettled
from mediation.models import Meeting, Participant
from notices.domain.delivery import deliver_due
from notices.models import Message, Notice
from offices.models import Booking
from tests.mediation.meetings.acts import NOW, THURSDAY, at, facts, plan, plan_series
from tests.mediation.meetings.peers import Smtp, running

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
    # A second change before the mail has left takes its place.
    invitations.tell_change(first, before="9月24日", at=NOW + timedelta(hours=1, minutes=2))
    assert Message.objects.count() <= before + 2


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
    with running(Smtp) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        deliver_due(at=timezone.now())
        got = [message_from_bytes(raw, policy=policy.default) for raw in server.mails]
    assert len(got) == 2
    mail = got[0]
    assert mail["From"] == settings.MEETING_MAILBOX
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
