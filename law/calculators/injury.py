"""Lump sums and pensions of work-injury insurance (工伤保险条例35-39、64)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.numbers import round_yuan, whole, yuan
from law.refusals import WrongInput
from law.words import say_yuan

LUMP_MONTHS = (27, 25, 23, 21, 18, 16, 13, 11, 9, 7)
PENSION_SHARES = tuple(map(Decimal, ("0.90", "0.85", "0.80", "0.75", "0.70", "0.60")))
LOWEST, HIGHEST = Decimal("0.6"), Decimal("3")
DEATH_YEARS = 20
FUNERAL_MONTHS = 6


def lump_sum(grade, own_wage, regional_avg) -> Result:
    """Return the one-off disability benefit for *grade* 1 to 10.

    *own_wage*: the worker's monthly wage, counted within 60 to 300 per cent of *regional_avg*,
    both in yuan. Facts: "base" with two places, "months". Raises WrongInput.
    """
    months = LUMP_MONTHS[_grade(grade, 10) - 1]
    base = insured_wage(own_wage, regional_avg)
    line = Line(
        _("Grade %(grade)s: %(months)s months × %(base)s yuan.")
        % {"grade": whole(grade), "months": months, "base": say_yuan(base)},
        "工伤保险条例第三十五条、第三十六条、第三十七条",
    )
    facts = {"base": round_yuan(base), "months": months}
    return finish(base * months, (_base_line(base), line), facts)


def monthly_pension(grade, own_wage, regional_avg) -> Result:
    """Return the monthly disability allowance for *grade* 1 to 6; arguments as for `lump_sum`."""
    share = PENSION_SHARES[_grade(grade, 6) - 1]
    base = insured_wage(own_wage, regional_avg)
    line = Line(
        _("Grade %(grade)s: %(share)s%% of %(base)s yuan a month.")
        % {"grade": whole(grade), "share": int(share * 100), "base": say_yuan(base)},
        "工伤保险条例第三十五条、第三十六条",
    )
    return finish(base * share, (_base_line(base), line), {"base": round_yuan(base)})


def death_benefit(disposable_income) -> Result:
    """Return the one-off benefit for a death at work: 20 times the *disposable_income* per head
    of towns in the whole country in the year before, in yuan (工伤保险条例39). Raises WrongInput.
    """
    income = yuan(disposable_income, _("Disposable income of the previous year"))
    line = Line(
        _("20 × %(income)s yuan.") % {"income": say_yuan(income)},
        "工伤保险条例第三十九条第一款第三项",
    )
    return finish(income * DEATH_YEARS, (line,))


def funeral_grant(regional_avg) -> Result:
    """Return the funeral grant: six months of *regional_avg*, in yuan. Raises WrongInput."""
    wage = yuan(regional_avg, _("Local average wage"))
    line = Line(
        _("6 months × %(wage)s yuan.") % {"wage": say_yuan(wage)},
        "工伤保险条例第三十九条第一款第一项",
    )
    return finish(wage * FUNERAL_MONTHS, (line,))


def insured_wage(own_wage, regional_avg) -> Decimal:
    """Return *own_wage* within 60 to 300 per cent of *regional_avg* (工伤保险条例64)."""
    average = yuan(regional_avg, _("Local average wage"))
    own = yuan(own_wage, _("Own monthly wage"))
    return min(max(own, average * LOWEST), average * HIGHEST)


def _base_line(base):
    return Line(
        _("Own wage within 60%% to 300%% of the local average: %(base)s yuan.")
        % {"base": say_yuan(base)},
        "工伤保险条例第六十四条",
    )


def _grade(value, highest):
    grade = whole(value, _("Grade of disability"))
    if not 1 <= grade <= highest:
        raise WrongInput(
            _("The grade of disability must be between 1 and %(highest)s.") % {"highest": highest}
        )
    return grade
