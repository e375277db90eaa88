"""Cases from a ledger whose course a clerk has yet to confirm."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import record
from disputes.models import Deadline, Proceeding
from disputes.permissions import visible_cases
from offices.domain.standing import standing_of
from workflows.acting import acting
from workflows.engine import jump

CONFIRMING_DUTIES = ("mediate", "docket_cases")


class AgreedTooLate(Refusal):
    """The term had ended when the parties agreed to extend it."""

    sentence = _("The term had ended by then: an extension must be agreed before it expires.")


def unconfirmed(user, *, on):
    """Return the imported proceedings that *user* may confirm on the date *on*, oldest first."""
    waiting = Deadline.objects.running().filter(proceeding=OuterRef("pk"), armed=False)
    standing = standing_of(user, on=on)
    desks = {*standing.offices(*CONFIRMING_DUTIES), *standing.beneath("import_ledger")}
    return (
        Proceeding.objects.filter(
            Exists(waiting),
            desk__in=desks,
            closed_at__isnull=True,
            case__in=visible_cases(user, on=on),
        )
        .select_related("case", "office")
        .order_by("opened_at", "pk")
    )


@transaction.atomic
def confirm(proceeding, *, at, by, agreed_on=None, extended_to=None):
    """Let the clocks of an imported *proceeding* run from now on.

    When both parties agreed on the date *agreed_on* to mediate until the date *extended_to*
    (企业劳动争议协商调解规定 article 29), the term is extended first. Raises ``AgreedTooLate``.
    """
    deadlines = Deadline.objects.running().filter(proceeding=proceeding).select_related("rule")
    for deadline in deadlines.select_for_update(of=("self",)):
        if extended_to and deadline.rule.rule_id == "MED_CLOSE":
            _extend(deadline, agreed_on=agreed_on, extended_to=extended_to, at=at, by=by)
        clocks.arm_clock(deadline)
    for deadline in proceeding.case.deadlines.running().filter(proceeding__isnull=True):
        clocks.arm_clock(deadline)
    record(
        proceeding.case,
        N_("The case from the ledger was confirmed; its clocks run"),
        at=at,
        by=by,
        proceeding=proceeding,
    )


@transaction.atomic
def close_imported(proceeding, *, outcome, closed_at, at, by):
    """Close an imported *proceeding* that had ended at the moment *closed_at* with *outcome*."""
    if proceeding.closed_at is not None:
        raise AlreadyClosed
    process = proceeding.course.process.coerced
    with acting(by=by, at=at):
        jump(process, process.flow_class.withdrawn, at=at)
    close_proceeding(proceeding, outcome=outcome, at=closed_at, by=by)
    end_case(proceeding.case, at=closed_at, outcome=outcome, tier=proceeding.tier)
    record(
        proceeding.case,
        N_("Closed from the ledger"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
    )


def _extend(deadline, *, agreed_on, extended_to, at, by):
    if agreed_on > deadline.due_legal:
        raise AgreedTooLate(field="agreed_on")
    clocks.extend_clock(
        deadline,
        amount=(extended_to - deadline.due_nominal).days,
        on=agreed_on,
        at=at,
        by=by,
        reason=_("both parties agreed"),
    )
