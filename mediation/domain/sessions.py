"""Recording what happened when the parties met."""

from dataclasses import asdict, dataclass

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
from mediation.domain.refusals import check_moment
from mediation.models import RecordDraft, Session, SessionAttendee

Mode, Result = Session.Mode, Session.Result


class EndsBeforeItBegins(Refusal):
    """The session ends before it begins."""

    sentence = _("The session cannot end before it begins.")
    field = "ended_at"


class Overlapping(Refusal):
    """Two sessions of one proceeding at the same time."""

    sentence = _("Another session of this case lies in the same time.")
    field = "started_at"


class BeforeAcceptance(Refusal):
    """Mediation begins with acceptance."""

    sentence = _("The session lies before the acceptance of the application.")
    field = "started_at"


class NotToldOfRecusal(Refusal):
    """The parties did not learn that they may object to a mediator."""

    sentence = _("Tell the parties that they may object to a mediator, then record the session.")
    field = "recusal_told"


class PlaceMissing(Refusal):
    """A session in one room without the room."""

    sentence = _("Say where the parties met.")
    field = "place"


class NextWithoutAdjournment(Refusal):
    """A next session after the last."""

    sentence = _("There is a next session only when the mediation is to be continued.")
    field = "next_at"


class NextTooEarly(Refusal):
    """The next session lies before the end of this one."""

    sentence = _("The next session cannot be before the end of this one.")
    field = "next_at"


class NextAfterTheTerm(Refusal):
    """By then mediation will have ended by law."""

    sentence = _("By that day the mediation will have ended by law.")
    field = "next_at"


class NobodyThere(Refusal):
    """A session without people."""

    sentence = _("Write down who was there: at least one person.")
    field = "attendance"


class NothingSaid(Refusal):
    """A session in which nobody spoke."""

    sentence = _("Write down what the sides said.")
    field = "statement_worker"


@dataclass(frozen=True)
class Attendee:
    """Somebody at a session: *side* a ``Party.Kind`` or "", *part* and *identity* as in the row."""

    name: str
    side: str
    part: str
    identity: str


@transaction.atomic
def record_session(proceeding, *, at, by, attendees=(), **facts):
    """Record the next session of *proceeding*; *facts* are the fields of ``Session``.

    *attendees* are ``Attendee`` rows; who is not worth a row may stand in ``attendance``.

    What is said in mediation stays with the office (人民调解法 article 15): the record and its
    entry in the timeline never travel to another tier. Raises the refusals of
    ``check_session``.
    """
    # Sessions are numbered one after the other.
    Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    check_session(proceeding, **facts, attendees=attendees, at=at)
    last = proceeding.sessions.last()
    session = Session.objects.create(
        proceeding=proceeding, ordinal=last.ordinal + 1 if last else 1, **facts, at=at, by=by
    )
    SessionAttendee.objects.bulk_create(
        SessionAttendee(session=session, ordinal=number, **asdict(row))
        for number, row in enumerate(attendees, 1)
    )
    RecordDraft.objects.filter(proceeding=proceeding).delete()
    _tell_session(session)
    return session


def check_session(
    proceeding,
    *,
    started_at,
    ended_at,
    place,
    mode,
    host,
    recusal_told,
    result,
    next_at,
    at,
    **words,
):
    """Raise the refusal that speaks against this record at the moment *at*, if any."""
    _check_times(proceeding, started_at, ended_at, at=at)
    if mode == Mode.ON_SITE and not place:
        raise PlaceMissing
    if not recusal_told:
        raise NotToldOfRecusal
    check_mediator(proceeding, host, on=timezone.localdate(started_at), field="host")
    _check_next(proceeding, ended_at, result, next_at)
    _check_words(words)


def _check_words(facts):
    attendees = facts.get("attendees", ())
    came = [row for row in attendees if row.identity != SessionAttendee.Check.ABSENT]
    if not came and not facts.get("attendance"):
        raise NobodyThere
    names = ("statements", "statement_worker", "statement_employer")
    if not any(facts.get(name) for name in names):
        raise NothingSaid


def what_was_said(session):
    """Return the statements of *session* as one text, each side under its name."""
    sides = (
        (_("Worker: %(text)s"), session.statement_worker),
        (_("Employer: %(text)s"), session.statement_employer),
    )
    said = [words % {"text": text} for words, text in sides if text]
    return "\n".join([*said, *([session.statements] if session.statements else [])])


def _check_times(proceeding, started_at, ended_at, *, at):
    check_moment(proceeding, started_at, at=at, field="started_at")
    check_moment(proceeding, ended_at, at=at, field="ended_at")
    if ended_at < started_at:
        raise EndsBeforeItBegins
    if proceeding.accepted_on and timezone.localdate(started_at) < proceeding.accepted_on:
        raise BeforeAcceptance
    other = proceeding.sessions.filter(started_at__lt=ended_at, ended_at__gt=started_at).first()
    if other:
        raise Overlapping(
            _("Session %(ordinal)d lies in the same time.") % {"ordinal": other.ordinal}
        )


def _check_next(proceeding, ended_at, result, next_at):
    if next_at is None:
        return
    if result != Result.ADJOURNED:
        raise NextWithoutAdjournment
    if next_at <= ended_at:
        raise NextTooEarly
    term = find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    if term and term.armed and timezone.localdate(next_at) > term.due_legal:
        raise NextAfterTheTerm(
            _("The mediation ends by law on %(day)s. Set the next session before that.")
            % {"day": say_day(term.due_legal, year=True)}
        )


def last_session(proceeding):
    """Return the latest ``Session`` of *proceeding*, or None."""
    return proceeding.sessions.last()


def last_result(proceeding):
    """Return the ``Session.Result`` of the latest session, or None when there was none."""
    last = last_session(proceeding)
    return last.result if last else None


def _tell_session(session):
    verb = {
        Result.ADJOURNED: N_("Mediation session %(ordinal)s: to be continued"),
        Result.SETTLED: N_("Mediation session %(ordinal)s: settled"),
        Result.FAILED: N_("Mediation session %(ordinal)s: not settled"),
    }[session.result]
    record(
        session.proceeding.case,
        verb,
        at=session.at,
        by=session.by,
        proceeding=session.proceeding,
        kind=Kind.MEETING,
        reach=Reach.OFFICE,
        text=what_was_said(session),
        ordinal=session.ordinal,
    )
