"""What the case page offers of mediation's own pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from disputes.models import Tier
from disputes.models.choices import Outcome


def actions_for(proceeding):
    """Return (title, url, False) of the pages about an agreement, for a row of ``at_desk``."""
    if proceeding is None or proceeding.tier == Tier.ARBITRATION:
        return []
    if not {"mediate", "assign_cases"}.intersection(proceeding.duties):
        return []
    if proceeding.outcome == Outcome.SETTLED:
        return [(_("Performance of the agreement"), _url("agreement_after", proceeding), False)]
    if proceeding.closed_at is None and proceeding.accepted_on:
        return [
            (_("Sessions"), _url("mediation_sessions", proceeding), False),
            (_("Terms of the agreement"), _url("agreement_terms", proceeding), False),
        ]
    return []


def _url(name, proceeding):
    return reverse(name, args=[proceeding.pk])
