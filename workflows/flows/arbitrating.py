"""What the arbitration flow asks and does. Methods only."""

from arbitration.domain import awards, docket, hearings, receipts
from arbitration.models import HearingRecord
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.models import Outcome
from workflows.acting import signed
from workflows.flows.beginning import Beginning, proceeding_of


class Arbitrating(Beginning):
    """Questions and acts of arbitration, asked of the record and done by its verbs."""

    def is_complete(self, activation):
        return receipts.is_complete(proceeding_of(activation))

    def is_docketed(self, activation):
        return docket.is_docketed(proceeding_of(activation))

    def is_adjourned(self, activation):
        result = hearings.last_result(proceeding_of(activation))
        return result == HearingRecord.Result.ADJOURNED

    def applicant_was_absent(self, activation):
        result = hearings.last_result(proceeding_of(activation))
        return result == HearingRecord.Result.APPLICANT_ABSENT

    def hearing_is_over(self, activation, active_tasks):
        nodes = [type(self).set_hearing, type(self).hearing]
        return not active_tasks.filter(flow_task__in=nodes).exists()

    def close_decided(self, activation):
        proceeding = proceeding_of(activation)
        _end(proceeding, awards.outcome_of(proceeding), awards.total_of(proceeding))

    def close_refused(self, activation):
        _end(proceeding_of(activation), Outcome.REFUSED)

    def close_deemed_withdrawn(self, activation):
        _end(proceeding_of(activation), Outcome.DEEMED_WITHDRAWN)


def _end(proceeding, outcome, amount=None):
    close_proceeding(proceeding, outcome=outcome, settled_amount=amount, **signed())
    end_case(proceeding.case, at=signed()["at"], outcome=outcome, tier=proceeding.tier)
