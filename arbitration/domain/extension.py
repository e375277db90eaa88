"""More time for the award."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, refuse_second
from arbitration.domain.people import check_duty
from arbitration.domain.refusals import Missing, NoTerm, TermOver
from arbitration.models import AwardExtension
from disputes.domain import clocks
from disputes.domain.timeline import Kind, record
from law.grounds import APPROVED


@transaction.atomic
def extend_award(
    proceeding,
    *,
    days,
    reason,
    approved_on,
    approved_by,
    notified_on,
    at,
    by=None,
    evidence=None,
):
    """Give the award *days* calendar days more, at most 15, once; return the ``AwardExtension``.

    Approved by the head of the commission before the term ends, and told to the parties
    (劳动争议调解仲裁法 article 43).
    """
    lock(proceeding)
    facts = {
        "days": days,
        "reason": reason,
        "approved_on": approved_on,
        "approved_by": approved_by,
        "notified_on": notified_on,
    }
    check_extension(proceeding, **facts, today=timezone.localdate(at))
    extension = AwardExtension.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    clocks.extend_clock(
        _term(proceeding),
        amount=days,
        on=approved_on,
        at=at,
        by=by,
        reason=reason,
        ground=APPROVED.code,
        evidence=evidence,
        approved_by=approved_by,
        notified_on=notified_on,
    )
    record(
        proceeding.case,
        N_("Term of the award extended by %(days)s days"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.CLOCK,
        text=reason,
        days=days,
    )
    return extension


def check_extension(proceeding, *, days, reason, approved_on, approved_by, notified_on, today):
    """Raise a ``Refusal`` when the award cannot be extended like this."""
    refuse_second(proceeding, "award_extension")
    term = _term(proceeding)
    if term is None:
        raise NoTerm
    if not reason.strip():
        raise Missing(field="reason", what=_("why the case is complex"))
    check_day(approved_on, field="approved_on", today=today)
    if approved_on > term.due_legal:
        raise TermOver(field="approved_on", day=term.due_legal)
    check_duty(approved_by, "decide_docket", proceeding, on=approved_on, field="approved_by")
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=approved_on,
        what=_("when it was approved"),
    )


def _term(proceeding):
    return clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
