"""Telling people of meetings by mail: invitations, changes, cancellations, and their answers."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from disputes.look.words import say_moment, say_time
from mediation.domain.meetings import agenda, planning
from mediation.domain.meetings.itip import invitation
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
        _mail(row, [meeting], "REQUEST", _words(meeting, row, _("Invitation")), at=at)
    return meeting


@transaction.atomic
def invite_series(series, *, at, by):
    """Invite everybody to all settled dates of *series* that lie ahead, by one mail each.

    Returns the meetings. Raises ``NobodyInvited``.
    """
    rows = series.meetings.select_for_update(of=("self",)).filter(
        starts_at__gt=at, status__in=["draft", "invited"], question=""
    )
    rows = list(rows.select_related("room__office", "office").order_by("original_start"))
    if not rows or not rows[0].participants.filter(removed_at__isnull=True).exists():
        raise NobodyInvited
    for meeting in rows:
        meeting.status = Meeting.Status.INVITED
        meeting.version += 1
        meeting.save()
        agenda.grant_cases(meeting, at=at, by=by)
    _notify(
        rows[0], N_("You are asked to a series of joint meetings from %(day)s on"), at=at, by=by
    )
    for row in _people(rows[0]):
        text = _words(rows[0], row, _("Invitation to a series"), dates=rows)
        _mail(row, rows, "REQUEST", text, at=at, series=series)
    return rows


@transaction.atomic
def tell_change(meeting, *, before, at):
    """Tell who is on the list of *meeting* that it changed; *before* says how it was."""
    if meeting.status != Meeting.Status.INVITED:
        return
    _notify(meeting, N_("A joint meeting has changed: it is on %(day)s"), at=at)
    for row in _people(meeting):
        words = _words(meeting, row, _("Changed"), before=before)
        _mail(row, [meeting], "REQUEST", words, at=at, later=MERGED)


@transaction.atomic
def tell_cancelled(meeting, *, at, only=None):
    """Tell everybody, or the one person *only*, that *meeting* does not take place for them."""
    if meeting.sequence == 0 and meeting.closed_at and only is None:
        return
    if only is None:
        _notify(meeting, N_("The joint meeting of %(day)s is cancelled"), at=at)
    for row in [only] if only else _people(meeting):
        if row.mail:
            words = _words(meeting, row, _("Cancelled"))
            _mail(row, [meeting], "CANCEL", words, at=at)


@transaction.atomic
def tell_one(row, *, at):
    """Invite the one person *row* to a meeting to which others are invited already."""
    meeting = row.meeting
    if meeting.status == Meeting.Status.INVITED and row.mail:
        _mail(row, [meeting], "REQUEST", _words(meeting, row, _("Invitation")), at=at)


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


def _mail(row, meetings, method, words, *, at, series=None, later=None):
    subject, text = words
    lane = _lane(row)
    if later:
        # What has not left yet would only confuse.
        Message.objects.filter(lane=lane, state=Message.State.WAITING, attempts=0).delete()
    with translation.override(settings.LANGUAGE_CODE):
        calendar = invitation(
            meetings, row, method=method, at=at, series=series, site=settings.SITE_URL
        )
    first = meetings[0]
    enqueue_mail(
        row.mail,
        subject,
        text,
        key=f"{method}-{first.pk}-{first.sequence}-{at.timestamp():.0f}",
        at=at + later if later and first.sequence != 0 else at,
        recipient=row.user,
        lane=lane,
        calendar=calendar,
        method=method,
        sender=settings.MEETING_MAILBOX,
    )


def _lane(row):
    return f"meeting:{row.pk}"


def _words(meeting, row, what, *, before=None, dates=()):
    """Return (subject, text) of a mail that is complete without its calendar entry."""
    with translation.override(settings.LANGUAGE_CODE):
        when = f"{say_moment(meeting.starts_at)}–{say_time(meeting.ends_at)}"
        lines = [_("%(name)s:") % {"name": row.name}, ""]
        if before:
            lines += [_("Was: %(before)s") % {"before": before}]
        lines += [
            f"{what}: {meeting.name}",
            _("Time: %(when)s") % {"when": when},
            _("Place: %(where)s") % {"where": meeting.where or _("video meeting")},
        ]
        lines += [f"- {say_moment(each.starts_at)}" for each in dates]
        if meeting.status == Meeting.Status.CANCELLED:
            lines.append(_("It does not take place. Nothing needs to be answered."))
        elif row.removed_at is None:
            address = settings.SITE_URL + reverse("meeting_answer", args=[token_of(row)])
            lines += [
                "",
                _("Answer here, no account is needed: %(address)s") % {"address": address},
            ]
            lines.append(
                _("The agenda is shown after you log in: %(address)s")
                % {"address": settings.SITE_URL + meeting.get_absolute_url()}
            )
        return f"{what}: {meeting.name} {when}", "\n".join(lines)
