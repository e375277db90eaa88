"""Annual leave: days in a year of coming or going, and pay for leave not taken."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.numbers import PAID_DAYS, plain, require_order, round_yuan, whole, yuan
from law.words import say_yuan

DAYS_OF_YEAR = 365
_DAYS_BY_YEARS = ((20, 15), (10, 10), (1, 5))
EXTRA_RATE = 2
FULL_RATE = 3


def statutory_days(years_worked) -> int:
    """Return the yearly leave for *years_worked* in all employments: 5, 10 or 15 days, or none
    in the first year (职工带薪年休假条例3).
    """
    years = yuan(years_worked, _("Years worked in all"))
    return next((days for least, days in _DAYS_BY_YEARS if years >= least), 0)


def days_in_first_year(hired: date, entitled_days, *, worked_12_months: bool = True) -> int:
    """Return the days of leave left in the year of hiring: remaining calendar days ÷ 365 ×
    *entitled_days*, parts of a day dropped (实施办法5); none before twelve months of continuous
    work (实施办法3).
    """
    if not worked_12_months:
        return 0
    remaining = (date(hired.year, 12, 31) - hired).days + 1
    return _share(remaining, entitled_days)


def days_in_last_year(left: date, entitled_days) -> int:
    """Return the days of leave earned until *left*, the last day of service: calendar days gone
    ÷ 365 × *entitled_days*, parts of a day dropped (实施办法12).
    """
    return _share(left.timetuple().tm_yday, entitled_days)


def _share(calendar_days, entitled_days):
    entitled = yuan(entitled_days, _("Days of leave per year"))
    return min(int(calendar_days * entitled / DAYS_OF_YEAR), int(entitled))


def unused_leave(left: date, entitled_days, taken=0, *, hired: date | None = None):
    """Return (days earned in the year of leaving, days of them not taken).

    Days taken beyond what was earned are not asked back (实施办法12). With *hired* in the same
    year only the days between count.
    """
    earned = days_in_last_year(left, entitled_days)
    if hired is not None and hired.year == left.year:
        require_order(hired, left, _("First day of service"), _("Last day of service"))
        earned = _share((left - hired).days + 1, entitled_days)
    return earned, max(0, earned - whole(taken, _("Days of leave taken")))


def daily_wage(avg_wage) -> Decimal:
    """Return the unrounded daily wage: *avg_wage* of the last twelve months without overtime
    ÷ 21.75 (实施办法11).
    """
    return yuan(avg_wage, _("Average wage of the last 12 months")) / PAID_DAYS


def annual_leave_pay(
    unused_days,
    daily,
    *,
    normal_wage_paid: bool = True,
    employer_arranged: bool = False,
    waived_in_writing: bool = False,
) -> Result:
    """Return the pay still due for *unused_days* at the *daily* wage in yuan.

    300 per cent are due, of which 100 are in the normal wage when that was paid (实施办法10).
    Only the normal wage is due when the employer arranged the leave and the worker waived it in
    writing (实施办法10(2)). Facts: "daily" and "amount_if_300pct", both with two places.
    Raises WrongInput.
    """
    days = yuan(unused_days, _("Days of leave not taken"))
    daily = yuan(daily, _("Daily wage"))
    waived = employer_arranged and waived_in_writing
    rate = (1 if waived else FULL_RATE) - (1 if normal_wage_paid else 0)
    facts = {
        "daily": round_yuan(daily),
        "amount_if_300pct": round_yuan(daily * days * FULL_RATE),
    }
    return finish(daily * days * rate, _lines(days, daily, rate, waived), facts)


def _lines(days, daily, rate, waived):
    if waived:
        yield Line(
            _("Leave was arranged and waived in writing: only the normal wage is due."),
            "企业职工带薪年休假实施办法第十条第二款",
        )
    yield Line(
        _("%(days)s days × %(daily)s yuan × %(rate)s%%.")
        % {"days": plain(days), "daily": say_yuan(daily), "rate": rate * 100},
        "职工带薪年休假条例第五条；企业职工带薪年休假实施办法第十条、第十一条",
    )
    if not waived and rate == EXTRA_RATE:
        yield Line(
            _("300 per cent are due; 100 of them were paid with the normal wage."),
            "企业职工带薪年休假实施办法第十条第一款",
        )
