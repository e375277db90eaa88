"""Why a case came to an office: said once, when it is opened there, and kept in its timeline."""

from django.utils.translation import gettext_noop as N_

from disputes.domain.employers import find_employer
from disputes.domain.timeline import record
from disputes.models import Party
from offices.models import Office

Kind = Office.Kind


def note_filing(proceeding, *, at, by):
    """Write down why the case of *proceeding* was filed at its office."""
    office = proceeding.office
    committee = _committee_of(proceeding.case)
    _note(proceeding, _why_filed(office, committee), at=at, by=by)


def note_going_on(proceeding, *, at, by):
    """Write down why the case goes on at the office of *proceeding*, from the one before."""
    _note(proceeding, _why_next(proceeding.sent_from, proceeding.office), at=at, by=by)


def _why_filed(office, committee):
    """Return why a case is filed at *office*; *committee* is that of the employer, or None."""
    if office.kind == Kind.ENTERPRISE_COMMITTEE:
        own = committee == office
        return _OWN_COMMITTEE if own else _CHOSEN
    if office.kind == Kind.INDUSTRY_COMMITTEE:
        return _INDUSTRY
    if office.tier == Office.Tier.ARBITRATION:
        return _STRAIGHT
    if not office.county:
        return _CHOSEN
    return _TERRITORY if committee else _WITHOUT_COMMITTEE


def _why_next(sender, office):
    """Return why a case of *sender* goes on at *office*."""
    if office.tier == Office.Tier.ARBITRATION:
        near = sender is not None and office.county == sender.county
        return _COMMISSION_OF_DISTRICT if near else _COMMISSION
    if office.kind == Kind.INDUSTRY_COMMITTEE:
        return _INDUSTRY
    return _PARENT if sender is not None and sender.parent_id == office.pk else _TERRITORY


_OWN_COMMITTEE = N_("Routed to %(office)s: the employer's own committee, nearest to the dispute")
_CHOSEN = N_("Routed to %(office)s: where the application was handed in")
_INDUSTRY = N_("Routed to %(office)s: the mediation committee of the industry %(industry)s")
_TERRITORY = N_("Routed to %(office)s: responsible for %(county)s")
# 辽宁省实施《中华人民共和国工会法》规定, article 28.
_WITHOUT_COMMITTEE = N_(
    "Routed to %(office)s: the employer has no committee in the register;"
    " responsible for %(county)s"
)
_PARENT = N_("Routed to %(office)s: guides the committee that mediated before")
_STRAIGHT = N_("Routed to %(office)s: the applicant chose arbitration at once")
_COMMISSION_OF_DISTRICT = N_("Routed to %(office)s: the commission of %(county)s")
_COMMISSION = N_("Routed to %(office)s: no commission in the district, so that of the city")


def _committee_of(case):
    """Return the committee of the employer of *case* in the register, or None."""
    employer = case.parties.filter(kind=Party.Kind.EMPLOYER).order_by("pk").first()
    if employer is None:
        return None
    found = (employer.credit_code and find_employer(employer.credit_code)) or find_employer(
        employer.name
    )
    return found.committee if found else None


def _note(proceeding, verb, *, at, by):
    office = proceeding.office
    facts = {"office": office.name, "county": office.county, "industry": office.industry}
    used = {name: value for name, value in facts.items() if f"%({name})s" in verb}
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, **used)
