"""Acts of the commission that move the course of a case, beside its steps.

None of them jumps into the middle of a parallel block: a case leaves its course, or goes on at a
step before the first block or after the last one.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.acts import BOTH, CLERK, HEAD, PANEL, Act
from arbitration.domain import (
    awards,
    commissioned,
    endings,
    parties,
    postponements,
    receipts,
    regrets,
)
from arbitration.domain.hearings import SETTLES, last_result
from arbitration.forms.desk import endings as forms
from arbitration.forms.desk.awards import RegretForm
from arbitration.forms.desk.hearings import PostponeForm
from disputes.domain import transfers
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from workflows import worklist
from workflows.courses import complete_step, leave, take_jump
from workflows.flows import ArbitrationFlow


class NotWaitingForPapers(Refusal):
    """The application does not wait for papers."""

    sentence = _("The application does not wait for missing papers.")


class NotSettled(Refusal):
    """There is nothing to put into a statement."""

    sentence = _("The commissioned mediation has not settled the case.")


class NoOpenHearing(Refusal):
    """The course does not stand at a hearing."""

    sentence = _("No hearing is set.")


@transaction.atomic
def end_specially(proceeding, *, at, by, **facts):
    """Cancel the case, or end it without a decision; *facts* as for ``endings.end_specially``."""
    row = endings.end_specially(proceeding, **facts, at=at, by=by)
    leave(proceeding, at=at, by=by)
    outcome = endings.outcome_of(row)
    close_proceeding(proceeding, outcome=outcome, at=at, by=by)
    end_case(proceeding.case, at=at, outcome=outcome, tier=proceeding.tier)
    return row


@transaction.atomic
def transfer(proceeding, *, office, reasons, at, by):
    """Pass the case to the competent commission *office*; return its proceeding there.

    An open objection to jurisdiction is upheld with it. There the 45 days of the award start
    again with the taking over (劳动人事争议仲裁办案规则 articles 9, 10, 46(五)).
    """
    if parties.open_objection(proceeding):
        parties.decide_objection(
            proceeding,
            upheld=True,
            reasons=reasons,
            decided_on=timezone.localdate(at),
            office=office,
            at=at,
            by=by,
        )
    leave(proceeding, at=at, by=by)
    return transfers.hand_on(proceeding, office=office, reason=reasons, at=at, by=by)


@transaction.atomic
def postpone(proceeding, *, granted, at, by, **facts):
    """Answer a request to put the hearing off; granted, a new one is set next."""
    if not granted:
        return postponements.answer_request(proceeding, granted=False, **facts, at=at, by=by)
    task = _open_step(proceeding, ArbitrationFlow.hearing)
    if task is None:
        raise NoOpenHearing
    return complete_step(task, postponements.answer_request, by=by, at=at, granted=True, **facts)


@transaction.atomic
def decide_without_papers(proceeding, *, reason, at, by):
    """Let the head decide on an application whose missing papers never came."""
    waits = _open_step(proceeding, ArbitrationFlow.correction)
    if waits is None or receipts.is_complete(proceeding):
        raise NotWaitingForPapers
    take_jump(proceeding.course.process.coerced, ArbitrationFlow.docket, by=by, at=at)
    record(
        proceeding.case,
        N_("Missing papers were not brought"),
        at=at,
        by=by,
        proceeding=proceeding,
        text=reason,
        reach=Reach.OFFICE,
    )


@transaction.atomic
def go_to_statement(proceeding, *, at, by):
    """Let the panel put a settlement before the hearing into a statement, without a hearing."""
    if commissioned.settled_in(proceeding) is None or awards.of(proceeding):
        raise NotSettled
    take_jump(proceeding.course.process.coerced, ArbitrationFlow.award, by=by, at=at)


@transaction.atomic
def go_back_on(proceeding, *, at, by, **facts):
    """Let a party go back on the statement: the panel decides next, or hears the parties first."""
    regrets.go_back_on(proceeding, **facts, at=at, by=by)
    heard = last_result(proceeding) in SETTLES
    node = ArbitrationFlow.award if heard else ArbitrationFlow.set_hearing
    take_jump(proceeding.course.process.coerced, node, by=by, at=at)


def _open_step(proceeding, node):
    steps = worklist.open_steps().filter(process__course__proceeding=proceeding)
    return steps.filter(flow_task=node).first()


def _waits_for_papers(file):
    receipt = file.one("arbitration_receipt")
    asked = receipt is not None and not receipt.complete
    return file.is_open and asked and file.one("docket_decision") is None


def _has_settled(file):
    return (
        file.is_docketed
        and any(row.result == "settled" for row in file.commissioned)
        and not file.was_heard
        and file.decision is None
    )


def _may_regret(file):
    decision = file.decision
    return file.is_open and decision is not None and decision.kind == "statement"


def _may_end(file):
    return file.is_docketed and file.decision is None


WAYS = {
    "without-papers": Act(
        forms.DecideWithoutPapersForm, decide_without_papers, CLERK, _waits_for_papers
    ),
    "statement": Act(forms.StatementForm, go_to_statement, PANEL, _has_settled),
    "regret": Act(RegretForm, go_back_on, BOTH, _may_regret, "decisions"),
    "transfer": Act(forms.TransferForm, transfer, HEAD, _may_end),
    "cancel": Act(forms.CancelForm, end_specially, HEAD, _may_end, "decisions"),
    "terminate": Act(forms.TerminateForm, end_specially, HEAD, _may_end, "decisions"),
    "postponement": Act(
        PostponeForm,
        postpone,
        # 劳动争议调解仲裁法 article 35: the commission decides; its clerk sets the new hearing.
        (*HEAD, *PANEL),
        lambda file: file.is_open and file.hearing_ahead is not None,
        "hearings",
    ),
}
