"""Telling people of meetings by mail: invitations, changes, cancellations, and their answers."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mediation.domain.meetings import agenda, planning
from mediation.domain.meetings.itip import invitation
from mediation.domain.meetings.letters import letter
from mediation.domain.meetings.refusals import LinkOver, NobodyInvited
from mediation.domain.meetings.session import check_ready
from mediation.models import Meeting, Participant
from notices.domain.inbox import notify
from notices.domain.outbox import enqueue_mail
from notices.models import Message, Notice
from offices.domain import bookings

SALT = "meeting-answer"
ANSWERED_WITHIN = timedelta(days=30)
# Changes within this time go out as one mail; a cancellation goes at once.
MERGED = timedelta(minutes=10)
Answer, Via = Participant.Answer, Participant.Via


@transaction.atomic
def invite(meeting, *, at, by):
    """Invite everybody on the list of *meeting*. Raises ``Unsettled``, ``NobodyInvited``."""
    meeting = planning.lock(meeting)
    check_ready(meeting)
    if not meeting.participants.filter(removed_at__isnull=True).exists():
        raise NobodyInvited
    meeting.status = Meeting.Status.INVITED
    meeting.version += 1
    meeting.save()
    agenda.grant_cases(meeting, at=at, by=by)
    _notify(meeting, N_("You are asked to a joint meeting on %(day)s"), at=at, by=by)
    for row in _people(meeting):
        _mail(row, [meeting], "REQUEST", N_("Invitation"), at=at)
    return meeting


@transaction.atomic
def invite_series(series, *, at, by):
    """Invite everybody to all settled dates of *series* that lie ahead, by one mail each.

    Returns the meetings. Raises ``NobodyInvited``.
    """
    rows = _settled(series, at)
    if not rows or not rows[0].participants.filter(removed_at__isnull=True).exists():
        raise NobodyInvited
    for meeting in rows:
        _open(meeting, at=at, by=by)
    _notify(
        rows[0], N_("You are asked to a series of joint meetings from %(day)s on"), at=at, by=by
    )
    _invite_all(series, rows, N_("Invitation to a series"), at=at)
    return rows


@transaction.atomic
def tell_series(change, *, at, by):
    """Tell people of the ``Change`` of a series of which they knew.

    Calendars take a series that was split as two: the old one ends earlier, under its own name,
    the new one is an invitation. Dates that are gone are called off one by one, at once.
    """
    for meeting in change.dropped:
        for row in _people(meeting):
            _mail(row, [meeting], "CANCEL", N_("Cancelled"), at=at)
    if change.before is not None:
        _shorten(change.before, at=at)
    rows = _known(change, at)
    if not rows:
        return []
    for meeting in rows:
        _open(meeting, at=at, by=by)
    _notify(rows[0], N_("A series of joint meetings has changed from %(day)s on"), at=at, by=by)
    _invite_all(change.series, rows, N_("The series has changed"), at=at, gone=change.dropped)
    return rows


@transaction.atomic
def tell_change(meeting, *, before, at):
    """Tell who is on the list of *meeting* that it changed; *before* says how it was."""
    if meeting.status != Meeting.Status.INVITED:
        return
    _notify(meeting, N_("A joint meeting has changed: it is on %(day)s"), at=at)
    people = _people(meeting)
    if not meeting.told_as or not _pending([_lane(row) for row in people], at).exists():
        meeting.told_as = before[:200]
        Meeting.objects.filter(pk=meeting.pk).update(told_as=meeting.told_as)
    for row in people:
        _mail(
            row,
            [meeting],
            "REQUEST",
            N_("The meeting has changed"),
            at=at,
            later=MERGED,
            before=meeting.told_as,
        )


@transaction.atomic
def tell_cancelled(meeting, *, at, only=None):
    """Tell everybody, or the one person *only*, that *meeting* does not take place for them."""
    if meeting.closed_at and only is None:
        # A draft: nobody knew of it.
        return
    if only is None:
        _notify(meeting, N_("The joint meeting of %(day)s is cancelled"), at=at)
    for row in [only] if only else _people(meeting):
        if row.mail:
            what = N_("You are no longer expected") if only else N_("Cancelled")
            _mail(row, [meeting], "CANCEL", what, at=at)


@transaction.atomic
def tell_one(row, *, at):
    """Invite the one person *row* to a meeting to which others are invited already."""
    meeting = row.meeting
    if meeting.status == Meeting.Status.INVITED and row.mail:
        _mail(row, [meeting], "REQUEST", N_("Invitation"), at=at)


@transaction.atomic
def answer(row, *, answer, via, note="", sequence=None, stamp=None, at):
    """Record what the participant *row* answered; return whether it counts.

    Of answers by mail the one with the highest (sequence, time stamp) counts. Who does not come
    is free for something else.
    """
    row = (
        Participant.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=row.pk)
    )
    if row.removed_at or not row.meeting.is_ahead:
        return False
    newest = (row.answer_sequence, row.answer_stamp)
    if sequence is not None and None not in newest and (sequence, stamp) <= newest:
        return False
    row.answer, row.answer_via, row.answered_at, row.answer_note = answer, via, at, note[:200]
    row.answer_sequence = row.meeting.sequence if sequence is None else sequence
    row.answer_stamp = stamp or at
    row.save()
    bookings.book(planning.wish_of(row.meeting))
    return True


def token_of(row):
    """Return the secret part of the address at which *row* answers without an account."""
    return signing.dumps({"p": row.pk, "s": row.meeting.sequence}, salt=SALT, compress=False)


def read_token(token):
    """Return the participant whom *token* names. Raises ``LinkOver`` when it is not right, too
    old, or the meeting has changed since.
    """
    try:
        said = signing.loads(token, salt=SALT, max_age=ANSWERED_WITHIN)
    except signing.BadSignature as error:
        raise LinkOver from error
    row = (
        Participant.objects.filter(pk=said["p"], removed_at__isnull=True)
        .select_related("meeting__room__office", "meeting__office", "office")
        .first()
    )
    if row is None or row.meeting.sequence != said["s"] or not row.meeting.is_ahead:
        raise LinkOver
    return row


def mail_states(rows):
    """Return {participant key: the last ``Message`` about the meeting} of *rows*, in one query."""
    lanes = {_lane(row): row.pk for row in rows}
    found = {}
    for message in (
        Message.objects.filter(lane__in=lanes).defer("content", "address").order_by("pk")
    ):
        found[lanes[message.lane]] = message
    return found


def _settled(series, at):
    rows = series.meetings.select_for_update(of=("self",)).filter(
        starts_at__gt=at, status__in=["draft", "invited"], question=""
    )
    return list(rows.select_related("room__office", "office").order_by("original_start"))


def _known(change, at):
    """Return the dates to tell of: drafts stay drafts, dates just added come along when the series
    has no other draft.
    """
    rows = _settled(change.series, at)
    added = {meeting.pk for meeting in change.added}
    drafts = {row.pk for row in rows if row.status == Meeting.Status.DRAFT}
    return [row for row in rows if row.pk not in drafts or drafts <= added]


def _open(meeting, *, at, by):
    meeting.status = Meeting.Status.INVITED
    meeting.version += 1
    meeting.save()
    agenda.grant_cases(meeting, at=at, by=by)


def _invite_all(series, rows, what, *, at, gone=()):
    """Send the series to who is on the list of its first date, and single dates to the others."""
    asked = {}
    for row in _people(rows[0]):
        asked[row.mail] = row
        _mail(row, rows, "REQUEST", what, at=at, series=series, dates=rows, gone=gone)
    for meeting in rows[1:]:
        for row in _people(meeting):
            if row.mail not in asked:
                _mail(row, [meeting], "REQUEST", N_("Invitation"), at=at)


def _shorten(series, *, at):
    """Tell calendars that *series* ends earlier than they were told, without asking anything."""
    rows = series.meetings.exclude(status__in=["draft", "cancelled"])
    rows = list(rows.select_related("room__office", "office").order_by("original_start"))
    for row in _people(rows[-1]) if rows else ():
        _mail(
            row, rows, "REQUEST", N_("The series ends earlier"), at=at, series=series,
            tells=False, dates=[each for each in rows if each.starts_at > at],
        )  # fmt: skip


def _notify(meeting, verb, *, at, by=None):
    """Tell those with an account inside the house too, whoever acts excepted."""
    rows = meeting.participants.filter(removed_at__isnull=True, user__isnull=False)
    notify(
        [row.user for row in rows.select_related("user") if row.user != by],
        verb,
        kind=Notice.Kind.MEETING,
        url=meeting.get_absolute_url(),
        key=f"meeting-{meeting.pk}-{meeting.version}-{meeting.sequence}",
        at=at,
        day=timezone.localdate(meeting.starts_at),
    )


def _people(meeting):
    rows = meeting.participants.filter(removed_at__isnull=True).exclude(mail="")
    return list(rows.select_related("meeting", "user", "office").order_by("pk"))


def _mail(row, meetings, method, what, *, at, series=None, later=None, tells=None, **said):
    """Write one mail; *tells* is False where only the calendar changes, see ``letter``."""
    first = meetings[0]
    lane = _lane(row)
    # A change that has not left yet would only confuse, whatever comes now.
    _pending([lane], at).delete()
    with translation.override(settings.LANGUAGE_CODE):
        calendar = invitation(
            meetings, row, method=method, at=at, series=series, site=settings.SITE_URL
        )
        asks = tells is not False and method == "REQUEST"
        words = letter(
            first, name=row.name, what=_(what), token=token_of(row) if asks else "", **said
        )
    if row.bounced_at:
        Participant.objects.filter(pk=row.pk).update(bounced_at=None)
    enqueue_mail(
        row.mail,
        words.subject,
        words.text,
        html=words.html,
        key=f"{method}-{series.pk if series else ''}-{first.pk}-{first.sequence}-"
        f"{at.timestamp():.0f}",
        at=at + later if later and first.sequence != 0 else at,
        recipient=row.user,
        lane=lane,
        calendar=calendar,
        method=method,
        sender=settings.MEETING_MAILBOX,
    )


def _pending(lanes, at):
    """Return the messages of *lanes* that wait for further changes, and have not been tried."""
    rows = Message.objects.filter(lane__in=lanes, state=Message.State.WAITING, attempts=0)
    return rows.filter(next_at__gt=at)


def _lane(row):
    return f"meeting:{row.pk}"
