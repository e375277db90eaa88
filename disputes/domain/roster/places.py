"""Where a worker may go who does not settle with the others."""

from disputes.domain.refusals import NoOfficeToGoTo
from disputes.domain.routing import commission_of, next_tier_office
from disputes.models import Tier


def places_alone(proceeding):
    """Return the offices to which she may take her own case: here, the next tier, arbitration.

    Arbitration is open from anywhere at any time (劳动争议调解仲裁法 article 5).
    """
    found = [proceeding.office]
    if proceeding.tier == Tier.ENTERPRISE:
        found += _named(next_tier_office, proceeding.office)
    if proceeding.tier != Tier.ARBITRATION:
        found += _named(commission_of, proceeding.office)
    return found


def _named(find, office):
    try:
        return [find(office)]
    except NoOfficeToGoTo:
        return []
