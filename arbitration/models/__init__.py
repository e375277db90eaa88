"""Facts of the commission's desk."""

from arbitration.models.claims import ClaimChange, ClaimMotion
from arbitration.models.collective import CollectiveNotice
from arbitration.models.court import CourtCase, CourtPaper
from arbitration.models.decision import ClaimAward, Decision, Liability
from arbitration.models.defence import Defence
from arbitration.models.docket import DocketDecision
from arbitration.models.ending import SpecialEnding
from arbitration.models.enforcement import AdvanceEnforcement
from arbitration.models.extension import AwardExtension
from arbitration.models.handover import Handover, PackageExport
from arbitration.models.hearing import Hearing, HearingRecord, Postponement, RecordSignature
from arbitration.models.panel import Panel
from arbitration.models.parties import AddedParty, JurisdictionObjection
from arbitration.models.proof import ProofPeriod
from arbitration.models.receipt import PaperCorrection, Receipt
from arbitration.models.review import AgreementReview, ReviewPaper
from arbitration.models.seats import Disclosure, PanelChange
from arbitration.models.simplified import CommissionedMediation, SimplifiedProcedure
from arbitration.models.standstill import Suspension

__all__ = [
    "AddedParty",
    "AdvanceEnforcement",
    "AgreementReview",
    "AwardExtension",
    "ClaimAward",
    "ClaimChange",
    "ClaimMotion",
    "CollectiveNotice",
    "CommissionedMediation",
    "CourtCase",
    "CourtPaper",
    "Decision",
    "Defence",
    "Disclosure",
    "DocketDecision",
    "Handover",
    "Hearing",
    "HearingRecord",
    "JurisdictionObjection",
    "Liability",
    "PackageExport",
    "Panel",
    "PanelChange",
    "PaperCorrection",
    "Postponement",
    "ProofPeriod",
    "Receipt",
    "RecordSignature",
    "ReviewPaper",
    "SimplifiedProcedure",
    "SpecialEnding",
    "Suspension",
]
