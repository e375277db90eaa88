"""Finding an employer in the register of offices, by name or credit code."""

import re
from dataclasses import dataclass

from disputes.domain.refusals import NoOfficeToGoTo
from disputes.domain.routing import region_of
from offices.models import Office
from offices.validators import normalise_credit_code, normalise_organisation

COMMITTEE = ("劳动争议调解委员会", "劳动人事争议调解委员会", "调解委员会")
_CODE = re.compile(r"[0-9A-Z]{15,20}", re.ASCII)


@dataclass(frozen=True)
class Employer:
    """What the register knows of an employer: that it has a mediation committee, and where."""

    name: str
    committee: Office

    @property
    def credit_code(self):
        return self.committee.credit_code

    @property
    def facts(self):
        """What is known besides: name, credit code, industry, district."""
        known = (self.name, self.credit_code, self.industry, self.county)
        return [fact for fact in known if fact]

    @property
    def industry(self):
        return self.committee.industry

    @property
    def county(self):
        return self.committee.county


def looks_like_code(text):
    """Return whether *text* is meant as a credit code rather than a name."""
    return bool(_CODE.fullmatch(normalise_credit_code(text)))


def find_employer(text):
    """Return the ``Employer`` whose name or credit code is *text*, or None."""
    text = normalise_organisation((text or "").replace("\x00", ""))
    if len(text) < 2:
        return None
    committees = Office.objects.filter(kind=Office.Kind.ENTERPRISE_COMMITTEE, is_active=True)
    if looks_like_code(text):
        found = committees.filter(credit_code=normalise_credit_code(text)).first()
    else:
        found = committees.filter(name__in=[text, *(text + ending for ending in COMMITTEE)]).first()
    return found and Employer(name=employer_name(found), committee=found)


def employer_name(committee):
    """Return the name of the enterprise whose mediation committee *committee* is."""
    for ending in COMMITTEE:
        if committee.name.endswith(ending):
            return committee.name.removesuffix(ending)
    return committee.name


def region_of_employer(employer):
    """Return the regional office responsible for *employer*, or None when there is none."""
    try:
        return region_of(employer.committee)
    except NoOfficeToGoTo:
        return None
