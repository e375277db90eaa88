"""Ends of a case that are no decision on its claims."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, one_of
from arbitration.domain.people import check_duty
from arbitration.domain.refusals import Decided, DoneBefore, GroundDoesNotFit, Missing, NotDocketed
from arbitration.models import SpecialEnding
from disputes.domain import clocks
from disputes.domain.service import notices
from disputes.domain.timeline import record
from disputes.models import Outcome, ServedPaper

Kind, Ground = SpecialEnding.Kind, SpecialEnding.Ground
OUTCOMES = {Kind.CANCELLED: Outcome.CANCELLED, Kind.TERMINATED: Outcome.TERMINATED}
VERBS = {
    Kind.CANCELLED: N_("Case cancelled: it should not have been docketed"),
    Kind.TERMINATED: N_("Case ended without a decision"),
}


@transaction.atomic
def end_specially(
    proceeding,
    *,
    kind,
    ground,
    reasons,
    decided_on,
    decided_by,
    notice_served_on,
    notice_method,
    court="",
    court_number="",
    notice_receipt="",
    notice_reason="",
    notice_witnesses="",
    at,
    by=None,
):
    """Cancel the case, or end it without a decision, and notify the parties.

    Cancelled it is because it should not have been docketed, and the parties have the decision
    within 5 working days (劳动人事争议仲裁办案规则 article 32); ended among others because the
    award was late and a court took a party's suit (article 48). The course then closes it.
    Receipt, reason and witnesses prove the service of the notice. Returns the ``SpecialEnding``.
    """
    lock(proceeding)
    proof = {
        "notice_receipt": notice_receipt,
        "notice_reason": notice_reason,
        "notice_witnesses": notice_witnesses,
    }
    facts = {
        "kind": kind,
        "ground": ground,
        "reasons": reasons,
        "decided_on": decided_on,
        "decided_by": decided_by,
        "notice_served_on": notice_served_on,
        "notice_method": notice_method,
        "court": court,
        "court_number": court_number,
    }
    check_ending(proceeding, **facts, **proof, today=timezone.localdate(at))
    row = SpecialEnding.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _notify(row, proof, at=at, by=by)
    record(
        proceeding.case,
        VERBS[kind],
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        text=reasons,
    )
    return row


def check_ending(
    proceeding,
    *,
    kind,
    ground,
    reasons,
    decided_on,
    decided_by,
    notice_served_on,
    notice_method,
    court,
    court_number,
    today,
    **proof,
):
    """Raise a ``Refusal`` when the case cannot end like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if one_of(proceeding, "special_ending"):
        raise DoneBefore
    if proceeding.arbitral_decisions.filter(partial=False).exists():
        raise Decided
    if ground not in SpecialEnding.GROUNDS[kind]:
        raise GroundDoesNotFit(field="ground")
    _check_words(ground, reasons, court, court_number)
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    check_duty(decided_by, "decide_docket", proceeding, on=today, field="decided_on")
    check_day(
        notice_served_on,
        field="notice_served_on",
        today=today,
        after=decided_on,
        what=_("when it was decided"),
    )
    notices.check_notice(
        proceeding,
        proceeding.case.parties.all(),
        paper=ServedPaper.ENDING,
        served_on=notice_served_on,
        method=notice_method,
        proof=proof,
        today=today,
    )


def outcome_of(row):
    """Return the ``Outcome`` with which the proceeding of *row* closes."""
    return OUTCOMES[row.kind]


def _check_words(ground, reasons, court, court_number):
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    if ground == Ground.SUED:
        for name, said in (("court", court), ("court_number", court_number)):
            if not said.strip():
                raise Missing(field=name, what=_("the court and its number"))


def _notify(row, proof, *, at, by):
    proceeding = row.proceeding
    if row.kind == Kind.CANCELLED:
        clocks.start_clock(
            proceeding.case, "ARB_CANCEL", on=row.decided_on, at=at, by=by, proceeding=proceeding
        )
        clocks.stop_clocks(proceeding, "ARB_CANCEL", on=row.notice_served_on, at=at, by=by)
    notices.record_notice(
        proceeding,
        proceeding.case.parties.all(),
        paper=ServedPaper.ENDING,
        served_on=row.notice_served_on,
        method=row.notice_method,
        proof=proof,
        at=at,
        by=by,
    )
