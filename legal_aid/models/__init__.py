from legal_aid.models.pool import Client, Firm, Lawyer, Leave
from legal_aid.models.review import Review
from legal_aid.models.roster import Consultation, Duty

__all__ = ["Client", "Consultation", "Duty", "Firm", "Lawyer", "Leave", "Review"]
