"""The second wage for months without a written contract (劳动合同法10、82)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.calendar import ONE_DAY
from law.deadlines import add_months
from law.numbers import PAID_DAYS, require_order, yuan
from law.words import say_yuan


def double_wage(
    hired: date,
    monthly_wage,
    calendar,
    *,
    contract_signed: date | None = None,
    employment_ended: date | None = None,
    paid_days=PAID_DAYS,
) -> Result:
    """Return the second wage for the time without a contract, eleven months at most.

    It runs from the day after the first full month to the day before *contract_signed*, to the
    last day of employment, or to the day before the first year is full. Full months count the
    *monthly_wage* in yuan, the rest its actual working days at wage ÷ *paid_days*
    (解释(二)6). Facts: "from", "to" (None when nothing is due), "full_months",
    "workdays_in_partial", "months". Raises WrongInput.
    """
    wage = yuan(monthly_wage, _("Monthly wage"))
    first, last = _period(hired, contract_signed, employment_ended)
    if last < first:
        return _nothing_due()
    full = _full_months(hired, last)
    rest_from = add_months(hired, full + 1)
    workdays = max(0, calendar.workdays_between(rest_from - ONE_DAY, last))
    facts = {
        "from": first,
        "to": last,
        "full_months": full,
        "workdays_in_partial": workdays,
        "months": full + (workdays / Decimal(paid_days)).quantize(Decimal("0.01")),
    }
    amount = wage * full + wage / Decimal(paid_days) * workdays
    return finish(amount, _lines(facts, wage, paid_days), facts, _warnings(calendar, facts))


def _period(hired, signed, ended):
    first = add_months(hired, 1)
    last = add_months(hired, 12) - ONE_DAY
    if signed is not None:
        require_order(hired, signed, _("First day of service"), _("Contract signed"))
        last = min(last, signed - ONE_DAY)
    if ended is not None:
        require_order(hired, ended, _("First day of service"), _("Last day of service"))
        last = min(last, ended)
    return first, last


def _full_months(hired, last):
    """Count the months after the first that are full by *last*, each from the day of *hired*."""
    months = 0
    while add_months(hired, months + 2) - ONE_DAY <= last:
        months += 1
    return months


def _nothing_due():
    facts = {"from": None, "to": None, "full_months": 0, "workdays_in_partial": 0}
    line = Line(_("The contract was signed within the first month."), "劳动合同法第十条")
    return finish(Decimal(0), (line,), facts | {"months": Decimal(0)})


def _lines(facts, wage, paid_days):
    yield Line(
        _("Without a written contract from %(from)s to %(to)s, the first month left out.") % facts,
        "劳动合同法第十条、第八十二条；劳动合同法实施条例第六条、第七条",
    )
    yield Line(
        _("%(full)s full months × %(wage)s yuan.")
        % {"full": facts["full_months"], "wage": say_yuan(wage)},
        "劳动合同法第八十二条",
    )
    if facts["workdays_in_partial"]:
        yield Line(
            _("The rest: %(days)s working days × %(wage)s ÷ %(paid_days)s yuan.")
            % {
                "days": facts["workdays_in_partial"],
                "wage": say_yuan(wage),
                "paid_days": paid_days,
            },
            "法释〔2025〕12号第六条",
        )


def _warnings(calendar, facts):
    yield _("How an incomplete month is converted may differ by place: have a lawyer check it.")
    if facts["workdays_in_partial"] and calendar.missing_year(facts["from"], facts["to"]):
        yield _("Provisional: a holiday notice of the period is not known yet.")
