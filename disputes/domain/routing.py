"""Which office a case goes to next, read from the register."""

from disputes.domain.refusals import NoOfficeToGoTo, NotAtThisTier
from disputes.models import Tier
from offices.models import Office

TIERS = {
    Office.Tier.ENTERPRISE: Tier.ENTERPRISE,
    Office.Tier.REGIONAL: Tier.REGIONAL,
    Office.Tier.ARBITRATION: Tier.ARBITRATION,
}


def tier_of(office):
    """Return the tier at which *office* handles disputes; raises ``NotAtThisTier``."""
    try:
        return TIERS[office.tier]
    except KeyError:
        raise NotAtThisTier from None


def next_tier_office(office):
    """Return the office to which a case of *office* goes on; raises ``NoOfficeToGoTo``.

    From an enterprise committee to its region: the mediation committee of its industry, which
    cuts across territory, else its parent, else the mediation centre of its district. From a
    region to the arbitration commission.
    """
    if tier_of(office) == Tier.ENTERPRISE:
        return region_of(office)
    return commission_of(office)


def region_of(office):
    """Return the regional office responsible for the enterprise committee *office*."""
    regional = Office.objects.filter(tier=Office.Tier.REGIONAL, is_active=True)
    for found in (
        regional.filter(kind=Office.Kind.INDUSTRY_COMMITTEE, industry=office.industry)
        if office.industry
        else regional.none(),
        regional.filter(pk=office.parent_id),
        regional.filter(kind=Office.Kind.COUNTY_CENTRE, county=office.county),
    ):
        region = found.order_by("pk").first()
        if region:
            return region
    raise NoOfficeToGoTo


def commission_of(office):
    """Return the arbitration commission for *office*: of its district, else of the city."""
    commissions = Office.objects.filter(tier=Office.Tier.ARBITRATION, is_active=True)
    commission = (
        commissions.filter(county=office.county).order_by("pk").first()
        or commissions.order_by("pk").first()
    )
    if commission is None:
        raise NoOfficeToGoTo
    return commission


def federation_of(office):
    """Return the city federation above *office*, else the one on whose register it stands."""
    federations = Office.objects.filter(kind=Office.Kind.CITY_FEDERATION)
    above = [int(pk) for pk in office.path.split("/") if pk]
    federation = (
        federations.filter(pk__in=above).order_by("pk").first()
        or federations.order_by("pk").first()
    )
    if federation is None:
        raise NoOfficeToGoTo
    return federation
