"""Overtime pay by kind of day: 150, 200 or 300 per cent (劳动法44)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.calendar import DayType
from law.numbers import HOURS_PER_DAY, PAID_DAYS, plain, round_yuan, yuan
from law.words import say_day, say_yuan

RATES = {
    DayType.WORKDAY: Decimal("1.5"),
    DayType.RESTDAY: Decimal("2"),
    DayType.STATUTORY: Decimal("3"),
}
_ARTICLES = {
    DayType.WORKDAY: "劳动法第四十四条第一项",
    DayType.RESTDAY: "劳动法第四十四条第二项",
    DayType.STATUTORY: "劳动法第四十四条第三项",
}


@dataclass(frozen=True)
class Overtime:
    """Hours worked on a day: *extra* beyond the normal ones, *normal* within them.

    On a working day the normal hours are paid by the wage; on a day off all hours count.
    """

    on: date
    extra: Decimal = Decimal(0)
    normal: Decimal = Decimal(0)


def overtime(
    monthly_wage,
    work: Iterable[Overtime],
    calendar,
    *,
    compensatory_leave: bool = False,
    paid_days=PAID_DAYS,
) -> Result:
    """Return the overtime pay for *work* at the hourly wage *monthly_wage* ÷ *paid_days* ÷ 8.

    *compensatory_leave*: rest days were made up by leave, so nothing is paid for them; statutory
    holidays cannot be made up. Facts: "hourly" in yuan with two places, "rates" and "parts", one
    each per day of work: the rate, and the unrounded amount. Raises WrongInput.
    """
    wage = yuan(monthly_wage, _("Monthly wage"))
    hourly = wage / Decimal(paid_days) / HOURS_PER_DAY
    work = tuple(work)
    types = [calendar.day_type(piece.on) for piece in work]
    parts = [
        _part(piece, kind, hourly, compensatory_leave)
        for piece, kind in zip(work, types, strict=True)
    ]
    lines = [_hourly_line(wage, hourly, paid_days)]
    lines += [
        _day_line(piece, kind, calendar, compensatory_leave)
        for piece, kind in zip(work, types, strict=True)
    ]
    facts = {"hourly": round_yuan(hourly), "rates": [RATES[t] for t in types], "parts": parts}
    return finish(sum(parts, Decimal(0)), lines, facts, _warnings(work, calendar))


def _hours(piece, kind):
    return piece.extra if kind == DayType.WORKDAY else piece.extra + piece.normal


def _part(piece, kind, hourly, compensatory_leave):
    if compensatory_leave and kind == DayType.RESTDAY:
        return Decimal(0)
    return hourly * _hours(piece, kind) * RATES[kind]


def _hourly_line(wage, hourly, paid_days):
    return Line(
        _("Hourly wage: %(wage)s ÷ %(paid_days)s ÷ 8 = %(hourly)s yuan.")
        % {"wage": say_yuan(wage), "paid_days": paid_days, "hourly": say_yuan(hourly)},
        "人社部发〔2025〕2号",
    )


def _day_line(piece, kind, calendar, compensatory_leave):
    words = {
        "day": say_day(piece.on),
        "why": calendar.why(piece.on),
        "hours": plain(_hours(piece, kind)),
        "rate": f"{plain(RATES[kind] * 100)}%",
    }
    if compensatory_leave and kind == DayType.RESTDAY:
        text = _("%(day)s (%(why)s): %(hours)s hours made up by leave.") % words
    else:
        text = _("%(day)s (%(why)s): %(hours)s hours × hourly wage × %(rate)s.") % words
    return Line(text, _ARTICLES[kind])


def _warnings(work, calendar):
    for year in sorted({piece.on.year for piece in work}):
        if not calendar.has_notice(year):
            yield _("Provisional: the holiday notice for %(year)s is not known yet.") % {
                "year": year
            }
