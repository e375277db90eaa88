"""Answers that come by mail. Whoever writes them is a stranger until everything fits."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parseaddr
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from icalendar import Calendar

from mediation.domain.meetings.invitations import answer as record_answer
from mediation.domain.meetings.itip import clean
from mediation.models import InboundMail, Meeting, Participant
from notices.models import Message

Kind, State = InboundMail.Kind, InboundMail.State
MOST_BYTES = 1_000_000
MOST_PARTS = 200
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Names that programs in China give the zone, beside the right one.
ZONES = {
    "China Standard Time", "中国标准时间", "Asia/Beijing", "Asia/Chongqing", "Asia/Shanghai",
    "PRC", "GMT+0800", "UTC+8", "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi",
}  # fmt: skip
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SLOW = ("SECONDLY", "MINUTELY", "HOURLY")
ANSWERS = {
    "ACCEPTED": Participant.Answer.ACCEPTED,
    "TENTATIVE": Participant.Answer.TENTATIVE,
    "DECLINED": Participant.Answer.DECLINED,
}


class Doubt(Exception):
    """A person has to look: *why* is a short word, see ``WHY`` in the page."""

    def __init__(self, why, **facts):
        self.why, self.facts = why, facts
        super().__init__(why)


@transaction.atomic
def take_in(raw, *, at):
    """Read one mail, bytes *raw*; return its ``InboundMail`` row, None when it was read before.

    What fits in every respect counts; everything else changes nothing and waits for a person.
    No rule is ever expanded here, so that no mail can keep the house busy.
    """
    head = message_from_bytes(raw[:MOST_BYTES], policy=policy.default)
    sender = parseaddr(_header(head, "From"))[1].lower()[:254]
    # Without a name of its own a mail is known by what it says: two are not one, one is not two.
    key = clean(_header(head, "Message-ID").strip())[:250] or sha256(raw).hexdigest()
    if InboundMail.objects.filter(message_id=key).exists():
        return None
    row = InboundMail(
        message_id=key, sender=clean(sender), kind=Kind.OTHER, state=State.WAITING, at=at
    )
    try:
        # All of it or nothing: a mail may carry many entries.
        with transaction.atomic():
            _read(row, raw, head, sender, at=at)
    except Doubt as doubt:
        row.state, row.why = State.WAITING, doubt.why
    except Exception:
        # Whatever a library makes of a stranger's bytes is no reason to stop reading mail.
        row.state, row.why = State.WAITING, "unreadable"
    row.save()
    return row


def _header(head, name):
    """Return the header *name* as words that can be kept; empty where no library can read it."""
    try:
        return str(head.get(name, "")).encode(errors="replace").decode()
    except Exception:
        return ""


def _read(row, raw, head, sender, *, at):
    if len(raw) > MOST_BYTES:
        raise Doubt("too_long")
    if _is_report(head):
        _take_back(row, head, at=at)
        return
    _check_sender(head)
    calendar = _calendar(head)
    method = str(calendar.get("METHOD", "")).upper()
    if method not in ("REPLY", "COUNTER"):
        raise Doubt("no_answer")
    row.kind = Kind.REPLY if method == "REPLY" else Kind.COUNTER
    events = list(calendar.walk("VEVENT"))
    if not events:
        raise Doubt("no_answer")
    for event in events:
        _take(row, event, sender, at=at)


def _take(row, event, sender, *, at):
    rule = event.get("RRULE")
    if rule and str(rule.get("FREQ", [""])[0]).upper() in SLOW:
        raise Doubt("rule")
    people, attendee = _find(event, sender)
    row.participant, row.meeting = people[0], people[0].meeting
    row.note = clean(str(event.get("COMMENT", "") or ""))[:300]
    if row.kind == Kind.COUNTER:
        row.proposed_start = _moment(event, "DTSTART")
        row.proposed_end = _moment(event, "DTEND")
        raise Doubt("counter")
    status = str(attendee.params.get("PARTSTAT", "")).upper()
    if status not in ANSWERS:
        raise Doubt("no_answer")
    row.answer = ANSWERS[status]
    facts = {"sequence": int(event.get("SEQUENCE", 0)), "stamp": _stamp(event)}
    if facts["sequence"] < row.meeting.sequence:
        raise Doubt("old")
    if facts["sequence"] > row.meeting.sequence or facts["stamp"] > at.replace(year=at.year + 1):
        raise Doubt("sequence")
    for each in people:
        record_answer(
            each, answer=ANSWERS[status], via=Participant.Via.MAIL, note=row.note, at=at, **facts
        )
    row.state = State.APPLIED


def _is_report(head):
    """Return whether the mail says what became of one of ours (RFC 3464)."""
    return head.get_content_type() == "multipart/report" and (
        head.get_param("report-type", "") == "delivery-status"
    )


def _take_back(row, head, *, at):
    """Note that an invitation came back. Only who got it knows the number that it carries."""
    parts = list(head.walk())
    failed = any(str(each.get("Action", "")).strip().lower() == "failed" for each in parts)
    uids = [found for each in parts[1:] if (found := _number_in(each))]
    message = Message.objects.filter(uid__in=uids, lane__startswith="meeting:").first()
    if not failed or message is None:
        raise Doubt("no_answer")
    key = message.lane.partition(":")[2]
    row.participant = Participant.objects.select_related("meeting").get(pk=key)
    row.meeting, row.kind, row.state = row.participant.meeting, Kind.BOUNCE, State.APPLIED
    Participant.objects.filter(pk=key).update(bounced_at=at)


def _number_in(part):
    """Return the number of the mail of ours of which *part* of a report holds the head, or ""."""
    if part.get_content_type() == "text/rfc822-headers":
        part = message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)
    number = str(part.get("Message-ID", "")).strip().strip("<>").partition("@")[0]
    return number if UID.fullmatch(number) else ""


def _check_sender(head):
    """Doubt a sender whom our own mail server found to be forged (RFC 8601)."""
    said = " ".join(str(each).lower() for each in head.get_all("Authentication-Results", []))
    if "dmarc=fail" in said or "spf=fail" in said or "dkim=fail" in said:
        raise Doubt("forged")


def _calendar(head):
    for part in head.walk():
        if part.get_content_type() == "text/calendar":
            data = part.get_payload(decode=True) or b""
            if data.upper().count(b"BEGIN:") > MOST_PARTS:
                raise Doubt("too_many")
            return Calendar.from_ical(data)
    raise Doubt("no_answer")


def _find(event, sender):
    """Return (the participant rows that the answer is about, its ATTENDEE)."""
    uid = str(event.get("UID", ""))[:80]
    rows = Participant.objects.filter(
        meeting__uid=uid, removed_at__isnull=True, mail__iexact=sender,
        meeting__status=Meeting.Status.INVITED,
    ).select_related("meeting")  # fmt: skip
    if not Meeting.objects.filter(uid=uid).exists():
        raise Doubt("unknown")
    slot = event.get("RECURRENCE-ID")
    if slot is not None:
        rows = rows.filter(meeting__original_start=_moment(event, "RECURRENCE-ID"))
    found = list(rows.order_by("meeting__starts_at"))
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    mine = [each for each in attendees if str(each).lower().removeprefix("mailto:") == sender]
    if not found or len(mine) != 1:
        raise Doubt("sender")
    return found, mine[0]


def _moment(event, name):
    """Return the moment *name* of *event*, aware; doubts a zone that nobody knows."""
    value = event.get(name)
    if value is None or not isinstance(value.dt, datetime):
        raise Doubt("zone")
    moment = value.dt
    if moment.tzinfo is not None:
        return moment
    if str(value.params.get("TZID", "")).strip('"') not in ZONES:
        raise Doubt("zone")
    return moment.replace(tzinfo=SHANGHAI)


def _stamp(event):
    value = event.get("DTSTAMP")
    moment = value.dt if value is not None else datetime(1970, 1, 1, tzinfo=UTC)
    if not isinstance(moment, datetime):
        raise Doubt("zone")
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
