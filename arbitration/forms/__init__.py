"""The forms of the commission's desk: one for each step of its course."""

from arbitration.forms.award import AwardForm
from arbitration.forms.defence import DefenceForm
from arbitration.forms.docket import CorrectionForm, DocketForm, ReceiveForm
from arbitration.forms.hearing import HearingForm, HoldHearingForm
from arbitration.forms.outside import ReceiptForm, SendPackageForm, WriteBackForm
from arbitration.forms.panel import PanelForm
from arbitration.forms.service import ServeAwardForm, ServeCopyForm

__all__ = [
    "AwardForm",
    "CorrectionForm",
    "DefenceForm",
    "DocketForm",
    "HearingForm",
    "HoldHearingForm",
    "PanelForm",
    "ReceiptForm",
    "ReceiveForm",
    "SendPackageForm",
    "ServeAwardForm",
    "ServeCopyForm",
    "WriteBackForm",
]
