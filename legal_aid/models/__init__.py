from legal_aid.models.application import Application
from legal_aid.models.engagement import Engagement
from legal_aid.models.pool import Client, Firm, Lawyer, Leave
from legal_aid.models.review import Review
from legal_aid.models.roster import Consultation, Duty

__all__ = [
    "Application",
    "Client",
    "Consultation",
    "Duty",
    "Engagement",
    "Firm",
    "Lawyer",
    "Leave",
    "Review",
]
