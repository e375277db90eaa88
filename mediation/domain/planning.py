"""Planning sessions, hearing one side alone, and writing a record with more than one pen."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.clocks import find_clock
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, Reach, record
from disputes.look.words import say_day
from disputes.models import Proceeding
from mediation.domain.appointment import check_mediator
from mediation.models import CaucusNote, PlannedSession, RecordDraft, Session
from offices.domain import bookings

Mode = Session.Mode
WORDS = (
    "attendance", "statement_worker", "statement_employer", "statements", "undisputed", "issues",
    "proposal",
)  # fmt: skip
ROWS = 5  # people for whom the record has a line
WRITTEN = (
    *WORDS,
    *("recusal_worker", "recusal_employer", "offer_by", "offer_amount", "offer_due"),
    *(f"{part}_{number}" for number in range(ROWS) for part in ("who", "side", "part", "identity")),
)


class InThePast(Refusal):
    """Planned for a time that is over."""

    sentence = _("A session is planned for later, not for a time that is over.")
    field = "starts_at"


class EndsTooEarly(Refusal):
    """It would end before it begins."""

    sentence = _("The session cannot end before it begins.")
    field = "ends_at"


class PlaceOrLinkMissing(Refusal):
    """Nobody would find it."""

    sentence = _("Say where the parties meet: a room or a place, for video the address.")
    field = "place"


class AfterTheTerm(Refusal):
    """By then mediation will have ended by law."""

    sentence = _("By that day the mediation will have ended by law.")
    field = "starts_at"


class ChangedMeanwhile(Refusal):
    """Somebody else wrote into the record since it was opened."""

    is_late = True
    sentence = _("Somebody else has changed this record meanwhile.")


@transaction.atomic
def plan_session(proceeding, *, starts_at, ends_at, mode, room, place, link, host, at, by):
    """Plan a session from one aware moment to another; it takes the room and the mediator.

    Raises ``InThePast``, ``EndsTooEarly``, ``PlaceOrLinkMissing``, ``AfterTheTerm``, ``RoomTaken``
    and ``PersonTaken``.
    """
    _check_plan(proceeding, starts_at, ends_at, mode, room, place, link, at)
    check_mediator(proceeding, host, on=timezone.localdate(starts_at), field="host")
    plan = PlannedSession.objects.create(
        proceeding=proceeding, starts_at=starts_at, ends_at=ends_at, mode=mode, room=room,
        place=place, link=link, host=host, at=at, by=by,
    )  # fmt: skip
    wish = bookings.Wish(
        bookings.Kind.SESSION, plan.pk, starts_at, ends_at, room=room, people=(host,)
    )
    bookings.book(wish, by=by)
    _tell(plan, N_("Mediation session planned for %(moment)s"), at=at, by=by)
    return plan


def _check_plan(proceeding, starts_at, ends_at, mode, room, place, link, at):
    if starts_at <= at:
        raise InThePast
    if ends_at <= starts_at:
        raise EndsTooEarly
    if (mode == Mode.ON_SITE and not (room or place)) or (mode == Mode.VIDEO and not link):
        raise PlaceOrLinkMissing(field="link" if mode == Mode.VIDEO else "place")
    term = find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    if term and term.armed and timezone.localdate(starts_at) > term.due_legal:
        raise AfterTheTerm(
            _("The mediation ends by law on %(day)s. Set the session before that.")
            % {"day": say_day(term.due_legal, year=True)}
        )


@transaction.atomic
def cancel_plan(plan, *, at, by):
    """Give up a planned session; its room and its mediator are free again."""
    plan = PlannedSession.objects.select_for_update().get(pk=plan.pk)
    if plan.cancelled:
        return plan
    plan.cancelled = True
    plan.save(update_fields=["cancelled"])
    bookings.release(bookings.Kind.SESSION, plan.pk)
    _tell(plan, N_("Mediation session of %(moment)s cancelled"), at=at, by=by)
    return plan


@transaction.atomic
def note_notice(plan, *, on, method, at, by):
    """Note that the parties were told of a planned session on the date *on*, and how."""
    plan.notified_on, plan.notice_method = on, method
    plan.save(update_fields=["notified_on", "notice_method"])
    _tell(plan, N_("Parties notified of the session of %(moment)s"), at=at, by=by)
    return plan


def next_plan(proceeding):
    """Return the planned session that comes next or was last due, None when there is none."""
    held = proceeding.sessions.count()
    rows = proceeding.planned_sessions.filter(cancelled=False).order_by("starts_at", "pk")
    last = proceeding.sessions.last() if held else None
    if last:
        rows = rows.filter(starts_at__gte=last.started_at)
    return rows.select_related("room", "host").first()


def add_caucus_note(proceeding, *, side, text, at, by):
    """Keep what one *side* (a ``Party.Kind``) said to the mediator alone."""
    return CaucusNote.objects.create(proceeding=proceeding, side=side, text=text, at=at, by=by)


@transaction.atomic
def keep_draft(proceeding, *, data, version, at, by):
    """Keep *data* ({field: text}) as the draft of the record and return its version.

    *version* is the one that the writer had before her. Raises ``ChangedMeanwhile`` when somebody
    else has written since: neither text is lost.
    """
    Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    draft = RecordDraft.objects.filter(proceeding=proceeding).first()
    if draft and draft.by_id != by.pk and draft.version > version:
        raise ChangedMeanwhile
    draft = draft or RecordDraft(proceeding=proceeding, version=0)
    draft.data = json.dumps({name: data.get(name, "") for name in WRITTEN}, ensure_ascii=False)
    draft.version += 1
    draft.at, draft.by = at, by
    draft.save()
    return draft.version


def read_draft(proceeding):
    """Return (the ``RecordDraft`` or None, its {field: text})."""
    draft = RecordDraft.objects.filter(proceeding=proceeding).select_related("by").first()
    return draft, json.loads(draft.data) if draft else {}


def differences(proceeding, *, data, version, by):
    """Return {field: the other's text} where somebody else has written something else since."""
    draft, theirs = read_draft(proceeding)
    if draft is None or draft.by_id == by.pk or draft.version <= version:
        return {}
    return {
        name: theirs[name]
        for name in WORDS
        if theirs.get(name) and theirs[name] != (data.get(name) or "")
    }


def _tell(plan, verb, *, at, by):
    moment = timezone.localtime(plan.starts_at)
    record(
        plan.proceeding.case, verb, at=at, by=by, proceeding=plan.proceeding, kind=Kind.MEETING,
        reach=Reach.OFFICE, moment=f"{moment:%Y-%m-%d %H:%M}",
    )  # fmt: skip
