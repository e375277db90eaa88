"""What the case page offers of the joint meeting."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mediation.domain.dispatches import SPEAKING

# Whoever may bring a case before the meeting: those who work on it, and their heads.
PROPOSING = ("mediate", "assign_cases", "docket_cases", "decide_docket", "arbitrate")


def actions_for(current):
    """Return (title, url, False) for the case whose desk ``at_desk`` answered, or []."""
    if current is None:
        return []
    found, case = [], current.case_id
    if set(current.duties).intersection(PROPOSING):
        found.append(
            (_("Put before the joint meeting"), reverse("case_meeting", args=[case]), False)
        )
    if set(current.duties).intersection(SPEAKING):
        address = f"{reverse('dispatch_new')}?case={case}"
        found.append((_("Send to another agency"), address, False))
    return found
