"""Starting a course, moving it from step to step, and leaving it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from arbitration.domain import handover, receipts, service
from arbitration.domain.hearings import is_heard
from arbitration.domain.limitation import renew_limitation
from disputes import signals
from disputes.domain import escalation, recusals
from disputes.domain.candidates import candidates_for, note_choice, workers
from disputes.domain.conflicts import refuse_conflict
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.roster.giving_up import ask_represented
from disputes.domain.timeline import Reach, record
from disputes.models import Outcome, Proceeding, Tier
from disputes.permissions import held_by
from mediation.domain import acceptance, agreements
from mediation.domain.appointment import ConflictNotDeclared
from mediation.domain.limitation import run_anew
from workflows.acting import acting, is_acting
from workflows.engine import file_holder, jump
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow

FLOWS = {
    Tier.ENTERPRISE: EnterpriseFlow,
    Tier.REGIONAL: RegionalFlow,
    Tier.ARBITRATION: ArbitrationFlow,
}
OPEN_STEP = (STATUS.NEW, STATUS.ASSIGNED)
# Steps that end with the proof of service, and when they have.
SERVING = {
    "agreement": agreements.is_over,
    "serve_copy": service.has_copies,
    "serve": service.is_over,
}


class StepTaken(Refusal):
    """Somebody else completed the step first."""

    is_late = True
    sentence = _("This step has been done already.")


class Busy(Refusal):
    """Somebody else moves the case at this moment."""

    is_late = True
    sentence = _("Somebody else is working on this case at this moment. Try again.")


class NotTheWork(Refusal):
    """Somebody who does not handle files at the desk."""

    sentence = _("This person does not do this work at this office today.")
    field = "handler"


class StepHeld(Refusal):
    """The step belongs to somebody else."""

    sentence = _("This step belongs to somebody else.")


class RecusalOpen(Refusal):
    """She was asked to keep away, and nobody has decided yet."""

    sentence = _(
        "You were asked to keep away from this case. Until that is decided, somebody else does"
        " what has to be done (劳动人事争议仲裁办案规则 article 13)."
    )


def flow_of(proceeding):
    """Return the flow class by which *proceeding* is handled."""
    return FLOWS[proceeding.tier] if proceeding.office.handled_here else OutsideFlow


@transaction.atomic
def start(proceeding, *, at, by=None):
    """Start the clocks and the flow of *proceeding*."""
    desk = receipts if proceeding.tier == Tier.ARBITRATION else acceptance
    if not proceeding.office.handled_here:
        desk = handover
    desk.open_clocks(proceeding, at=at, by=by)
    with acting(by=by, at=at):
        flow_of(proceeding).start.run(proceeding=proceeding)


def complete_step(task, verb, *, by, at, finishes=None, **facts):
    """Do *verb* for the open step *task* and let the flow go on; all of it or nothing.

    *verb* is called with the proceeding, *facts*, ``by`` and ``at``. When *finishes* is given
    and says no of the proceeding, the step stays open: what was done is kept. Raises
    ``StepTaken`` when the step was done meanwhile, ``StepHeld`` when it belongs to somebody
    else, ``Busy`` when the case is locked for too long, and whatever *verb* refuses.
    """
    try:
        with transaction.atomic(), acting(by=by, at=at), task.activation() as activation:
            proceeding = activation.process.course.proceeding
            _take(activation, proceeding, by=by, at=at)
            result = verb(proceeding, **facts, by=by, at=at)
            if finishes is None or finishes(proceeding):
                # Who stands in for somebody did it; until it is done the step stays hers.
                activation.task.owner = by
                activation.start(None)
                activation.execute()
            return result
    except FlowLockFailed:
        raise Busy from None


def finish_served(proceeding, *, at, by):
    """Let the open step of *proceeding* that waited for a proof of service be done by *by*.

    Does nothing while a step is being done: it asks for itself.
    """
    if is_acting() or by is None:
        return
    steps = Task.objects.filter(
        process__course__proceeding=proceeding, flow_task_type="HUMAN", status__in=OPEN_STEP
    )
    for task in steps.order_by("pk"):
        is_over = SERVING.get(task.flow_task.name)
        if is_over and is_over(proceeding):
            _finish(task, by=by, at=at)


def _finish(task, *, by, at):
    with acting(by=by, at=at), task.activation() as activation:
        if activation.task.status == STATUS.NEW:
            activation.assign(by)
        activation.task.owner = by
        activation.start(None)
        activation.execute()


def claim_step(task, *, by, at):
    """Let the open step *task* belong to *by*; raises as ``complete_step`` does."""
    try:
        with transaction.atomic(), acting(by=by, at=at), task.activation() as activation:
            _take(activation, activation.process.course.proceeding, by=by, at=at)
    except FlowLockFailed:
        raise Busy from None


def _take(activation, proceeding, *, by, at):
    task = activation.task
    if task.status not in OPEN_STEP:
        raise StepTaken(_taken_sentence(task))
    if recusals.is_paused(proceeding, by) and not is_heard(proceeding):
        raise RecusalOpen
    if task.status == STATUS.NEW:
        activation.assign(by)
    elif task.owner_id != by.pk:
        _stand_in(proceeding, task, by=by, at=at)


def _stand_in(proceeding, task, *, by, at):
    """Let *by* act for the owner of *task*, who is away; raises ``StepHeld``, ``HasConflict``."""
    on = timezone.localdate(at)
    if task.owner_id not in held_by(by, on=on):
        raise StepHeld
    refuse_conflict(proceeding, by, on=on)
    record(
        proceeding.case,
        N_("%(person)s acts for %(away)s, who is away"),
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.OFFICE,
        person=by,
        away=task.owner,
    )


def _taken_sentence(task):
    if task.status != STATUS.DONE or not task.owner_id:
        return _("This step is not open any more: the case has gone on.")
    return _("This step was already done by %(person)s at %(moment)s.") % {
        "person": task.owner,
        "moment": timezone.localtime(task.finished).strftime("%H:%M"),
    }


@transaction.atomic
def withdraw(proceeding, *, reason, agreed=None, paper=None, at, by):
    """Let the applicant withdraw her case from whatever step it is at.

    Of a collective case *agreed* says how many on the roster consented in writing, *paper* is the
    open file of what they signed: see ``giving_up.ask_represented``.
    """
    ask_represented(proceeding, agreed=agreed, paper=paper, at=at, by=by)
    leave(proceeding, at=at, by=by)
    close_proceeding(proceeding, outcome=Outcome.WITHDRAWN, at=at, by=by)
    _renew_limitation(proceeding, at=at, by=by)
    end_case(proceeding.case, at=at, outcome=Outcome.WITHDRAWN, tier=proceeding.tier)
    record(
        proceeding.case,
        N_("Withdrawn by the applicant"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        key=True,
    )


def _renew_limitation(proceeding, *, at, by):
    # The proceeding interrupted the period; it runs anew from its end (民法典 article 195).
    run = renew_limitation if proceeding.tier == Tier.ARBITRATION else run_anew
    run(proceeding.case, on=timezone.localdate(at), at=at, by=by)


@transaction.atomic
def leave_for_arbitration(proceeding, *, at, by):
    """Let the applicant go straight to arbitration from whatever step of mediation it is at.

    劳动争议调解仲裁法 article 5: mediation is never a condition of arbitration. Returns the
    proceeding at the commission.
    """
    leave(proceeding, at=at, by=by)
    return escalation.go_to_arbitration(proceeding, at=at, by=by)


@transaction.atomic
def change_handler(proceeding, *, handler, reason, conflict_declared, at, by):
    """Give the file to another *handler*, who declared no conflict of interest, with the reason.

    Raises ``ConflictNotDeclared``, ``NotTheWork`` when she does not do this work at the desk, and
    ``HasConflict``.
    """
    refuse_closed(proceeding)
    if not conflict_declared:
        raise ConflictNotDeclared
    on = timezone.localdate(at)
    if not workers(proceeding, on=on).filter(pk=handler.pk).exists():
        raise NotTheWork
    refuse_conflict(proceeding, handler, on=on, field="handler")
    candidates = candidates_for([proceeding], on=on, seen_by=by)[proceeding.pk]
    proceeding.handler = handler
    proceeding.save(update_fields=["handler"])
    record(
        proceeding.case,
        N_("The file was given to %(handler)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        handler=handler,
    )
    note_choice(proceeding, handler, candidates, at=at, by=by)
    signals.handler_changed.send(Proceeding, proceeding=proceeding, at=at, by=by)


def drop_review_step(proceeding):
    """Cancel the open step of the lawyer in *proceeding*, if one is open; mediation goes on.

    Whoever is asked next, or has her opinion handed back, finds it among her assignments: the
    course of the case waits for no lawyer.
    """
    steps = Task.objects.filter(
        process__course__proceeding=proceeding,
        flow_task_type="HUMAN",
        flow_task__endswith=".review",
        status__in=OPEN_STEP,
    )
    for task in steps:
        with task.activation() as activation:
            activation.cancel()


def hand_over(proceeding):
    """Give the open steps that belong to the file to its handler of now, or back to nobody."""
    flow_class = flow_of(proceeding)
    steps = [node for node in flow_class.instance.nodes() if follows_handler(node)]
    Task.objects.filter(
        process__course__proceeding=proceeding, status__in=OPEN_STEP, flow_task__in=steps
    ).update(owner=proceeding.handler, status=STATUS.ASSIGNED if proceeding.handler else STATUS.NEW)


def follows_handler(node):
    """Return whether the step *node* belongs to whoever holds the file."""
    return getattr(node, "_owner", None) is file_holder


def leave(proceeding, *, at, by):
    """End the course of *proceeding* from whatever step it is at; raises ``AlreadyClosed``."""
    refuse_closed(proceeding)
    process = proceeding.course.process.coerced
    take_jump(process, process.flow_class.withdrawn, by=by, at=at)
    proceeding.refresh_from_db()
    refuse_closed(proceeding)


def take_jump(process, node, *, by, at):
    """Go on at *node* of the flow of *process*, as *by* decided; raises ``Busy``."""
    try:
        with acting(by=by, at=at):
            jump(process, node, at=at)
    except FlowLockFailed:
        raise Busy from None


def refuse_closed(proceeding):
    """Raise ``AlreadyClosed`` when *proceeding* has ended."""
    if proceeding.closed_at is not None:
        raise AlreadyClosed
