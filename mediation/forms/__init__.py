from mediation.forms.acceptance import ConsultForm, CorrectionForm, DecideForm, ExamineForm
from mediation.forms.agreements import AgreementForm
from mediation.forms.appointment import AppointForm
from mediation.forms.endings import ChoiceForm, FailureForm
from mediation.forms.sessions import SessionForm

__all__ = [
    "AgreementForm",
    "AppointForm",
    "ChoiceForm",
    "ConsultForm",
    "CorrectionForm",
    "DecideForm",
    "ExamineForm",
    "FailureForm",
    "SessionForm",
]
