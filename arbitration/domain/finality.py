"""Which claims of an award are final for the employer."""

from arbitration.domain.refusals import FigureMissing
from arbitration.models import ClaimAward
from law.classification import FINAL_AWARD_MONTHS, classify_award
from law.parameters import REGION, parameter_on
from law.refusals import LawRefusal

Paper = ClaimAward.Paper
# How the register of local figures names all places outside the urban districts.
COUNTY = "县"
URBAN = "区"


def propose_papers(proceeding, items, *, on):
    """Return the ``ClaimAward.Paper`` that the law proposes for each of *items*.

    *items* are pairs of a claim's kind and the amount awarded in yuan (None for nothing); *on*
    is the date of the award, whose minimum wage counts (劳动争议调解仲裁法 article 47,
    劳动人事争议仲裁办案规则 article 50). Raises ``FigureMissing``.
    """
    try:
        wage = _wage(proceeding, on=on)
        award = classify_award(
            [(kind, amount or 0) for kind, amount in items], monthly_min_wage=wage
        )
    except LawRefusal as error:
        raise FigureMissing(str(error), field="decided_on") from error
    return [Paper.FINAL if final else Paper.NON_FINAL for final in award.final]


def threshold_on(proceeding, *, on):
    """Return up to how many yuan a claim for money is final on the date *on*, None if unknown."""
    try:
        return _wage(proceeding, on=on) * FINAL_AWARD_MONTHS
    except LawRefusal:
        return None


def wage_district(office):
    """Return under which district the minimum wage at *office* is recorded."""
    urban = office.county in ("", REGION) or office.county.endswith(URBAN)
    return "" if urban else COUNTY


def _wage(proceeding, *, on):
    """Return the monthly minimum wage in yuan; raises what the law room raises."""
    return parameter_on("min_wage", on, county=wage_district(proceeding.office)).amount
