"""Tier 3: arbitration by the labour-dispute arbitration commission."""

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from workflows.engine import work
from workflows.flows.arbitrating import Arbitrating
from workflows.models import TierProcess


class ArbitrationFlow(Arbitrating, flow.Flow):
    """Arbitration"""

    process_class = TierProcess
    process_title = _("Arbitration")

    start = flow.StartHandle(this.begin).Annotation(title=_("Filed")).Next(this.receive)

    # clerk, then the head of the commission
    receive = work(_("Receive the application"), "docket_cases").Next(this.received)
    received = flow.If(this.is_complete).Then(this.docket).Else(this.correction)
    correction = work(_("Complete the papers"), "docket_cases").Next(this.received)
    docket = work(_("Docket or refuse"), "decide_docket").Next(this.docketed)
    docketed = flow.If(this.is_docketed).Then(this.prepare).Else(this.refuse)

    # clerk
    prepare = flow.Split().Always(this.panel).Always(this.serve_copy)
    panel = work(_("Form the panel"), "docket_cases").Next(this.prepared)
    serve_copy = work(_("Serve the copy"), "docket_cases").Next(this.prepared)
    prepared = flow.Join().Next(this.answer_and_hear)
    answer_and_hear = flow.Split().Always(this.defence).Always(this.set_hearing)
    defence = work(_("Record the defence"), "docket_cases").Next(this.heard)
    set_hearing = work(_("Set the hearing"), "schedule_hearings").Next(this.hearing)

    # panel
    hearing = work(_("Hold the hearing"), "arbitrate").Next(this.adjourned)
    adjourned = flow.If(this.is_adjourned).Then(this.set_hearing).Else(this.heard)
    heard = flow.Join(continue_on_condition=this.hearing_is_over).Next(this.absent)
    absent = flow.If(this.applicant_was_absent).Then(this.deem_withdrawn).Else(this.award)
    award = work(_("Decide"), "arbitrate").Next(this.serve)

    # clerk
    serve = work(_("Serve the decision"), "docket_cases").Next(this.close)

    # the ends
    close = flow.Function(this.close_decided).Annotation(title=_("Close")).Next(this.closed)
    closed = flow.End().Annotation(title=_("Decided"))
    refuse = flow.Function(this.close_refused).Annotation(title=_("Close")).Next(this.refused)
    refused = flow.End().Annotation(title=_("Not docketed"))
    deem_withdrawn = (
        flow.Function(this.close_deemed_withdrawn)
        .Annotation(title=_("Treated as withdrawn"))
        .Next(this.ended)
    )
    ended = flow.End().Annotation(title=_("Ended"))
    withdrawn = flow.TerminateEnd().Annotation(title=_("Left"))
