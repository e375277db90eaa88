"""The clock of the award, turned at the record's door: more is to be kept than the clock alone."""

from arbitration.domain import extension, standstill
from disputes.domain import turning

RULE = "ARB_AWARD"


def connect():
    """Let the record's door suspend, resume and extend the term of an award by our verbs."""
    turning.register(RULE, "suspend", suspend)
    turning.register(RULE, "resume", resume)
    turning.register(RULE, "extend", extend)


def suspend(deadline, *, on, ground, reason, approved_by, at, by, notified_on=None, evidence=None):
    """Suspend the case; arguments as for ``turning.turn``."""
    standstill.suspend(
        deadline.proceeding,
        ground=ground,
        reason=reason,
        since=on,
        notified_on=notified_on,
        approved_by=approved_by,
        evidence=evidence,
        at=at,
        by=by,
    )


def resume(deadline, *, on, reason, at, by, evidence=None):
    """Take the case up again; arguments as for ``turning.turn``."""
    standstill.resume(
        deadline.proceeding, resumed_on=on, reason=reason, evidence=evidence, at=at, by=by
    )


def extend(
    deadline, *, on, amount, reason, approved_by, at, by, ground="", notified_on=None, evidence=None
):
    """Extend the term of the award; arguments as for ``turning.turn``."""
    extension.extend_award(
        deadline.proceeding,
        days=amount,
        reason=reason,
        approved_on=on,
        approved_by=approved_by,
        notified_on=notified_on,
        evidence=evidence,
        at=at,
        by=by,
    )
