"""Tier 2: mediation by a township, district or industry organisation."""

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from workflows.engine import work
from workflows.flows.mediating import Mediating
from workflows.models import TierProcess


class RegionalFlow(Mediating, flow.Flow):
    """Mediation at the regional tier"""

    process_class = TierProcess
    process_title = _("Mediation at the regional tier")

    start = flow.StartHandle(this.begin).Annotation(title=_("Filed")).Next(this.examine)

    # mediator
    examine = work(_("Examine the application"), "mediate").Next(this.examined)
    examined = (
        flow.Switch()
        .Case(this.correction, this.is_incomplete)
        .Case(this.decide, this.is_out_of_scope)
        .Default(this.consult)
    )
    correction = work(_("Complete the papers"), "mediate").Next(this.examine)
    consult = work(_("Ask the other side"), "mediate").Next(this.decide)

    # head
    decide = work(_("Accept or refuse"), "accept_cases").Next(this.accepted)
    accepted = flow.If(this.is_accepted).Then(this.appoint).Else(this.choice)
    appoint = work(_("Appoint a mediator"), "assign_cases").Next(this.side_by_side)

    # handler, with a lawyer beside him
    side_by_side = flow.Split().Always(this.mediate).Next(this.review, case=this.wants_review)
    mediate = (
        work(_("Mediate"), "mediate", handler=True)
        .expires(this.mediation_ends, this.expired, title=_("15-day term"))
        .Next(this.together)
    )
    review = work(_("Lawyer's review"), "review_cases", owner=this.reviewer).Next(this.together)
    expired = (
        flow.Function(this.record_expiry).Annotation(title=_("Term expired")).Next(this.together)
    )
    together = flow.Join(continue_on_condition=this.mediation_is_over).Next(this.mediated)
    mediated = flow.If(this.is_settled).Then(this.agreement).Else(this.failure)
    agreement = work(_("Sign the agreement"), "mediate", handler=True).Next(this.concluded)
    concluded = flow.If(this.is_concluded).Then(this.settle).Else(this.failure)
    failure = work(_("Record the failure"), "mediate", handler=True).Next(this.choice)
    choice = work(_("Applicant's choice"), "mediate", handler=True).Next(this.chosen)
    chosen = flow.If(this.chose_arbitration).Then(this.arbitrate).Else(this.give_up)

    # the ends
    settle = flow.Function(this.close_settled).Annotation(title=_("Close")).Next(this.closed)
    closed = flow.End().Annotation(title=_("Settled"))
    arbitrate = (
        flow.Function(this.go_to_arbitration)
        .Annotation(title=_("To arbitration"))
        .Next(this.in_arbitration)
    )
    in_arbitration = flow.End().Annotation(title=_("In arbitration"))
    give_up = flow.Function(this.close_unsettled).Annotation(title=_("Close")).Next(this.ended)
    ended = flow.End().Annotation(title=_("Ended"))
    withdrawn = flow.TerminateEnd().Annotation(title=_("Left"))
