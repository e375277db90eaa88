"""Damages for a probation longer than the law allows (劳动合同法19、83)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.numbers import plain, yuan
from law.words import say_yuan

OPEN_ENDED_MONTHS = 6
_LONGEST = ((36, 6), (12, 2), (3, 1))


def longest_probation(contract_months) -> int:
    """Return the longest lawful probation in months for a contract of *contract_months*.

    None means an open-ended contract. Below three months there may be no probation at all.
    """
    if contract_months in (None, ""):
        return OPEN_ENDED_MONTHS
    length = yuan(contract_months, _("Length of the contract in months"))
    return next((months for least, months in _LONGEST if length >= least), 0)


def probation_damages(contract_months, served_months, wage_after_probation) -> Result:
    """Return the damages for probation served beyond the lawful length.

    Per month served too long, one monthly wage as agreed after probation, in yuan. Facts:
    "legal_max_months", "excess_months". Raises WrongInput.
    """
    longest = longest_probation(contract_months)
    served = yuan(served_months, _("Probation served in months"))
    wage = yuan(wage_after_probation, _("Wage after probation"))
    excess = max(Decimal(0), served - longest)
    lines = (
        Line(
            _("The longest lawful probation is %(months)s months.") % {"months": longest},
            "劳动合同法第十九条",
        ),
        Line(
            _("%(excess)s months too long × %(wage)s yuan.")
            % {"excess": plain(excess), "wage": say_yuan(wage)},
            "劳动合同法第八十三条",
        ),
    )
    return finish(excess * wage, lines, {"legal_max_months": longest, "excess_months": excess})
