"""Until when the commission takes proof; lists and opinions are those of every tier."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import lock
from arbitration.domain.refusals import Missing, NotDocketed, OutOfOrder, PeriodOver
from arbitration.models import ProofPeriod
from disputes.domain import proof
from disputes.domain.days import check_day
from disputes.domain.timeline import Kind, Reach, record


@transaction.atomic
def set_period(proceeding, *, until, notified_on, reason="", at, by=None):
    """Let the parties hand in proof until the date *until*; a later row replaces the one before.

    劳动人事争议仲裁办案规则 article 44. Returns the ``ProofPeriod``.
    """
    lock(proceeding)
    facts = {"until": until, "notified_on": notified_on, "reason": reason}
    check_period(proceeding, **facts, today=timezone.localdate(at))
    row = ProofPeriod.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _note(proceeding, N_("Proof is taken until %(day)s"), at=at, by=by, text=reason, day=until)
    return row


def check_period(proceeding, *, until, notified_on, reason, today):
    """Raise a ``Refusal`` when the period cannot be set like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    set_before = _set_period(proceeding)
    if set_before and set_before < today:
        raise PeriodOver(day=set_before)
    if set_before and not reason.strip():
        raise Missing(field="reason", what=_("why the period is moved"))
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    if until < notified_on:
        raise OutOfOrder(field="until", day=notified_on, what=_("when the parties were told"))


def last_day(proceeding):
    """Return the last date on which proof and changed claims are taken, None while none is known.

    It is the one that was set, else the day before the parties were first heard.
    """
    until = _set_period(proceeding)
    if until:
        return until
    first = proceeding.hearings.filter(record__isnull=False, cancelled=False).first()
    return first and timezone.localdate(first.starts_at) - timedelta(days=1)


def hand_in(proceeding, *, lists, submitted_on, at, by=None):
    """Enter what the parties handed in, see ``disputes.domain.proof.hand_in``.

    What comes after the period is taken and marked.
    """
    check_lists(proceeding, lists=lists, submitted_on=submitted_on, today=timezone.localdate(at))
    facts = {"lists": lists, "submitted_on": submitted_on, "until": last_day(proceeding)}
    return proof.hand_in(proceeding, **facts, at=at, by=by)


def check_lists(proceeding, *, lists, submitted_on, today):
    """Raise a ``Refusal`` when lists of proof cannot be entered like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    proof.check_lists(lists=lists, submitted_on=submitted_on, today=today)


def _set_period(proceeding):
    return proceeding.proof_periods.values_list("until", flat=True).last()


def _note(proceeding, verb, *, at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.OFFICE,
        **facts,
    )
