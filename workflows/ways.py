"""Ways back and aside from any step: the step before, another office, the end undone."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import awards, receipts
from disputes.domain import clocks, mergers, transfers
from disputes.domain.evidence import add_evidence
from disputes.domain.proceedings import open_proceeding
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Outcome, Tier
from legal_aid.domain import reviews
from notices.domain.inbox import notify
from notices.models import Kind
from workflows import courses
from workflows.above import people_above
from workflows.courses import OPEN_STEP, leave, refuse_closed, take_jump
from workflows.flows import ArbitrationFlow, EnterpriseFlow, RegionalFlow

# From which step one may go back, and to which node. A parallel block is entered at its split.
# What was decided, served or signed is not undone by going back: those steps are not here.
STEPS_BACK = {
    "consult": "examine",
    "decide": "consult",
    "mediate": "appoint",
    "agreement": "side_by_side",
    "failure": "side_by_side",
}
ARBITRATION_STEPS_BACK = {"hearing": "set_hearing", "award": "set_hearing"}
BACK = {
    EnterpriseFlow: STEPS_BACK,
    RegionalFlow: STEPS_BACK,
    ArbitrationFlow: ARBITRATION_STEPS_BACK,
}
REOPENABLE = {
    Outcome.WITHDRAWN,
    Outcome.NOT_SETTLED,
    Outcome.EXPIRED,
    Outcome.REFUSED,
    Outcome.RECONCILED,
}


class NothingBefore(Refusal):
    """The step cannot be undone by going back."""

    sentence = _("There is no step to go back to from here: what was decided stands.")


class TermOver(Refusal):
    """Mediation ended with its term."""

    sentence = _("The term of mediation is over: there is no way back into it.")


class NobodyAbove(Refusal):
    """The register names nobody who could decide."""

    sentence = _("Nobody above this office can decide. Call the federation.")


class SignedAlready(Refusal):
    """Nothing but a decision ends an application at the commission."""

    sentence = _(
        "The applicant has signed: the commission decides on docketing within five working days"
        " and sends nothing back (劳动争议调解仲裁法 article 29)."
    )


class DecidedAlready(Refusal):
    """What the commission decided is served, and nothing else."""

    sentence = _(
        "The commission has decided this case: the decision is served now, and the case stays"
        " here (劳动人事争议仲裁办案规则 article 35)."
    )


class TransferAtTheDesk(Refusal):
    """A docketed case goes to another commission by a decision."""

    sentence = _(
        "This case is docketed: it is transferred at the desk of the case, by a decision of the"
        " commission (劳动人事争议仲裁办案规则 article 9)."
    )


class DayAhead(Refusal):
    """The decision lies in the future."""

    sentence = _("This day has not come yet. Record what has happened.")
    field = "decided_on"


class NotEnded(Refusal):
    """The case is under way."""

    sentence = _("This case has not ended.")


class NotReopened(Refusal):
    """The way the case ended is not undone here."""

    sentence = _(
        "A case that was settled or decided is not reopened. A new case may be filed, or the"
        " court asked."
    )


def has_way_back(flow, names):
    """Return whether one goes back from one of the steps *names* of the class *flow*."""
    return not BACK.get(flow, {}).keys().isdisjoint(names)


def step_back_of(proceeding):
    """Return the node to which the open step of *proceeding* may go back, or None."""
    process = proceeding.course.process
    table = BACK.get(process.flow_class, {})
    steps = process.task_set.filter(flow_task_type="HUMAN", status__in=OPEN_STEP).order_by("pk")
    for task in steps:
        if task.flow_task.name in table:
            return getattr(process.flow_class, table[task.flow_task.name])
    return None


@transaction.atomic
def step_back(proceeding, *, reason, at, by):
    """Go back to the step before, with a *reason*; the clocks are not affected.

    Raises ``NothingBefore``, and ``TermOver`` when mediation would be entered after its term.
    """
    refuse_closed(proceeding)
    node = step_back_of(proceeding)
    if node is None:
        raise NothingBefore
    if node.name == "side_by_side" and not _mediation_runs(proceeding):
        raise TermOver
    reviews.cancel_reviews(proceeding, at=at, by=by)
    take_jump(proceeding.course.process.coerced, node, by=by, at=at)
    record(
        proceeding.case,
        N_("Gone back one step"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        reach=Reach.OFFICE,
    )


@transaction.atomic
def withdraw(proceeding, *, at, by, **facts):
    """Let the applicant withdraw: see ``courses.withdraw``.

    At the commission only before it has decided (劳动人事争议仲裁办案规则 article 35). Raises
    ``DecidedAlready``.
    """
    refuse_decided(proceeding)
    return courses.withdraw(proceeding, **facts, at=at, by=by)


@transaction.atomic
def hand_on(proceeding, *, office, reason, at, by):
    """Hand the case to another *office* of the same tier from whatever step it is at."""
    if proceeding.tier == Tier.ARBITRATION and proceeding.accepted_on:
        raise TransferAtTheDesk
    leave(proceeding, at=at, by=by)
    return transfers.hand_on(proceeding, office=office, reason=reason, at=at, by=by)


@transaction.atomic
def hand_back(proceeding, *, reason, at, by):
    """Return the case to the office, or the tier, that sent it.

    An application that the applicant signed is decided on at the commission, not sent back: see
    ``SignedAlready``.
    """
    if is_with_commission(proceeding):
        raise SignedAlready
    leave(proceeding, at=at, by=by)
    return transfers.hand_back(proceeding, reason=reason, at=at, by=by)


def refuse_decided(proceeding):
    """Raise ``DecidedAlready`` when the commission has decided the case of *proceeding*."""
    if proceeding.tier == Tier.ARBITRATION and awards.of(proceeding):
        raise DecidedAlready


def is_with_commission(proceeding):
    """Return whether a commission has the signed application of *proceeding* before it."""
    return proceeding.tier == Tier.ARBITRATION and receipts.received_on(proceeding) is not None


@transaction.atomic
def designate(proceeding, *, office, decided_on, paper, reason, at, by):
    """Record which commission the authority above designated; return the proceeding there.

    *office* may be the one that has the case. *decided_on* is the date of the decision, *paper*
    an open file (劳动人事争议仲裁办案规则 article 9). Raises ``DayAhead``.
    """
    refuse_closed(proceeding)
    if decided_on > timezone.localdate(at):
        raise DayAhead
    add_evidence(proceeding, file=paper, at=at, by=by)
    record(
        proceeding.case,
        N_("The authority above designated %(office)s on %(day)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        key=True,
        office=office.name,
        day=decided_on,
    )
    if office == proceeding.office:
        return proceeding
    return place(proceeding, office=office, reason=reason, at=at, by=by)


@transaction.atomic
def place(proceeding, *, office, reason, at, by):
    """Decide from above where the case is handled. Raises ``DecidedAlready``."""
    refuse_decided(proceeding)
    leave(proceeding, at=at, by=by)
    return transfers.place(proceeding, office=office, reason=reason, at=at, by=by)


@transaction.atomic
def ask_above(proceeding, *, reason, at, by):
    """Ask those above to decide where the case is handled: a second return is not ours.

    The case stays, with its clock, until they place it. Raises ``Placed`` when they did already
    and ``NobodyAbove``.
    """
    refuse_closed(proceeding)
    if transfers.is_placed(proceeding):
        raise transfers.Placed
    above = people_above(proceeding, on=timezone.localdate(at))
    if not above:
        raise NobodyAbove
    record(
        proceeding.case,
        N_("The office above was asked to decide where the case is handled"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        key=True,
        reach=Reach.ONWARD,
    )
    notify(
        above,
        N_("%(number)s: decide which office handles the case"),
        kind=Kind.HANDED_OVER,
        url=reverse("place", args=[proceeding.case_id]),
        key=f"place-{proceeding.pk}-{at:%Y%m%d%H%M}",
        at=at,
        number=proceeding.number,
    )


@transaction.atomic
def reopen(proceeding, *, reason, at, by):
    """Take up again a case that ended without a result, at the office where it ended.

    Raises ``NotEnded`` and ``NotReopened``.
    """
    case = Case.objects.select_for_update().get(pk=proceeding.case_id)
    if case.ended_at is None:
        raise NotEnded
    if proceeding.outcome not in REOPENABLE:
        raise NotReopened
    Case.objects.filter(pk=case.pk).update(ended_at=None, defence_line=None)
    record(case, N_("Reopened"), at=at, by=by, proceeding=proceeding, text=reason, key=True)
    case.refresh_from_db()
    return open_proceeding(case, office=proceeding.office, at=at, by=by)


@transaction.atomic
def merge(proceeding, *, other, reason, at, by):
    """End this case as a second report of the matter of *other*, which goes on.

    Raises ``DecidedAlready`` and the refusals of ``disputes.domain.mergers``.
    """
    refuse_decided(proceeding)
    mergers.check_merger(proceeding, other)
    leave(proceeding, at=at, by=by)
    return mergers.merge(proceeding, other=other, reason=reason, at=at, by=by)


@transaction.atomic
def unmerge(proceeding, *, reason, at, by):
    """Undo the merger of this case and take it up again at its office.

    Raises ``NotMerged`` and ``GoesOnNoMore``.
    """
    mergers.undo(proceeding, reason=reason, at=at, by=by)
    return open_proceeding(proceeding.case, office=proceeding.office, at=at, by=by)


def _mediation_runs(proceeding):
    return clocks.find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding) is not None
