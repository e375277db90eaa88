"""What every verb of the desk asks first."""

from arbitration.domain.refusals import DoneBefore, Suspended
from disputes.domain.days import check_day
from disputes.domain.refusals import AlreadyClosed
from disputes.models import Proceeding, Source

__all__ = [
    "check_day",
    "is_imported",
    "lock",
    "one_of",
    "refuse_second",
    "refuse_suspended",
    "suspension_of",
]


def lock(proceeding):
    """Hold the row of *proceeding* until the transaction ends; raises ``AlreadyClosed``."""
    if Proceeding.objects.select_for_update().get(pk=proceeding.pk).closed_at:
        raise AlreadyClosed


def is_imported(proceeding):
    """Return whether the case came from a ledger, which does not know all earlier steps."""
    return proceeding.case.source == Source.LEDGER


def one_of(proceeding, name):
    """Return the single row *name* that hangs on *proceeding*, or None."""
    field = Proceeding._meta.get_field(name)
    return field.related_model.objects.filter(proceeding=proceeding).first()


def refuse_second(proceeding, name):
    """Raise ``DoneBefore`` when the single row *name* of *proceeding* exists."""
    if one_of(proceeding, name) is not None:
        raise DoneBefore


def suspension_of(proceeding):
    """Return the ``Suspension`` under which *proceeding* stands still, or None."""
    return proceeding.suspensions.filter(resumed_on__isnull=True).first()


def refuse_suspended(proceeding):
    """Raise ``Suspended`` while *proceeding* stands still."""
    row = suspension_of(proceeding)
    if row:
        raise Suspended(day=row.since)
