from disputes.models.access import Assignment, CaseGrant, Named, Reveal, Wall
from disputes.models.batch import PaperBatch
from disputes.models.case import Case, NumberSeries
from disputes.models.choices import (
    Cause,
    ClaimKind,
    DefenceLine,
    EmploymentForm,
    IdType,
    Level,
    Outcome,
    Source,
    Tier,
)
from disputes.models.deadline import ClockEvent, Deadline
from disputes.models.declaration import Declaration
from disputes.models.dossier import Dossier
from disputes.models.draft import Draft, DraftFile
from disputes.models.evidence import Evidence
from disputes.models.ledger import LedgerImport
from disputes.models.merger import Merger
from disputes.models.paper import CasePaper, Fact
from disputes.models.party import Claim, Consent, Party
from disputes.models.proceeding import Proceeding
from disputes.models.proof import ProofItem, ProofOpinion
from disputes.models.recomputing import DeadlineChange, RecomputeRun
from disputes.models.recusal import Recusal
from disputes.models.referral import Referral
from disputes.models.response import Measure, Response, ResponseLimit, Urgency
from disputes.models.roster import (
    Election,
    Member,
    MemberResult,
    Representative,
    RosterUpload,
    SettlementConsent,
    Severance,
)
from disputes.models.service import Receiver, ServedPaper, Service, ServiceMethod
from disputes.models.skill import Skill
from disputes.models.timeline import TimelineEntry
from disputes.models.transfer import Joinder, Transfer
from disputes.models.upload import Upload

__all__ = [
    "Measure",
    "Response",
    "ResponseLimit",
    "Urgency",
    "Assignment",
    "Case",
    "CaseGrant",
    "CasePaper",
    "Cause",
    "Claim",
    "ClaimKind",
    "ClockEvent",
    "Consent",
    "Deadline",
    "DeadlineChange",
    "Declaration",
    "DefenceLine",
    "Dossier",
    "Draft",
    "DraftFile",
    "Election",
    "EmploymentForm",
    "Evidence",
    "Fact",
    "PaperBatch",
    "IdType",
    "Joinder",
    "LedgerImport",
    "Level",
    "Member",
    "MemberResult",
    "Merger",
    "Named",
    "NumberSeries",
    "Outcome",
    "Party",
    "Proceeding",
    "ProofItem",
    "ProofOpinion",
    "RecomputeRun",
    "Recusal",
    "Referral",
    "Representative",
    "Reveal",
    "RosterUpload",
    "SettlementConsent",
    "Receiver",
    "ServedPaper",
    "Service",
    "ServiceMethod",
    "Severance",
    "Skill",
    "Source",
    "Tier",
    "TimelineEntry",
    "Transfer",
    "Upload",
    "Wall",
]
