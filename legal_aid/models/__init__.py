from legal_aid.models.application import Application
from legal_aid.models.books import Account, Entry, Line
from legal_aid.models.enclosure import Enclosure
from legal_aid.models.engagement import Engagement
from legal_aid.models.fund import Payment, PaymentKind, Project, Standard
from legal_aid.models.paper import AidPaper
from legal_aid.models.pool import Client, Firm, Lawyer, Leave
from legal_aid.models.reading import Annotation, ClaimOpinion, Finding, Reading, Return
from legal_aid.models.repayment import Repayment
from legal_aid.models.review import Review
from legal_aid.models.roster import Consultation, Duty
from legal_aid.models.work import Closing, WorkEntry

__all__ = [
    "Account",
    "AidPaper",
    "Closing",
    "Entry",
    "Line",
    "Payment",
    "PaymentKind",
    "Project",
    "Standard",
    "WorkEntry",
    "Annotation",
    "Application",
    "ClaimOpinion",
    "Client",
    "Consultation",
    "Duty",
    "Enclosure",
    "Engagement",
    "Finding",
    "Firm",
    "Lawyer",
    "Leave",
    "Reading",
    "Repayment",
    "Return",
    "Review",
]
