"""What each human step asks and does: one form, one verb.

The table names, for every step of every flow, the form that a person fills in, the verb of the
record that its answers go to, and when the step is done. A step without a condition is done
when its verb is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from arbitration import forms as arbitration_forms
from arbitration.domain import (
    awards,
    defence,
    docket,
    handover,
    hearings,
    panels,
    receipts,
    service,
)
from legal_aid import forms as aid_forms
from legal_aid.domain import reviews
from mediation import forms as mediation_forms
from mediation.domain import acceptance, agreements, choice, failure, sessions
from mediation.models import Session
from workflows import appointing
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow


@dataclass(frozen=True)
class Step:
    """The form of a step, its verb, and the question whether the step is done now."""

    form: type
    verb: Callable
    finishes: Callable | None = None
    # Where the step has a page of its own: its address, from the proceeding.
    page: Callable | None = None


def _page_of_review(proceeding):
    review = reviews.open_review(proceeding)
    return reverse("review", args=[review.pk]) if review else None


def _mediation_is_over(proceeding):
    return sessions.last_result(proceeding) != Session.Result.ADJOURNED


MEDIATION = {
    "examine": Step(mediation_forms.ExamineForm, acceptance.examine),
    "correction": Step(mediation_forms.CorrectionForm, acceptance.receive_correction),
    "consult": Step(mediation_forms.ConsultForm, acceptance.consult),
    "decide": Step(mediation_forms.DecideForm, acceptance.decide),
    "appoint": Step(appointing.AppointAndAskForm, appointing.appoint_and_ask),
    "mediate": Step(mediation_forms.SessionForm, sessions.record_session, _mediation_is_over),
    "review": Step(aid_forms.StepReviewForm, reviews.submit_review, page=_page_of_review),
    "agreement": Step(mediation_forms.AgreementForm, agreements.sign_agreement, agreements.is_over),
    "failure": Step(mediation_forms.FailureForm, failure.record_failure),
    "choice": Step(mediation_forms.ChoiceForm, choice.record_choice),
}
ARBITRATION = {
    "receive": Step(arbitration_forms.ReceiveForm, receipts.receive),
    "correction": Step(arbitration_forms.CorrectionForm, receipts.receive_correction),
    "docket": Step(arbitration_forms.DocketForm, docket.decide),
    "panel": Step(arbitration_forms.PanelForm, panels.form_panel),
    "serve_copy": Step(arbitration_forms.ServeCopyForm, service.serve_copy),
    "defence": Step(arbitration_forms.DefenceForm, defence.record_defence),
    "set_hearing": Step(arbitration_forms.HearingForm, hearings.set_hearing),
    "hearing": Step(arbitration_forms.HoldHearingForm, hearings.hold_hearing),
    "award": Step(arbitration_forms.AwardForm, awards.decide),
    "serve": Step(arbitration_forms.ServeAwardForm, service.serve_award, service.is_over),
}
OUTSIDE = {
    "send": Step(arbitration_forms.SendPackageForm, handover.send_package),
    "receipt": Step(arbitration_forms.ReceiptForm, handover.record_receipt),
    "outcome": Step(arbitration_forms.WriteBackForm, handover.write_back),
}
STEPS = {
    EnterpriseFlow: MEDIATION,
    RegionalFlow: MEDIATION,
    ArbitrationFlow: ARBITRATION,
    OutsideFlow: OUTSIDE,
}


def step_of(task):
    """Return the ``Step`` of the open step *task*."""
    return STEPS[task.flow_task.flow_class][task.flow_task.name]
