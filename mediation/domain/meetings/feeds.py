"""Subscriptions of the calendar: a secret address, and what is read at it."""

import hashlib
import secrets
from datetime import UTC, timedelta

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, FreeBusy

from mediation.domain.meetings import itip
from mediation.domain.meetings.agenda import shown_items
from mediation.models import FeedToken, Meeting, Participant
from mediation.permissions import ANSWER, CONVENE, visible_meetings
from offices.domain.standing import standing_of
from offices.models import Booking

Level = FeedToken.Level
BEFORE, AFTER = timedelta(days=90), timedelta(days=400)
# How long a cancelled meeting stays, so that programs take it out.
GONE = timedelta(days=60)
MOST = 500
SPEAKING = (ANSWER, CONVENE)


def make_feed(*, user=None, office=None, purpose, level, until, at, by):
    """Make a subscription of a person or an agency; return (its row, the secret, shown once)."""
    secret = secrets.token_urlsafe(32)
    row = FeedToken.objects.create(
        user=user, office=office, digest=_digest(secret), purpose=purpose, level=level,
        until=until, at=at, by=by,
    )  # fmt: skip
    return row, secret


def find_feed(secret, *, on):
    """Return the subscription of *secret* that is valid on the date *on*, or None.

    Whoever made it knows its address. Her own ends with her last posting, an agency's when she
    speaks for it no more; others there make one of their own.
    """
    rows = FeedToken.objects.filter(digest=_digest(secret), revoked_at__isnull=True, until__gte=on)
    row = rows.select_related("user", "office", "by").first()
    return row if row and _is_entitled(row, on) else None


def _is_entitled(row, on):
    maker = row.user or row.by
    if maker is None:
        return True
    standing = standing_of(maker, on=on)
    serves = standing.postings if row.user else row.office_id in standing.offices(*SPEAKING)
    return maker.is_active and bool(serves)


def note_use(row, *, by, at):
    """Note that the subscription was fetched, and by which program from where."""
    FeedToken.objects.filter(pk=row.pk).update(used_at=at, used_from=by[:120])


def stop(row, *, at):
    """Stop the subscription at once."""
    FeedToken.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=at)


def meetings_of(row, *, at):
    """Return the meetings that the subscription *row* tells of, as a queryset."""
    if row.user is not None:
        rows = visible_meetings(row.user, on=timezone.localdate(at))
    else:
        asked = Participant.objects.filter(office=row.office, removed_at__isnull=True)
        rows = Meeting.objects.filter(Q(office=row.office) | Q(pk__in=asked.values("meeting")))
    # Long gone, or a draft of which nobody was ever told.
    gone = Q(status=Meeting.Status.CANCELLED) & (
        Q(starts_at__lt=at - GONE) | Q(closed_at__isnull=False)
    )
    rows = rows.filter(starts_at__gte=at - BEFORE, starts_at__lt=at + AFTER).exclude(gone)
    return rows.exclude(status=Meeting.Status.DRAFT).select_related("room__office", "office")


def version_of(row, *, at):
    """Return (a strong tag, the last change or None) of what the subscription says."""
    rows = meetings_of(row, at=at)
    facts = list(rows.order_by("pk").values_list("pk", "version", "sequence")[:MOST])
    items = ""
    if row.level == Level.AGENDA:
        items = repr([text for _meeting, text in _agendas(row, rows, at)])
    said = f"{row.pk}:{row.level}:{facts}:{items}"
    return hashlib.sha256(said.encode()).hexdigest()[:32], rows.aggregate(last=Max("changed_at"))[
        "last"
    ]


def calendar_of(row, *, at, site=""):
    """Return the iCalendar text of the subscription *row*."""
    rows = meetings_of(row, at=at)
    if row.level == Level.AGENDA:
        told = _agendas(row, rows, at)
    else:
        told = [(meeting, "") for meeting in rows.order_by("starts_at")[:MOST]]
    busy = row.level == Level.BUSY
    entries = [
        itip.feed_event(
            meeting,
            summary=_("busy") if busy else meeting.name,
            description=text,
            site=site,
            busy_only=busy,
        )
        for meeting, text in told
    ]
    return itip.feed(entries, name=_("Joint meeting"))


def busy_times(row, *, at):
    """Return the iCalendar text that says when the people of the subscription are taken.

    Busy blocks and nothing else (RFC 5545 VFREEBUSY), of the agency's or the person's own
    bookings: hearings and sessions are in it, what they are is not.
    """
    rows = Booking.objects.filter(starts_at__gte=at - timedelta(days=1), starts_at__lt=at + AFTER)
    if row.user is not None:
        rows = rows.filter(person=row.user)
    else:
        rows = rows.filter(
            person__postings__in=row.office.postings.active(timezone.localdate(at))
        ).distinct()
    block = FreeBusy()
    block.add("uid", f"busy-{row.pk}")
    block.add("dtstamp", at.astimezone(UTC))
    block.add("dtstart", (at - timedelta(days=1)).astimezone(UTC))
    block.add("dtend", (at + AFTER).astimezone(UTC))
    for each in rows.order_by("starts_at")[:MOST]:
        period = (each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC))
        block.add("freebusy", period)
    calendar = Calendar()
    calendar.add("prodid", itip.PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(block)
    return itip.text_of(calendar)


def _agendas(row, rows, at):
    reader, beside = row.user or row.office, None if row.user else row.by
    return [
        (
            meeting,
            "\n".join(
                f"{each.number}. {each.title}"
                for each in shown_items(meeting, reader, on=timezone.localdate(at), beside=beside)
            ),
        )
        for meeting in rows.order_by("starts_at")[:60]
    ]


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
