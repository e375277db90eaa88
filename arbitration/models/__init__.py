from arbitration.models.decision import ClaimAward, Decision
from arbitration.models.defence import Defence
from arbitration.models.docket import DocketDecision
from arbitration.models.extension import AwardExtension
from arbitration.models.handover import Handover
from arbitration.models.hearing import Hearing, HearingRecord, Room
from arbitration.models.panel import Panel
from arbitration.models.receipt import PaperCorrection, Receipt
from arbitration.models.service import Method, Paper, Service

__all__ = [
    "AwardExtension",
    "ClaimAward",
    "Decision",
    "Defence",
    "DocketDecision",
    "Handover",
    "Hearing",
    "HearingRecord",
    "Method",
    "Panel",
    "Paper",
    "PaperCorrection",
    "Receipt",
    "Room",
    "Service",
]
