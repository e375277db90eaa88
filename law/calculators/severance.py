"""Severance pay N, its double for unlawful termination, and N + 1 (劳动合同法40、46-48、87)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.calendar import ONE_DAY
from law.deadlines import add_months
from law.numbers import plain, require_order, round_yuan, yuan
from law.words import say_day, say_yuan

CAP_TIMES = 3
CAP_YEARS = 12
LAW_IN_FORCE = date(2008, 1, 1)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Basis:
    """Months of pay that the service is worth, the monthly base in yuan, and how both came."""

    months: Decimal
    base: Decimal
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()

    @property
    def facts(self):
        """The figures a person wants to see: "months" and "base" with two places."""
        return {"months": self.months, "base": round_yuan(self.base)}


def severance(start: date, end: date, avg_wage, *, local_avg_wage=None, min_wage=None) -> Result:
    """Return the severance pay for service from *start* to *end*, both days included.

    *avg_wage*: what was due per month over the last twelve months, in yuan. *local_avg_wage*:
    the city's average monthly wage of the previous year; above three times of it, base and years
    are capped. *min_wage*: the monthly minimum wage, below which the base does not fall.
    Service before 2008 counts by the rules of that time, with a warning (劳动合同法97).
    Raises WrongInput.
    """
    basis = _basis(start, end, avg_wage, local_avg_wage, min_wage, since_2008=True)
    line = Line(
        _("Severance pay: %(months)s months × %(base)s yuan.") % _words(basis),
        "劳动合同法第四十七条",
    )
    return finish(basis.base * basis.months, (*basis.lines, line), basis.facts, basis.warnings)


def unlawful_termination(
    start: date, end: date, avg_wage, *, local_avg_wage=None, min_wage=None
) -> Result:
    """Return the damages 2N for unlawful termination; arguments as for `severance`.

    Years count from the first day of service, and severance is not paid beside it
    (实施条例25). Raises WrongInput.
    """
    basis = _basis(start, end, avg_wage, local_avg_wage, min_wage, since_2008=False)
    line = Line(
        _("Twice the severance pay: 2 × %(months)s months × %(base)s yuan.") % _words(basis),
        "劳动合同法第八十七条；劳动合同法实施条例第二十五条",
    )
    return finish(2 * basis.base * basis.months, (*basis.lines, line), basis.facts, basis.warnings)


def severance_with_notice_pay(
    start: date, end: date, avg_wage, last_month_wage, *, local_avg_wage=None, min_wage=None
) -> Result:
    """Return N + 1: severance and, for the missing notice of 30 days, *last_month_wage* in yuan.

    Other arguments as for `severance`. Raises WrongInput.
    """
    basis = _basis(start, end, avg_wage, local_avg_wage, min_wage, since_2008=True)
    extra = yuan(last_month_wage, _("Wage of the last month"))
    line = Line(
        _("%(months)s months × %(base)s yuan + %(extra)s yuan in lieu of notice.")
        % (_words(basis) | {"extra": say_yuan(extra)}),
        "劳动合同法第四十条、第四十七条；劳动合同法实施条例第二十条",
    )
    return finish(
        basis.base * basis.months + extra, (*basis.lines, line), basis.facts, basis.warnings
    )


def months_of_pay(start: date, end: date) -> Decimal:
    """Return the months of pay for service from *start* to *end*, both days included.

    A year gives one, six months or more one, less than six months a half (劳动合同法47).
    """
    months, rest = _full_months(start, end)
    years, months = divmod(months, 12)
    if months >= 6:
        return Decimal(years + 1)
    return years + (HALF if months or rest else Decimal(0))


def _full_months(start, end):
    """Return (full months, whether days are left over) from *start* through *end*."""
    after = end + ONE_DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    if add_months(start, months) > after:
        months -= 1
    return months, add_months(start, months) < after


def _basis(start, end, avg_wage, local_avg_wage, min_wage, *, since_2008):
    require_order(start, end, _("First day of service"), _("Last day of service"))
    months, lines, warnings = _service(start, end, since_2008)
    base = yuan(avg_wage, _("Average wage of the last 12 months"))
    if min_wage not in (None, ""):
        base = _raise_to_minimum(base, yuan(min_wage, _("Minimum wage")), lines)
    if local_avg_wage not in (None, ""):
        limit = yuan(local_avg_wage, _("Local average wage")) * CAP_TIMES
        base, months = _cap(base, months, limit, lines)
    return Basis(months, base, tuple(lines), tuple(warnings))


def _service(start, end, since_2008):
    if since_2008 and start < LAW_IN_FORCE:
        return _service_across_2008(start, end)
    months = months_of_pay(start, end)
    return months, [_service_line(start, end, months)], []


def _service_across_2008(start, end):
    """Count service before 2008 by the old rule (劳部发〔1994〕481号): one month per year begun."""
    old_end = min(end, LAW_IN_FORCE - ONE_DAY)
    full, rest = _full_months(start, old_end)
    old = Decimal(full // 12 + (1 if full % 12 or rest else 0))
    lines = [
        Line(
            _("Service before 2008: each year begun counts one month, %(months)s months.")
            % {"months": plain(old)},
            "劳动合同法第九十七条",
        )
    ]
    new = Decimal(0)
    if end >= LAW_IN_FORCE:
        new = months_of_pay(LAW_IN_FORCE, end)
        lines.append(_service_line(LAW_IN_FORCE, end, new))
    warning = _("Service before 2008 follows the rules of that time: have a lawyer check it.")
    return old + new, lines, [warning]


def _service_line(start, end, months):
    return Line(
        _("Service from %(start)s to %(end)s is worth %(months)s months of pay.")
        % {"start": say_day(start), "end": say_day(end), "months": plain(months)},
        "劳动合同法第四十七条第一款",
    )


def _raise_to_minimum(base, minimum, lines):
    if base < minimum:
        lines.append(
            Line(
                _("The average wage is below the minimum wage, so %(minimum)s yuan count.")
                % {"minimum": say_yuan(minimum)},
                "劳动合同法实施条例第二十七条",
            )
        )
    return max(base, minimum)


def _cap(base, months, limit, lines):
    if base <= limit:
        return base, months
    lines.append(
        Line(
            _("Above three times the local average wage: %(limit)s yuan and 12 years at most.")
            % {"limit": say_yuan(limit)},
            "劳动合同法第四十七条第二款",
        )
    )
    return limit, min(months, Decimal(CAP_YEARS))


def _words(basis):
    return {"months": plain(basis.months), "base": say_yuan(basis.base)}
