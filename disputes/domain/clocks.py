"""Starting, moving and ending the legal clocks of a case.

Every date comes from ``law``: here it only meets a case. Deadlines follow their events and are
never edited by hand.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes import signals
from disputes.domain.copying import copy_in
from disputes.domain.refusals import Refusal
from disputes.models import ClockEvent, Deadline, Service
from law.calendar import load_calendar
from law.deadlines import ClockEvent as LawEvent
from law.deadlines import compute
from law.rules import rule_on

State = Deadline.State
Kind = ClockEvent.Kind


class NotRunning(Refusal):
    """The deadline has ended."""

    sentence = _("This deadline does not run any more.")


@transaction.atomic
def start_clock(
    case,
    rule_id,
    *,
    on,
    at,
    by=None,
    proceeding=None,
    party=None,
    armed=True,
    amount=None,
    service=None,
):
    """Start the deadline *rule_id* after the date *on*, which itself is not counted.

    *amount* is its length, in the unit of the rule, where the parties or a letter set it. *service*
    is the proof of service on whose day of receipt it rests (民事诉讼法 article 87).
    Starting a clock that already runs for the same proceeding and party starts it again from
    *on*. Raises ``law.refusals.NoRuleInForce`` when no rule was in force on that day, and
    ``AmountMissing`` when neither the rule nor the caller gives a length.
    """
    running = find_clock(case, rule_id, proceeding=proceeding, party=party)
    if running:
        if amount:
            running.amount = amount
            running.save(update_fields=["amount"])
        return restart_clock(running, on=on, at=at, by=by, service=service)
    deadline = derive(
        case, rule_id, on=on, proceeding=proceeding, party=party, armed=armed, amount=amount
    )
    deadline.save()
    _log(deadline, Kind.START, on=on, at=at, by=by, service=service)
    return deadline


def derive(case, rule_id, *, on, proceeding=None, party=None, armed=True, amount=None):
    """Return the deadline *rule_id* after the date *on* as a row that is not saved yet.

    Arguments and refusals as for ``start_clock``.
    """
    rule = rule_on(rule_id, on)
    return Deadline(
        case=case,
        proceeding=proceeding,
        party=party,
        rule=rule,
        started_on=on,
        amount=amount,
        armed=armed,
        **dates_of(compute(rule, on, load_calendar(), amount=amount)),
    )


def start_derived(deadlines, *, at, by=None):
    """Save *deadlines* that were derived, and that they started, in a fixed number of queries."""
    copy_in(deadlines)
    copy_in(
        ClockEvent(
            deadline=deadline,
            kind=Kind.START,
            on=deadline.started_on,
            recorded_at=at,
            recorded_by=by,
        )
        for deadline in deadlines
    )


def find_clock(case, rule_id, *, proceeding=None, party=None):
    """Return the running or suspended deadline *rule_id* of the case, or None."""
    return (
        Deadline.objects.running()
        .filter(case=case, rule__rule_id=rule_id, proceeding=proceeding, party=party)
        .select_related("rule")
        .first()
    )


@transaction.atomic
def restart_clock(deadline, *, on, at, by=None, **facts):
    """Let *deadline* run anew after the date *on*; *facts* as for ``suspend_clock``."""
    return _event(deadline, Kind.RESTART, on=on, at=at, by=by, **facts)


@transaction.atomic
def suspend_clock(deadline, *, on, at, by=None, **facts):
    """Suspend *deadline* with the date *on*, the first day that does not count.

    *facts* are further columns of the ``ClockEvent``: reason, ground, evidence, approved_by,
    notified_on.
    """
    return _event(deadline, Kind.SUSPEND, on=on, at=at, by=by, **facts)


@transaction.atomic
def resume_clock(deadline, *, on, at, by=None, **facts):
    """Resume *deadline* with the date *on*, the first day that counts again."""
    return _event(deadline, Kind.RESUME, on=on, at=at, by=by, **facts)


@transaction.atomic
def extend_clock(deadline, *, amount, on, at, by=None, **facts):
    """Extend *deadline* by *amount* of the unit that its rule extends in."""
    return _event(deadline, Kind.EXTEND, amount=amount, on=on, at=at, by=by, **facts)


@transaction.atomic
def stop_clock(deadline, *, on, at, by=None, reason="", state=None):
    """End *deadline* on the date *on*: met, or late when *on* lies after its legal last day."""
    if deadline.state not in (State.RUNNING, State.SUSPENDED):
        raise NotRunning
    _log(deadline, Kind.STOP, on=on, at=at, by=by, reason=reason)
    deadline.state = state or (State.MET if on <= deadline.due_legal else State.LATE)
    deadline.ended_on = on
    deadline.save(update_fields=["state", "ended_on"])
    signals.deadline_moved.send(Deadline, deadline=deadline)
    return deadline


def stop_clocks(proceeding, *rule_ids, at, by=None, on=None, state=None, reason=""):
    """End the running deadlines *rule_ids* of *proceeding*, all of them when none is named."""
    on = on or timezone.localdate(at)
    deadlines = Deadline.objects.running().filter(proceeding=proceeding)
    if rule_ids:
        deadlines = deadlines.filter(rule__rule_id__in=rule_ids)
    for deadline in deadlines:
        stop_clock(
            deadline,
            on=max(on, deadline.started_on),
            at=at,
            by=by,
            state=state,
            reason=reason,
        )


@transaction.atomic
def arm_clock(deadline):
    """Let an imported *deadline* alarm and expire from now on."""
    deadline.armed = True
    deadline.save(update_fields=["armed"])
    signals.deadline_moved.send(Deadline, deadline=deadline)
    return deadline


@transaction.atomic
def recompute(deadline):
    """Derive the dates of *deadline* again from its events; say whether they moved."""
    dates = dates_of(due_of(deadline))
    moved = any(getattr(deadline, name) != value for name, value in dates.items())
    if moved:
        for name, value in dates.items():
            setattr(deadline, name, value)
        deadline.alarmed_at = deadline.overdue_alarmed_at = None
        deadline.save()
        signals.deadline_moved.send(Deadline, deadline=deadline)
    return moved


@transaction.atomic
def move_start(deadline, *, on, at, by=None, kind=Kind.START, **facts):
    """Let *deadline* start after the date *on* because that of its event was written down wrong.

    *kind* says whether the event started it or started it again. What happened to it since stays;
    one that was met is judged by its new last day. *facts* as for ``suspend_clock``, and the
    service that proves the day: the one that it replaces does not count any more.
    """
    _log(deadline, kind, on=on, at=at, by=by, **facts)
    if kind == Kind.START:
        deadline.started_on = on
        deadline.save(update_fields=["started_on"])
    recompute(deadline)
    _judge_again(deadline, today=timezone.localdate(at))
    return deadline


def _judge_again(deadline, *, today):
    state, ended_on = deadline.state, deadline.ended_on
    if state in (State.MET, State.LATE):
        deadline.state = State.MET if ended_on <= deadline.due_legal else State.LATE
    elif state == State.EXPIRED and today <= deadline.due_legal:
        deadline.state, deadline.ended_on = State.RUNNING, None
    elif state == State.EXPIRED:
        deadline.ended_on = deadline.due_legal
    if (deadline.state, deadline.ended_on) != (state, ended_on):
        deadline.save(update_fields=["state", "ended_on"])
        signals.deadline_moved.send(Deadline, deadline=deadline)


def due_of(deadline):
    """Return what the law room answers for *deadline* and its events today."""
    return count(deadline, events_of([deadline.pk]).get(deadline.pk, ()), load_calendar())


def count(deadline, events, calendar):
    """Return what the law room answers for *deadline* with *events* under *calendar*."""
    return compute(deadline.rule, deadline.started_on, calendar, events, deadline.amount)


def events_of(deadlines):
    """Return {deadline id: its ``law.clock.ClockEvent`` list} for the ids *deadlines*, in one
    query; deadlines to which nothing happened are left out.
    """
    rows = ClockEvent.objects.filter(deadline__in=deadlines)
    rows = rows.exclude(kind__in=[Kind.START, Kind.STOP])
    # Corrected: the day of the entry that replaced it counts.
    rows = rows.exclude(service__state=Service.State.REPLACED).order_by("on", "pk")
    found = {}
    for pk, kind, on, amount, reason in rows.values_list(
        "deadline", "kind", "on", "amount", "reason"
    ):
        found.setdefault(pk, []).append(LawEvent(kind, on, amount, reason))
    return found


def dates_of(due):
    """Return the columns of a deadline that follow from *due*."""
    return {
        "due_nominal": due.nominal,
        "due_legal": due.legal or due.nominal,
        "alarm_on": due.alarm,
        "provisional": due.provisional,
    }


def _event(deadline, kind, *, on, at, by, **facts):
    if deadline.state not in (State.RUNNING, State.SUSPENDED):
        raise NotRunning
    _log(deadline, kind, on=on, at=at, by=by, **facts)
    if kind == Kind.SUSPEND:
        deadline.state, deadline.suspended_on = State.SUSPENDED, on
    elif kind in (Kind.RESUME, Kind.RESTART):
        deadline.state, deadline.suspended_on = State.RUNNING, None
    deadline.save(update_fields=["state", "suspended_on"])
    if not recompute(deadline):
        signals.deadline_moved.send(Deadline, deadline=deadline)
    return deadline


def _log(deadline, kind, *, on, at, by, **facts):
    ClockEvent.objects.create(
        deadline=deadline, kind=kind, on=on, recorded_at=at, recorded_by=by, **facts
    )
