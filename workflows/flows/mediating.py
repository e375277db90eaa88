"""What the two mediation flows ask and do. Methods only: each flow names its own nodes."""

from disputes.domain import escalation
from disputes.domain.clocks import find_clock
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.models import Deadline, Outcome
from legal_aid.domain import reviews
from mediation.domain import acceptance, agreements, choice, failure, sessions
from mediation.models import ApplicantChoice, FailureRecord, Session
from workflows.acting import signed
from workflows.engine import midnight_after
from workflows.flows.beginning import Beginning, proceeding_of


class Mediating(Beginning):
    """Questions and acts of mediation, asked of the record and done by its verbs."""

    def is_incomplete(self, activation):
        examination = acceptance.last_examination(proceeding_of(activation))
        return examination.in_scope and not examination.complete

    def is_out_of_scope(self, activation):
        return not acceptance.last_examination(proceeding_of(activation)).in_scope

    def is_accepted(self, activation):
        return acceptance.is_accepted(proceeding_of(activation))

    def wants_review(self, activation):
        return reviews.open_review(proceeding_of(activation)) is not None

    def reviewer(self, activation):
        return reviews.open_review(proceeding_of(activation)).lawyer

    def mediation_ends(self, activation):
        """Return the moment at which mediation expires, or None while its clock stands still."""
        proceeding = proceeding_of(activation)
        deadline = find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
        return expiry_of(deadline)

    def mediation_is_over(self, activation, active_tasks):
        return not active_tasks.filter(flow_task=type(self).mediate).exists()

    def is_settled(self, activation):
        proceeding = proceeding_of(activation)
        return (
            failure.of(proceeding) is None
            and sessions.last_result(proceeding) == Session.Result.SETTLED
        )

    def is_concluded(self, activation):
        return agreements.is_effective(proceeding_of(activation))

    def goes_on_by_itself(self, activation):
        return escalation.can_go_on(proceeding_of(activation))

    def expired_and_goes_on(self, activation):
        proceeding = proceeding_of(activation)
        record = failure.of(proceeding)
        return record is not None and escalation.can_go_on(proceeding)

    def chose_next_tier(self, activation):
        return choice.of(proceeding_of(activation)).choice == ApplicantChoice.Choice.NEXT_TIER

    def chose_arbitration(self, activation):
        return choice.of(proceeding_of(activation)).choice == ApplicantChoice.Choice.ARBITRATION

    def record_expiry(self, activation):
        failure.record_expiry(proceeding_of(activation), at=signed()["at"])

    def escalate(self, activation):
        proceeding = proceeding_of(activation)
        escalation.escalate(proceeding, outcome=outcome_of(proceeding), **signed())

    def go_to_arbitration(self, activation):
        proceeding = proceeding_of(activation)
        escalation.go_to_arbitration(proceeding, outcome=outcome_of(proceeding), **signed())

    def close_settled(self, activation):
        proceeding = proceeding_of(activation)
        amount = proceeding.agreement.amount
        close_proceeding(proceeding, outcome=Outcome.SETTLED, settled_amount=amount, **signed())
        end_case(proceeding.case, at=signed()["at"], outcome=Outcome.SETTLED, tier=proceeding.tier)

    def close_unsettled(self, activation):
        proceeding = proceeding_of(activation)
        outcome = outcome_of(proceeding)
        close_proceeding(proceeding, outcome=outcome, **signed())
        end_case(proceeding.case, at=signed()["at"], outcome=outcome, tier=proceeding.tier)


def outcome_of(proceeding):
    """Return how a mediation that did not settle ended: refused, expired or not settled."""
    if proceeding.accepted_on is None:
        return Outcome.REFUSED
    record = failure.of(proceeding)
    if record is not None and record.reason == FailureRecord.Reason.EXPIRED:
        return Outcome.EXPIRED
    return Outcome.NOT_SETTLED


def expiry_of(deadline):
    """Return the moment at which *deadline* fires: 00:00 after its legal last day, or None."""
    if deadline is None or not deadline.armed or deadline.state != Deadline.State.RUNNING:
        return None
    return midnight_after(deadline.due_legal)
