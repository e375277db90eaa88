"""Suspending a case and taking it up again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import schedule
from arbitration.domain.guards import check_day, lock, refuse_suspended, suspension_of
from arbitration.domain.people import check_duty
from arbitration.domain.refusals import (
    HearingStands,
    Missing,
    NotDocketed,
    NotSuspended,
)
from arbitration.models import Suspension
from disputes.domain import clocks
from disputes.domain.evidence import add_evidence
from disputes.domain.timeline import Kind, record
from disputes.domain.turn_refusals import EvidenceMissing
from disputes.models import Deadline


@transaction.atomic
def suspend(
    proceeding,
    *,
    ground,
    reason,
    since,
    notified_on,
    approved_by,
    evidence=None,
    file=None,
    at,
    by=None,
):
    """Suspend the case from the date *since*, the first day that does not count for the award.

    Approved by the head of the commission and told to the parties in writing
    (劳动人事争议仲裁办案规则 articles 46(六), 47). What proves the *ground* is *evidence*, a
    material of the case, or an open *file* that becomes one. Returns the ``Suspension``.
    """
    lock(proceeding)
    facts = {
        "ground": ground,
        "reason": reason,
        "since": since,
        "notified_on": notified_on,
        "approved_by": approved_by,
    }
    check_suspension(
        proceeding, **facts, evidence=evidence, file=file, today=timezone.localdate(at)
    )
    if file:
        evidence = add_evidence(proceeding, file=file, at=at, by=by)
    row = Suspension.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    award = _award_clock(proceeding)
    if award and award.state == Deadline.State.RUNNING:
        clocks.suspend_clock(
            award,
            on=since,
            at=at,
            by=by,
            reason=reason,
            ground=ground,
            evidence=evidence,
            approved_by=approved_by,
            notified_on=notified_on,
        )
    _note(row, N_("Case suspended"), text=reason, at=at, by=by)
    return row


def check_suspension(
    proceeding, *, ground, reason, since, notified_on, approved_by, evidence, file, today
):
    """Raise a ``Refusal`` when the case cannot be suspended like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    refuse_suspended(proceeding)
    ahead = schedule.hearing_ahead(proceeding)
    if ahead:
        raise HearingStands(day=timezone.localdate(ahead.starts_at))
    if not reason.strip():
        raise Missing(field="reason", what=_("why the case is suspended"))
    check_day(
        since,
        field="since",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    check_day(notified_on, field="notified_on", today=today)
    check_duty(approved_by, "decide_docket", proceeding, on=today, field="approved_by")
    if evidence is None and file is None:
        raise EvidenceMissing(field="file")


@transaction.atomic
def resume(proceeding, *, resumed_on, reason, at, by=None, evidence=None):
    """Take the case up again with the date *resumed_on*, the first day that counts."""
    lock(proceeding)
    check_resumption(proceeding, resumed_on=resumed_on, reason=reason, today=timezone.localdate(at))
    row = suspension_of(proceeding)
    row.resumed_on, row.resume_reason = resumed_on, reason
    row.save(update_fields=["resumed_on", "resume_reason"])
    award = _award_clock(proceeding)
    if award and award.state == Deadline.State.SUSPENDED:
        clocks.resume_clock(award, on=resumed_on, at=at, by=by, reason=reason, evidence=evidence)
    _note(row, N_("Case resumed"), text=reason, at=at, by=by)
    return row


def check_resumption(proceeding, *, resumed_on, reason, today):
    """Raise a ``Refusal`` when the case cannot be resumed like this."""
    row = suspension_of(proceeding)
    if row is None:
        raise NotSuspended
    if not reason.strip():
        raise Missing(field="reason", what=_("why the case goes on"))
    check_day(
        resumed_on,
        field="resumed_on",
        today=today,
        after=row.since,
        what=_("when the case was suspended"),
    )


def _award_clock(proceeding):
    return clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)


def _note(row, verb, *, text, at, by):
    record(
        row.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=row.proceeding,
        kind=Kind.CLOCK,
        text=text,
        key=True,
    )
