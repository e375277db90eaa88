"""From an application to the docket, or to a refusal with reasons."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import collective, limitation
from arbitration.domain.guards import check_day, is_imported, lock, one_of, refuse_second
from arbitration.domain.receipts import (
    came_from_commission,
    filed_on,
    is_complete,
    missing_papers,
    open_clocks,
    receive,
    receive_correction,
    received_on,
)
from arbitration.domain.refusals import Incomplete, Missing, NotReceived, PassedOnByCommission
from arbitration.models import DocketDecision
from disputes.domain import clocks
from disputes.domain.referrals import refer_refused
from disputes.domain.service import notices
from disputes.domain.service.recording import owe
from disputes.domain.timeline import record
from disputes.models import ServedPaper

__all__ = [
    "check_decision",
    "decide",
    "is_complete",
    "is_docketed",
    "open_clocks",
    "receive",
    "receive_correction",
]

AFTER_DOCKETING = ("ARB_AWARD", "ARB_SERVE_COPY", "ARB_PANEL")


@transaction.atomic
def decide(
    proceeding,
    *,
    docketed,
    reasons="",
    notice_served_on=None,
    notice_method="",
    decided_on=None,
    notice_receipt="",
    notice_reason="",
    notice_witnesses="",
    at,
    by=None,
):
    """Docket the application on *decided_on* (today), or refuse it with *reasons* and a notice.

    Docketing makes that day the day of acceptance, from which the 45 days of the award run, and
    ends the limitation (劳动争议调解仲裁法 articles 29, 30, 32, 43). Receipt, reason and witnesses
    prove the service of the notice. Returns the decision.
    """
    lock(proceeding)
    proof = {
        "notice_receipt": notice_receipt,
        "notice_reason": notice_reason,
        "notice_witnesses": notice_witnesses,
    }
    facts = {
        "docketed": docketed,
        "reasons": reasons,
        "notice_served_on": notice_served_on,
        "notice_method": notice_method if notice_served_on else "",
    }
    on, today = decided_on or timezone.localdate(at), timezone.localdate(at)
    check_decision(proceeding, **facts, **proof, decided_on=on, today=today)
    decision = DocketDecision.objects.create(proceeding=proceeding, on=on, at=at, by=by, **facts)
    clocks.stop_clocks(proceeding, "ARB_ACCEPT", on=on, at=at, by=by)
    services = _serve_notice(decision, proof, at=at, by=by)
    if docketed:
        _take_on(decision, at=at, by=by)
    else:
        _turn_away(decision, services, at=at, by=by)
    return decision


def check_decision(
    proceeding, *, docketed, reasons, notice_served_on, notice_method, decided_on, today, **proof
):
    """Raise a ``Refusal`` when the application cannot be decided on like this."""
    refuse_second(proceeding, "docket_decision")
    came_on = received_on(proceeding)
    if came_on is None and not is_imported(proceeding):
        raise NotReceived
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=came_on,
        what=_("when the application was received"),
    )
    if not docketed and came_from_commission(proceeding):
        raise PassedOnByCommission(field="docketed")
    if docketed and not is_complete(proceeding):
        raise Incomplete(field="docketed", missing=missing_papers(proceeding))
    if not docketed and not reasons.strip():
        raise Missing(field="reasons", what=_("why the application is refused"))
    if not docketed or notice_served_on:
        _check_notice(proceeding, notice_served_on, notice_method, decided_on, today, proof)


def is_docketed(proceeding):
    """Return whether the commission took *proceeding* on."""
    decision = one_of(proceeding, "docket_decision")
    return decision.docketed if decision else proceeding.accepted_on is not None


def _check_notice(proceeding, served_on, method, decided_on, today, proof):
    check_day(
        served_on,
        field="notice_served_on",
        today=today,
        after=decided_on,
        what=_("when it was decided"),
    )
    notices.check_notice(
        proceeding,
        _applicants(proceeding),
        paper=ServedPaper.DECISION,
        served_on=served_on,
        method=method,
        proof=proof,
        today=today,
    )


def _applicants(proceeding):
    return proceeding.case.parties.filter(role="applicant")


def _serve_notice(decision, proof, *, at, by):
    if decision.notice_served_on is None:
        return []
    return notices.record_notice(
        decision.proceeding,
        _applicants(decision.proceeding),
        paper=ServedPaper.DECISION,
        served_on=decision.notice_served_on,
        method=decision.notice_method,
        proof=proof,
        at=at,
        by=by,
    )


def _take_on(decision, *, at, by):
    proceeding = decision.proceeding
    proceeding.accepted_on = decision.on
    proceeding.save(update_fields=["accepted_on"])
    told_at_once = (collective.CLOCK,) if proceeding.case.collective else ()
    for rule in (*AFTER_DOCKETING, *told_at_once):
        on = _award_from(decision) if rule == "ARB_AWARD" else decision.on
        clocks.start_clock(proceeding.case, rule, on=on, at=at, by=by, proceeding=proceeding)
    came_on = filed_on(proceeding) or decision.on
    limitation.stop_limitation(proceeding.case, on=came_on, at=at, by=by)
    owe(
        proceeding,
        proceeding.case.parties.filter(role="respondent"),
        paper=ServedPaper.APPLICATION_COPY,
        at=at,
        by=by,
    )
    record(proceeding.case, N_("Docketed"), at=at, by=by, proceeding=proceeding, key=True)


def _award_from(decision):
    """A case that another commission passed on is decided within 45 days of its taking over
    (劳动人事争议仲裁办案规则 article 46(五)), any other of its docketing.
    """
    proceeding = decision.proceeding
    taken_over = came_from_commission(proceeding) and filed_on(proceeding)
    return taken_over or decision.on


def _turn_away(decision, services, *, at, by):
    proceeding = decision.proceeding
    service = services[0] if services else None
    limitation.renew_limitation(
        proceeding.case,
        on=service.received_on if service else decision.notice_served_on,
        at=at,
        by=by,
        service=service,
    )
    record(
        proceeding.case,
        N_("Arbitration refused"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        text=decision.reasons,
    )
    refer_refused(proceeding, reason=decision.reasons, at=at, by=by)
