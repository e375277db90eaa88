"""Answers by mail: what fits counts, everything else changes nothing and waits for a person."""

from email.message import EmailMessage
from time import monotonic
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from mediation.domain.meetings import invitations
from mediation.domain.meetings.inbound import take_in
from mediation.domain.meetings.mailbox import read_mailbox
from mediation.models import InboundMail, Meeting, Participant
from notices.models import Message
from tests.mediation.meetings.acts import NOW, plan
from tests.mediation.meetings.peers import imap_server

pytestmark = pytest.mark.django_db
COURT = "fayuan@example.com"


@pytest.fixture
def meeting(coordinator, court_liaison, register):
    found = plan(coordinator, register.court)
    for row in found.participants.all():
        row.mail = f"{row.user.username}@example.com"
        row.save()
    return invitations.invite(found, at=NOW, by=coordinator)


@pytest.fixture(scope="session")
def post_office():
    with imap_server() as found:
        yield found


@pytest.fixture
def mailbox(post_office, settings):
    settings.MEETING_IMAP = post_office.access
    return post_office


def entry(
    meeting, *more, attendee=COURT, partstat="ACCEPTED", sequence=0, stamp="20260908T010000Z"
):
    return [
        "BEGIN:VEVENT", f"UID:{meeting.uid}", f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}", *more, "END:VEVENT",
    ]  # fmt: skip


def letter(*lines, method="REPLY", sender=COURT, number=1, headers=()):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"陆明 <{sender}>", "lianxihui@example.com", "答复"
    mail["Message-ID"] = f"<{number}@example.com>"
    for name, value in headers:
        mail[name] = value
    mail.set_content("答复")
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *lines, "END:VCALENDAR", ""]
    )
    mail.add_alternative(text, subtype="calendar", params={"method": method})
    return mail.as_bytes()


def court(meeting):
    return meeting.participants.get(mail=COURT)


def test_an_answer_that_fits_counts(meeting):
    row = take_in(letter(*entry(meeting)), at=NOW)
    assert (row.state, row.kind, row.participant) == ("applied", "reply", court(meeting))
    assert (court(meeting).answer, court(meeting).answer_via) == ("accepted", "mail")
    assert take_in(letter(*entry(meeting)), at=NOW) is None


def test_the_newest_answer_counts_whatever_comes_last(meeting):
    take_in(letter(*entry(meeting, partstat="DECLINED", stamp="20260908T020000Z")), at=NOW)
    take_in(letter(*entry(meeting), number=2), at=NOW)
    assert court(meeting).answer == "declined"


def test_another_time_waits_for_a_person(meeting):
    times = (
        "DTSTART;TZID=China Standard Time:20260925T140000",
        "DTEND;TZID=中国标准时间:20260925T150000",
    )
    row = take_in(letter(*entry(meeting, *times), method="COUNTER"), at=NOW)
    assert (row.state, row.why, row.kind) == ("waiting", "counter", "counter")
    assert f"{row.proposed_start:%H%z}" == "14+0800"
    assert Meeting.objects.get().starts_at == meeting.starts_at
    assert court(meeting).answer == "none"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda m: letter(*entry(m), sender="x@example.com"), "sender"),
        (lambda m: letter(*entry(m, attendee="lianxi@example.com")), "sender"),
        (lambda m: letter(*entry(m), headers=[("Authentication-Results", "mx; dmarc=fail")]), "forged"),
        (lambda m: letter(*entry(m), method="REQUEST"), "no_answer"),
        (lambda m: letter(*entry(m, partstat="DELEGATED")), "no_answer"),
        (lambda m: letter(*entry(m, sequence=9)), "sequence"),
        (lambda m: letter(*entry(m, "RRULE:FREQ=SECONDLY", "DTSTART:19700101T000000Z")), "rule"),
        (lambda m: letter(*entry(m) * 10_000), "too_long"),
        (lambda m: letter(*entry(m) * 400), "too_many"),
        (lambda m: letter(*(entry(m) + entry(m, attendee="lianxi@example.com"))), "sender"),
        (lambda m: letter(*[line.replace(m.uid, "other") for line in entry(m)]), "unknown"),
        (
            lambda m: letter(*entry(m, "RECURRENCE-ID;TZID=Nowhere/Land:20260925T140000")),
            "zone",
        ),
        (
            lambda m: letter(
                *entry(m, "DTSTART;TZID=Mars:20260925T140000", "DTEND;TZID=Mars:20260925T150000"),
                method="COUNTER",
            ),
            "zone",
        ),
        (lambda m: b"From: x\r\n\r\n" + b"\xff" * 2_000_000, "too_long"),
        (lambda m: b"\x00\xff", "no_answer"),
        (lambda m: letter("BEGIN:VEVENT", "X" * 100_000), "unreadable"),
    ],
)  # fmt: skip
def test_hostile_mail_ends_soon_changes_nothing_and_waits(meeting, change, why):
    raw = change(meeting)
    people = list(Participant.objects.order_by("pk").values())
    began = monotonic()
    row = take_in(raw, at=NOW)
    assert monotonic() - began < 5
    assert (row.state, row.why) == ("waiting", why)
    assert list(Participant.objects.order_by("pk").values()) == people
    assert Meeting.objects.get().starts_at == meeting.starts_at


