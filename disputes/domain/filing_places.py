"""Where an application may be filed: the worker chooses, the register proposes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from disputes.domain.employers import region_of_employer
from disputes.domain.refusals import NoOfficeToGoTo
from disputes.domain.routing import TIERS, commission_of
from disputes.models import Tier
from offices.models import Office

Kind = Office.Kind


@dataclass(frozen=True)
class Place:
    """An office that can take the application, and why it is offered."""

    office: Office
    reason: str

    @property
    def tier(self):
        return TIERS[self.office.tier]


def handles_disputes(office):
    """Return whether *office* takes cases itself: a station only reports them."""
    return office.is_active and office.tier in TIERS and office.kind != Kind.STATION


def split_offices(offices):
    """Return (those of *offices* that take cases themselves, those that only report them)."""
    own = [office for office in offices if handles_disputes(office)]
    return own, [office for office in offices if not handles_disputes(office)]


def places_for(offices, *, employer=None):
    """Return the ``Place`` list for somebody who files at *offices*, the proposed one first.

    Who serves at an office that takes cases files there. A station or the federation files where
    the worker chooses among the offices that fit *employer* (``Employer`` or None).
    """
    own, reporting = split_offices(offices)
    places = [Place(office, _("your own office")) for office in own]
    if reporting:
        places += _fitting(reporting[0], employer)
    known = {}
    for place in places:
        known.setdefault(place.office.pk, place)
    return list(known.values())


def _fitting(reporter, employer):
    near = employer.committee if employer else reporter
    found = _of_employer(employer) if employer else _of_territory(reporter)
    return found + _of_arbitration(near)


def _of_employer(employer):
    places = [
        Place(employer.committee, _("the employer's own committee: the nearest to the dispute"))
    ]
    region = region_of_employer(employer)
    if region and region.kind == Kind.INDUSTRY_COMMITTEE:
        places.append(Place(region, _("the mediation committee of the employer's industry")))
    centre = _centres().filter(county=employer.county).first()
    if centre:
        places.append(Place(centre, _("the mediation centre of the employer's district")))
    return places


def _of_territory(reporter):
    """Without a committee of the employer: the centre of the reporter's district, or all."""
    centres = list(_centres())
    near = [centre for centre in centres if centre.county and centre.county == reporter.county]
    reason = _("the employer has no committee in the register; the centre of this district")
    if near:
        return [Place(near[0], reason)] + _industries()
    return [
        Place(centre, _("if the employer is in %(county)s") % {"county": centre.county})
        for centre in centres
    ] + _industries()


def _industries():
    committees = Office.objects.filter(kind=Kind.INDUSTRY_COMMITTEE, is_active=True)
    return [
        Place(
            office,
            _("if the employer belongs to the industry %(name)s") % {"name": office.industry},
        )
        for office in committees.order_by("pk")[:10]
    ]


def _of_arbitration(near):
    try:
        commission = commission_of(near)
    except NoOfficeToGoTo:
        return []
    return [Place(commission, _("straight to arbitration: mediation is not a condition"))]


def _centres():
    return Office.objects.filter(kind=Kind.COUNTY_CENTRE, is_active=True).order_by("pk")


def is_mediation(place):
    """Return whether filing at *place* asks for mediation rather than arbitration."""
    return place.tier != Tier.ARBITRATION
