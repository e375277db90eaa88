"""Holding a meeting: who is there, whether it may decide, and what it decides."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes import course
from disputes.domain.timeline import Kind as Entry
from disputes.domain.timeline import record
from law.calendar import load_calendar
from mediation.domain.meetings.agenda import State
from mediation.domain.meetings.refusals import (
    ItemClosed,
    ItemsLeft,
    NotInSession,
    NotOnList,
    Unsettled,
    WrongCode,
)
from mediation.models import ActionItem, AgendaItem, Meeting, MeetingDecision, Participant

Decision = MeetingDecision.Kind
# A code is shown for half a minute and taken for one more.
STEP = 30
VERBS = {
    Decision.MEDIATION: N_("Joint meeting: continue mediation"),
    Decision.ARBITRATION: N_("Joint meeting: to arbitration"),
    Decision.COURT: N_("Joint meeting: to the court"),
    Decision.CONFIRMATION: N_("Joint meeting: judicial confirmation of the agreement"),
    Decision.AID: N_("Joint meeting: legal aid"),
    Decision.INSPECTION: N_("Joint meeting: to labour inspection"),
    Decision.POSTPONED: N_("Joint meeting: postponed to the next meeting"),
    Decision.NOTED: N_("Joint meeting: noted"),
}


@transaction.atomic
def open_meeting(meeting, *, at):
    """Open *meeting*: people sign in, items are decided. Raises ``NotInSession``."""
    row = _lock(meeting)
    if row.status != Meeting.Status.INVITED:
        raise NotInSession
    row.status, row.opened_at = Meeting.Status.IN_SESSION, at
    row.version += 1
    row.save()
    return row


@transaction.atomic
def close_meeting(meeting, *, at):
    """Close *meeting*. Raises ``ItemsLeft`` while an item has no end."""
    row = _lock(meeting)
    if row.status != Meeting.Status.IN_SESSION:
        raise NotInSession
    left = row.items.filter(state=State.OPEN).first()
    if left:
        raise ItemsLeft(ItemsLeft.sentence % {"number": left.ordinal})
    row.status, row.closed_at = Meeting.Status.CLOSED, at
    row.version += 1
    row.save()
    return row


def code_of(meeting, *, at):
    """Return the code of *meeting* that the screen shows at the aware moment *at*."""
    return _code(meeting, int(at.timestamp()) // STEP)


@transaction.atomic
def sign_in(meeting, *, user, code, at):
    """Let *user* sign in with the *code* on the screen. Raises ``WrongCode``, ``NotOnList``."""
    step = int(at.timestamp()) // STEP
    given = "".join(code.split())
    if not any(hmac.compare_digest(given, _code(meeting, each)) for each in (step, step - 1)):
        raise WrongCode
    row = meeting.participants.filter(user=user, removed_at__isnull=True).first()
    if row is None:
        raise NotOnList
    return tick(row, at=at, how=Participant.SignIn.CODE)


@transaction.atomic
def tick(row, *, at, how=Participant.SignIn.LIST):
    """Note that the participant *row* is there."""
    if row.meeting.status != Meeting.Status.IN_SESSION:
        raise NotInSession
    if row.signed_in_at is None:
        row.signed_in_at, row.signed_in_how = at, how
        row.save(update_fields=["signed_in_at", "signed_in_how"])
    return row


def untick(row):
    """Take back a tick on the list."""
    if row.meeting.status != Meeting.Status.IN_SESSION:
        raise NotInSession
    row.signed_in_at, row.signed_in_how = None, ""
    row.save(update_fields=["signed_in_at", "signed_in_how"])


def quorum_of(meeting, people=None):
    """Return {"present", "asked", "needed": counts of agencies, "convener", "met": whether}.

    An agency counts once, however many it sends; listeners do not make it present. *people* are
    the participants who are not taken off, where they were read already.
    """
    if people is None:
        people = meeting.participants.filter(removed_at__isnull=True)
    rows = [row for row in people if row.role != Participant.Role.LISTENER]
    asked = {row.office_id for row in rows}
    present = {row.office_id for row in rows if row.signed_in_at}
    convener = meeting.office_id in present
    met = len(present) >= meeting.quorum and (convener or not meeting.quorum)
    return {
        "present": len(present),
        "asked": len(asked),
        "needed": meeting.quorum,
        "convener": convener,
        "met": met,
    }


@transaction.atomic
def decide(item, *, kind, text, responsible, due_on=None, workdays=None, discussion="", at, by):
    """Record what the meeting decided on *item*, and let its case go on accordingly.

    The term is a date, or a number of *workdays* from the day of the meeting on. All in one
    transaction: what the course of the case does not allow refuses the decision, in words. Below
    the quorum it is an opinion and moves nothing. Returns the ``MeetingDecision``.
    """
    item = _open(item)
    opinion = not quorum_of(item.meeting)["met"]
    if workdays:
        due_on = load_calendar().workday_after(timezone.localdate(at), workdays)
    effect = ""
    if item.case_id and not opinion:
        effect = course.carry_out(item.case, kind, at=at, by=by)
    row = MeetingDecision.objects.create(
        item=item, kind=kind, text=text, responsible=responsible, due_on=due_on,
        is_opinion=opinion, effect=str(effect)[:300], at=at, by=by,
    )  # fmt: skip
    state = State.CARRIED if kind == Decision.POSTPONED else State.DECIDED
    AgendaItem.objects.filter(pk=item.pk).update(state=state, discussion=discussion)
    if due_on and kind != Decision.POSTPONED:
        ActionItem.objects.create(
            meeting=item.meeting, item=item, text=text[:300], office=responsible, due_on=due_on,
            at=at, by=by,
        )  # fmt: skip
    if item.case_id:
        _tell_case(item, row, at=at, by=by)
    return row


@transaction.atomic
def add_action(item, *, text, office, person="", due_on=None, workdays=None, at, by):
    """Give *office* something to do because of *item* until a date, or in some working days."""
    if workdays:
        due_on = load_calendar().workday_after(timezone.localdate(at), workdays)
    return ActionItem.objects.create(
        meeting=item.meeting, item=item, text=text, office=office, person=person, due_on=due_on,
        at=at, by=by,
    )  # fmt: skip


@transaction.atomic
def leave_item(item, *, state, discussion="", at, by):
    """Carry *item* over to the next meeting, or take it off (``State``)."""
    item = _open(item)
    item.state, item.discussion = state, discussion
    item.save(update_fields=["state", "discussion"])
    return item


def foresee(item, *, by):
    """Return [(kind, whether it may be, a sentence)] of what decisions would do to the case of
    *item*, for the meeting has its quorum.
    """
    return [each for each in course.foresee(item.case, list(Decision), by) if each[2]]


def check_ready(meeting):
    """Raise ``Unsettled`` when something must be settled before people are told."""
    if meeting.question:
        raise Unsettled(Unsettled.sentence % {"question": meeting.get_question_display()})


def _tell_case(item, row, *, at, by):
    record(
        item.case,
        N_("Opinion of the joint meeting, without quorum") if row.is_opinion else VERBS[row.kind],
        at=at,
        by=by,
        kind=Entry.MEETING,
        key=not row.is_opinion,
        text=row.text,
        proceeding=item.case.proceedings.order_by("ordinal").last(),
    )


def _code(meeting, step):
    said = f"{meeting.pk}:{meeting.uid}:{step}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
    return f"{int(digest[:12], 16) % 1_000_000:06d}"


def _lock(meeting):
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _open(item):
    row = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting", "case")
        .get(pk=item.pk)
    )
    if row.meeting.status != Meeting.Status.IN_SESSION:
        raise NotInSession
    if row.state != State.OPEN:
        raise ItemClosed
    return row