def test_an_answer_to_what_has_changed_since_waits(meeting):
    Meeting.objects.update(sequence=2)
    assert take_in(letter(*entry(meeting, sequence=1)), at=NOW).why == "old"


def test_moving_begins_with_the_time_that_was_proposed(meeting, client, coordinator, time_machine):
    time_machine.move_to(NOW)
    times = ["DTSTART;TZID=中国标准时间:20260929T100000", "DTEND;TZID=PRC:20260929T110000"]
    row = take_in(letter(*entry(meeting, *times), method="COUNTER"), at=NOW)
    client.force_login(coordinator)
    page = client.get(f"{reverse('meeting_edit', args=[meeting.pk])}?mail={row.pk}")
    form = page.context["form"]
    assert [str(form[name].value()) for name in ("day", "begins")] == ["2026-09-29", "10:00:00"]


def report(uid, *, action="failed"):
    """What a mail server says of a mail that it could not deliver (RFC 3464)."""
    lines = [
        "From: postmaster@example.com", "Message-ID: <r1@example.com>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", "退信",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; example.com", "",
        f"Final-Recipient: rfc822; {COURT}", f"Action: {action}", "Status: 5.1.1", "",
        "--b", "Content-Type: text/rfc822-headers", "", f"Message-ID: <{uid}@example.com>", "",
        "--b--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def test_a_mail_that_came_back_is_noted_for_its_person(meeting, client, coordinator):
    message = Message.objects.get(lane=f"meeting:{court(meeting).pk}")
    row = take_in(report(message.uid), at=NOW)
    assert (row.state, row.kind) == ("applied", "bounce")
    assert court(meeting).bounced_at == NOW
    client.force_login(coordinator)
    assert "退信" in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("wrong", [{"uid": uuid4()}, {"action": "delayed"}])
def test_a_report_about_nothing_of_ours_changes_nothing(meeting, wrong):
    message = Message.objects.get(lane=f"meeting:{court(meeting).pk}")
    row = take_in(report(**{"uid": message.uid, **wrong}), at=NOW)
    assert (row.state, court(meeting).bounced_at) == ("waiting", None)


def test_mails_are_read_from_a_real_server_once(meeting, mailbox):
    mailbox.hold(letter(*entry(meeting)), letter(*entry(meeting), sender="x@example.com", number=2))
    assert read_mailbox(at=NOW) == 2
    assert read_mailbox(at=NOW) == 0
    assert court(meeting).answer == "accepted"
    assert InboundMail.objects.filter(state="waiting").count() == 1


def test_hostile_mails_of_a_real_server_are_read_and_wait(meeting, mailbox):
    mailbox.hold(
        b"From: x\r\n\r\n" + b"\xff" * 2_000_000,
        b"\x00\xff",
        b"\r\n.\r\n",
        b"From: \xff\xfe <x@\xff\xfe>\r\nMessage-ID: \xff\r\n\r\n",
        b"From: " + b"x" * 300 + b"@example.com\r\n\r\n",
    )
    assert read_mailbox(at=NOW) == 5
    assert mailbox.unread() == 0
    assert list(InboundMail.objects.order_by("pk").values_list("state", "why")) == [
        ("waiting", "too_long"), *[("waiting", "no_answer")] * 4,
    ]  # fmt: skip


def test_a_mail_stays_new_until_it_is_kept(meeting, mailbox):
    mailbox.hold(letter(*entry(meeting)))
    with pytest.raises(DatabaseError), connection.execute_wrapper(_refuse_inserts):
        read_mailbox(at=NOW)
    assert mailbox.unread() == 1
    assert read_mailbox(at=NOW) == 1


def _refuse_inserts(execute, sql, *rest):
    if "INSERT" in sql:
        raise DatabaseError
    return execute(sql, *rest)


def test_nothing_is_read_without_a_server(db):
    assert read_mailbox(at=NOW) == 0


def test_a_person_settles_what_waits(client, meeting, coordinator, court_liaison, time_machine):
    time_machine.move_to(NOW)
    Meeting.objects.update(sequence=1)
    row = take_in(letter(*entry(meeting)), at=NOW)
    client.force_login(court_liaison)
    assert client.get(reverse("meeting_mail")).status_code == 403
    client.force_login(coordinator)
    assert "早于" in client.get(reverse("meeting_mail")).content.decode()
    client.post(reverse("meeting_mail_settle", args=[row.pk]), {"do": "count"})
    assert court(meeting).answer == "accepted"
    row.refresh_from_db()
    assert (row.state, row.by) == ("done", coordinator)
