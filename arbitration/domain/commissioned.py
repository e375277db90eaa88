"""Mediation that the panel commissions before the hearing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import (
    DoneBefore,
    HeardAlready,
    Missing,
    NotCommissioned,
    NotDocketed,
)
from arbitration.models import CommissionedMediation, HearingRecord
from disputes.domain import clocks
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Deadline

Result = CommissionedMediation.Result
CLOCK = "ARB_COMMISSION_MED"


@transaction.atomic
def commission(proceeding, *, mediator, applicant_agreed_on, respondent_agreed_on, at, by=None):
    """Let *mediator*, an organisation or person, try to mediate within 10 working days.

    Both parties agreed (劳动人事争议仲裁办案规则 article 70). Returns the row.
    """
    lock(proceeding)
    facts = {
        "mediator": mediator,
        "applicant_agreed_on": applicant_agreed_on,
        "respondent_agreed_on": respondent_agreed_on,
    }
    check_commission(proceeding, **facts, today=timezone.localdate(at))
    row = CommissionedMediation.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    clocks.start_clock(
        proceeding.case, CLOCK, on=row.agreed_on, at=at, by=by, proceeding=proceeding
    )
    _note(row, N_("Mediation commissioned to %(mediator)s"), at=at, by=by, mediator=mediator)
    return row


def check_commission(proceeding, *, mediator, applicant_agreed_on, respondent_agreed_on, today):
    """Raise a ``Refusal`` when no mediation can be commissioned like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if current(proceeding):
        raise DoneBefore
    if HearingRecord.objects.filter(hearing__proceeding=proceeding).exists():
        raise HeardAlready
    if not mediator.strip():
        raise Missing(field="mediator", what=_("who mediates"))
    for name, day in [
        ("applicant_agreed_on", applicant_agreed_on),
        ("respondent_agreed_on", respondent_agreed_on),
    ]:
        check_day(day, field=name, today=today)


@transaction.atomic
def report(proceeding, *, result, ended_on, terms="", at, by=None):
    """Record how the commissioned mediation ended: settled on *terms*, or back to the hearing.

    Of a failure only that is told: what was offered stays with the mediators.
    """
    lock(proceeding)
    facts = {"result": result, "ended_on": ended_on, "terms": terms}
    check_report(proceeding, **facts, today=timezone.localdate(at))
    row = current(proceeding)
    row.result, row.ended_on = result, ended_on
    row.terms = terms if result == Result.SETTLED else ""
    row.save(update_fields=["result", "ended_on", "terms"])
    clocks.stop_clocks(proceeding, CLOCK, on=ended_on, at=at, by=by)
    settled = result == Result.SETTLED
    verb = N_("Commissioned mediation settled") if settled else N_("Back to the hearing")
    _note(row, verb, at=at, by=by, text=row.terms, reach=Reach.OFFICE if settled else Reach.ALL)
    return row


def check_report(proceeding, *, result, ended_on, terms, today):
    """Raise a ``Refusal`` when no result can be recorded like this."""
    row = current(proceeding)
    if row is None:
        raise NotCommissioned
    if result == Result.SETTLED and not terms.strip():
        raise Missing(field="terms", what=_("what was settled"))
    check_day(
        ended_on,
        field="ended_on",
        today=today,
        after=row.agreed_on,
        what=_("when both had agreed"),
    )


def current(proceeding):
    """Return the commissioned mediation that is under way, or None."""
    return proceeding.commissioned_mediations.filter(result="").first()


def settled_in(proceeding):
    """Return the commissioned mediation in which the parties settled, or None."""
    return proceeding.commissioned_mediations.filter(result=Result.SETTLED).last()


def open_until(proceeding):
    """Return the last date of the mediation that is under way, None without one."""
    deadline = Deadline.objects.running().filter(proceeding=proceeding, rule__rule_id=CLOCK).first()
    return deadline and deadline.due_legal


def _note(row, verb, *, at, by, **facts):
    record(
        row.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=row.proceeding,
        kind=Kind.MEETING,
        **facts,
    )
