"""Who must be named as respondent beside the employer, and where that is written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

CAPACITIES = {
    "employer": _("employer"),
    "agency": _("dispatching agency"),
    "user": _("user enterprise"),
    "principal": _("organisation that gave the work out"),
    "contractor": _("individual contractor"),
    "investor": _("investor, founder or authority in charge"),
    "host": _("enterprise whose qualification is used"),
    "affiliate": _("affiliated employer"),
}
# An employer that may not act as one: none, revoked, run out, closed down, dissolved.
UNLICENSED = ("none", "revoked", "expired", "closed")


@dataclass(frozen=True)
class Requirement:
    """A constellation in which respondents of all these *capacities* are named together."""

    code: str
    title: object
    capacities: tuple
    article: str

    def missing(self, present):
        """Return the capacities that nobody among those *present* (codes) has."""
        return tuple(code for code in self.capacities if code not in present)


DISPATCH = Requirement(
    "dispatch",
    _("Labour dispatch: agency and user enterprise are named together."),
    ("agency", "user"),
    "劳动争议调解仲裁法第二十二条第二款",
)
CONTRACTOR = Requirement(
    "contractor",
    _("Individual contracting: contractor and the organisation that gave the work out are named."),
    ("contractor", "principal"),
    "劳动人事争议仲裁办案规则第七条",
)
INVESTOR = Requirement(
    "investor",
    _("Employer without a valid licence: its investor, founder or authority is named too."),
    ("investor",),
    "劳动人事争议仲裁办案规则第六条",
)
HOST = Requirement(
    "host",
    _("Subcontracted or under a borrowed qualification: who holds the qualification is named."),
    ("host",),
    "最高人民法院劳动争议解释（二）第一条、第二条",
)


def required(*, form="", dispatched=False, cause="", licences=()):
    """Return the ``Requirement`` rows of a dispute.

    *form* and *cause* are our codes of the form of employment and the main cause, *dispatched*
    says that she was dispatched, *licences* are the codes of the respondents' licences.
    """
    tests = {
        DISPATCH: dispatched or form == "dispatch" or cause == "dispatch",
        CONTRACTOR: form == "contractor",
        INVESTOR: any(code in UNLICENSED for code in licences),
        HOST: cause == "employer_liability",
    }
    return [requirement for requirement, holds in tests.items() if holds]
