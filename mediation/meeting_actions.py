"""What the case page offers of the joint meeting."""

from django.urls import reverse
from django.utils.translation import gettext as _

# Whoever may bring a case before the meeting: those who work on it, and their heads.
PROPOSING = ("mediate", "assign_cases", "docket_cases", "decide_docket", "arbitrate")


def actions_for(current):
    """Return (title, url, False) for the case whose desk ``at_desk`` answered, or []."""
    if current is None or not set(current.duties).intersection(PROPOSING):
        return []
    return [
        (_("Put before the joint meeting"), reverse("case_meeting", args=[current.case_id]), False)
    ]
