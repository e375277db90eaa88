from mediation.models.acceptance import (
    AcceptanceDecision,
    Consultation,
    Correction,
    Examination,
)
from mediation.models.agreement import Agreement
from mediation.models.appointment import Appointment
from mediation.models.choices import NoticeMethod, Signature
from mediation.models.dispatch import Dispatch, DispatchKind
from mediation.models.employers import EmployerSignature
from mediation.models.ending import ApplicantChoice, FailureRecord
from mediation.models.liaison import Liaison
from mediation.models.meeting import Meeting, Member, Participant
from mediation.models.meeting_agenda import (
    ActionItem,
    AgendaItem,
    ItemMaterial,
    ItemViewer,
    MeetingDecision,
)
from mediation.models.meeting_links import BusyCalendar, BusyTime, FeedToken, InboundMail
from mediation.models.meeting_minutes import Minutes, MinutesComment
from mediation.models.meeting_series import MeetingSeries
from mediation.models.plan import CaucusNote, PlannedSession, RecordDraft
from mediation.models.session import Session, SessionAttendee
from mediation.models.terms import Enforceability, Instalment, Signing, Term

__all__ = [
    "BusyCalendar",
    "BusyTime",
    "FeedToken",
    "InboundMail",
    "ActionItem",
    "AgendaItem",
    "ItemMaterial",
    "ItemViewer",
    "MeetingDecision",
    "Minutes",
    "MinutesComment",
    "AcceptanceDecision",
    "Agreement",
    "ApplicantChoice",
    "Appointment",
    "CaucusNote",
    "Consultation",
    "Dispatch",
    "DispatchKind",
    "Correction",
    "EmployerSignature",
    "Enforceability",
    "Examination",
    "FailureRecord",
    "Instalment",
    "Liaison",
    "Meeting",
    "MeetingSeries",
    "Member",
    "NoticeMethod",
    "Participant",
    "PlannedSession",
    "RecordDraft",
    "Session",
    "SessionAttendee",
    "Signature",
    "Signing",
    "Term",
]
