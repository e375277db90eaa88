"""Where a claim can go that arbitration does not hear, or not first: no claim ends nowhere."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from law.claims import Nature, nature_of
from law.classification import OVERAGE_RULES_FROM, Route, overage_route
from law.retirement import Scheme, is_overage


class Relation(StrEnum):
    """On what footing somebody works, as far as it decides who hears the dispute."""

    LABOUR = "labour"
    OVERAGE = "overage"
    PLATFORM = "platform"
    SERVICE = "service"


class Where(StrEnum):
    """Who hears a claim."""

    ARBITRATION = "arbitration"
    MEDIATION = "mediation"
    COURT = "court"
    INSPECTION = "inspection"
    INSURANCE = "insurance"


TITLES = {
    Where.ARBITRATION: _("labour arbitration"),
    Where.MEDIATION: _("mediation here"),
    Where.COURT: _("the court, directly"),
    Where.INSPECTION: _("labour inspection"),
    Where.INSURANCE: _("the social insurance agency"),
}
RELATION_TITLES = {
    Relation.LABOUR: _("labour relation"),
    Relation.OVERAGE: _("worker over retirement age"),
    Relation.PLATFORM: _("platform work"),
    Relation.SERVICE: _("service relation"),
}


@dataclass(frozen=True)
class Avenue:
    """One way that is open to a claim: *where* it goes and the *article* that opens it."""

    where: Where
    article: str

    @property
    def title(self):
        """The way in words."""
        return TITLES[self.where]


_DECREE_56 = "人力资源社会保障部等五部门令第56号第十九条"
_SCOPE = "劳动争议调解仲裁法第二条"
_PEOPLE = "人民调解法第二条"
_CIVIL = "民事诉讼法第三条"
_PLATFORM_MEDIATION = "人社厅发〔2024〕4号"
_MIGRANT = "保障农民工工资支付条例第十条"
_INJURY_PLATFORM = "人社部发〔2025〕24号"
_MEDIATION = Avenue(Where.MEDIATION, _PEOPLE)
_COURT = Avenue(Where.COURT, _CIVIL)


def relation_of(*, form, cause="", born=None, sex="", on):
    """Return the ``Relation`` that a dispute of the date *on* is about.

    *form* and *cause* are our codes of the form of employment and the main cause; a worker *born*
    on a date of hers is over age by the table of retirement ages, a woman by the higher of her
    two ages unless she was re-employed after retirement.
    """
    if "platform" in (form, cause):
        return Relation.PLATFORM
    if form == "rehired" or cause == "overage" or (born and _is_over(born, sex, on)):
        return Relation.OVERAGE
    return Relation.SERVICE if form in ("service", "intern") else Relation.LABOUR


def _is_over(born, sex, on):
    return is_overage(born, Scheme.WOMEN_55 if sex == "f" else Scheme.MEN, on=on)


def avenues_of(relation, claim, *, on: date = OVERAGE_RULES_FROM, migrant=False):
    """Return the ``Avenue`` rows open to *claim* under *relation*, the first one first.

    Mediation is among them whatever the relation. *on* is the day of the matter, *migrant* says
    whether the worker is a migrant worker, whose pay labour inspection pursues.
    """
    nature = nature_of(claim)
    found = {
        Relation.LABOUR: _labour,
        Relation.OVERAGE: _overage,
        Relation.PLATFORM: _platform,
        Relation.SERVICE: _service,
    }[relation](nature, claim, on)
    if migrant and nature == Nature.REMUNERATION and relation != Relation.LABOUR:
        found = (*found, Avenue(Where.INSPECTION, _MIGRANT))
    return found


def _labour(nature, claim, on):
    return (Avenue(Where.ARBITRATION, _SCOPE), Avenue(Where.MEDIATION, "劳动争议调解仲裁法第十条"))


def _overage(nature, claim, on):
    if overage_route(claim, on=on) == Route.ARBITRATION:
        return (Avenue(Where.ARBITRATION, _DECREE_56), _MEDIATION)
    article = _DECREE_56 if on >= OVERAGE_RULES_FROM else _CIVIL
    return (_MEDIATION, Avenue(Where.COURT, article))


def _platform(nature, claim, on):
    mediation = Avenue(Where.MEDIATION, _PLATFORM_MEDIATION)
    if nature == Nature.RELATIONSHIP:
        return (Avenue(Where.ARBITRATION, _SCOPE), mediation)
    if nature in (Nature.INJURY, Nature.INJURY_MEDICAL):
        return (Avenue(Where.INSURANCE, _INJURY_PLATFORM), mediation, _COURT)
    return (mediation, _COURT)


def _service(nature, claim, on):
    if nature == Nature.RELATIONSHIP:
        return (Avenue(Where.ARBITRATION, _SCOPE), _MEDIATION)
    return (_MEDIATION, _COURT)
