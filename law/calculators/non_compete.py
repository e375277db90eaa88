"""Compensation for a non-compete clause that names none (解释(一)36)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.numbers import round_yuan, whole, yuan
from law.words import say_yuan

SHARE = Decimal("0.3")
LONGEST_MONTHS = 24


def non_compete(avg_wage, min_wage, *, months=1) -> Result:
    """Return the compensation for *months* of keeping the clause, at most two years.

    Per month 30 per cent of *avg_wage*, the average of the last twelve months, but not less than
    the minimum wage *min_wage*, both in yuan. Facts: "monthly" with two places. Raises WrongInput.
    """
    wage = yuan(avg_wage, _("Average wage of the last 12 months"))
    minimum = yuan(min_wage, _("Minimum wage"))
    length = min(whole(months, _("Months")), LONGEST_MONTHS)
    monthly = max(wage * SHARE, minimum)
    words = {"wage": say_yuan(wage), "minimum": say_yuan(minimum), "months": length}
    lines = (
        Line(
            _("Per month 30%% of %(wage)s yuan, at least %(minimum)s yuan.") % words,
            "法释〔2020〕26号第三十六条",
        ),
        Line(_("%(months)s months.") % words, "劳动合同法第二十四条"),
    )
    return finish(monthly * length, lines, {"monthly": round_yuan(monthly)})
