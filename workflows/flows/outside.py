"""Handling by an organisation that works outside this system: sent, received, written back."""

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from disputes.domain.proceedings import close_proceeding, end_case
from workflows.acting import signed
from workflows.engine import work
from workflows.flows.beginning import Beginning, proceeding_of
from workflows.models import TierProcess


class OutsideFlow(Beginning, flow.Flow):
    """Handling outside"""

    process_class = TierProcess
    process_title = _("Handling outside")

    start = flow.StartHandle(this.begin).Annotation(title=_("Filed")).Next(this.send)
    send = work(_("Send the package"), "file_cases").Next(this.receipt)
    receipt = work(_("Record the receipt"), "file_cases").Next(this.outcome)
    outcome = work(_("Write back the outcome"), "file_cases").Next(this.close)
    close = flow.Function(this.close_outside).Annotation(title=_("Close")).Next(this.closed)
    closed = flow.End().Annotation(title=_("Ended"))
    withdrawn = flow.TerminateEnd().Annotation(title=_("Left"))

    def close_outside(self, activation):
        proceeding = proceeding_of(activation)
        outcome, amount = proceeding.handover.outcome, proceeding.handover.outcome_amount
        close_proceeding(proceeding, outcome=outcome, settled_amount=amount, **signed())
        end_case(proceeding.case, at=signed()["at"], outcome=outcome, tier=proceeding.tier)
