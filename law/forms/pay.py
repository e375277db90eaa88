"""Calculators about pay: overtime, leave, arrears."""

import re
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from law.calculators.annual_leave import (
    annual_leave_pay,
    daily_wage,
    days_in_first_year,
    statutory_days,
    unused_leave,
)
from law.calculators.arrears import arrears_surcharge
from law.calculators.overtime import Overtime, overtime
from law.calculators.result import Line
from law.forms.base import Calculator
from law.forms.fields import AmountField, CountField, DayField, NumberField, YesNoField
from law.refusals import WrongInput

ROWS, MOST_ROWS = 3, 31
_ROW = re.compile(r"(?:day|hours)_(\d{1,2})")


def _with_rows(data):
    """Return *data* with repeated keys "day" and "hours", as programs send them, in rows."""
    if not hasattr(data, "getlist"):
        return data
    rows = data.copy()
    for part in ("day", "hours"):
        for row, value in enumerate(rows.pop(part, ())[:MOST_ROWS], 1):
            rows[f"{part}_{row}"] = value
    return rows


class OvertimeCalculator(Calculator):
    """Overtime by kind of day."""

    name = "overtime"
    title = _("Overtime pay")
    intro = _("150 per cent on working days, 200 on days off, 300 on statutory holidays.")

    monthly_wage = AmountField(label=_("Monthly wage"))
    leave_given = YesNoField(
        label=_("Were rest days made up by leave?"),
        help_text=_("Statutory holidays cannot be made up by leave."),
    )

    def __init__(self, data=None, **options):
        super().__init__(_with_rows(data) if data else data, **options)
        self.rows = self._count_rows()
        for row in range(1, self.rows + 1):
            self.fields[f"day_{row}"] = DayField(
                label=gettext("Day %(n)s") % {"n": row}, required=False
            )
            self.fields[f"hours_{row}"] = NumberField(
                label=gettext("Hours on day %(n)s") % {"n": row},
                most=24,
                required=False,
                unit=_("hours"),
            )

    @property
    def sections(self):
        """The sections of the form: those of the days as many as were asked for."""
        names = [f"{part}_{row}" for row in range(1, self.rows + 1) for part in ("day", "hours")]
        return [
            (_("Wage"), ["monthly_wage", "leave_given"]),
            (_("Days worked"), names, _("on a day off all hours count")),
        ]

    @property
    def more_rows(self):
        """How many rows the form would have with some more, None when it has the most."""
        return min(self.rows + 4, MOST_ROWS) if self.rows < MOST_ROWS else None

    def _count_rows(self):
        source = self.data or self.initial
        rows = [int(found[1]) for key in source if (found := _ROW.fullmatch(key)) and source[key]]
        asked = str(source.get("rows", ""))
        rows.append(int(asked) if asked.isascii() and asked.isdecimal() else 0)
        return min(max(ROWS, *rows), MOST_ROWS)

    def clean(self):
        cleaned = super().clean()
        for row in range(1, self.rows + 1):
            day, hours = f"day_{row}", f"hours_{row}"
            if cleaned.get(day) and not cleaned.get(hours) and hours not in self.errors:
                self.add_error(hours, gettext("Enter the hours of this day."))
            if cleaned.get(hours) and not cleaned.get(day) and day not in self.errors:
                self.add_error(day, gettext("Enter the day of these hours."))
        if not self.errors and not self._work():
            self.add_error("day_1", gettext("Enter at least one day with its hours."))
        return cleaned

    def _work(self):
        asked = self.cleaned_data
        return [
            Overtime(asked[f"day_{row}"], asked[f"hours_{row}"])
            for row in range(1, self.rows + 1)
            if asked.get(f"day_{row}")
        ]

    def calculate(self, calendar):
        asked = self.cleaned_data
        return overtime(
            asked["monthly_wage"],
            self._work(),
            calendar,
            compensatory_leave=asked["leave_given"],
        )


class AnnualLeaveCalculator(Calculator):
    """Pay for annual leave that was not taken."""

    name = "annual-leave"
    title = _("Pay for annual leave not taken")
    intro = _("Days of the year, those not taken, and what is still due for them.")
    sections = [
        (_("Service"), ["years_worked", "taken", "hired", "left"]),
        (_("Pay"), ["avg_wage", "normal_wage_paid", "waived"]),
    ]

    years_worked = NumberField(
        label=_("Years worked in all"),
        most=80,
        unit=_("years"),
        help_text=_("With all employers. 1 gives 5 days, 10 give 10, 20 give 15."),
    )
    taken = CountField(label=_("Days of leave taken"), most=366, unit=_("days"), required=False)
    hired = DayField(
        label=_("First day of service"),
        required=False,
        help_text=_("Only if it lies in the year in question."),
    )
    left = DayField(
        label=_("Last day of service"),
        required=False,
        help_text=_("Only if it lies in the year in question."),
    )
    avg_wage = AmountField(
        label=_("Average wage of the last 12 months"), help_text=_("Without overtime pay.")
    )
    normal_wage_paid = YesNoField(label=_("Was the normal wage paid for these days?"), initial=True)
    waived = YesNoField(
        label=_("Did the employer arrange the leave and the worker waive it in writing?")
    )

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder("hired", "left")
        hired, left = cleaned.get("hired"), cleaned.get("left")
        if hired and left and hired.year != left.year:
            self.add_error("hired", gettext("Leave this empty: it lies in another year."))
        return cleaned

    def calculate(self, calendar):
        asked = self.cleaned_data
        entitled = statutory_days(asked["years_worked"])
        earned, unused = self._days(entitled, asked["taken"] or 0)
        self.sources.append(
            Line(
                gettext("%(entitled)s days a year, %(earned)s earned, %(unused)s not taken.")
                % {"entitled": entitled, "earned": earned, "unused": unused},
                "职工带薪年休假条例第三条；企业职工带薪年休假实施办法第五条、第十二条",
            )
        )
        return annual_leave_pay(
            unused,
            daily_wage(asked["avg_wage"]),
            normal_wage_paid=asked["normal_wage_paid"],
            employer_arranged=asked["waived"],
            waived_in_writing=asked["waived"],
        )

    def _days(self, entitled, taken):
        hired, left = self.cleaned_data["hired"], self.cleaned_data["left"]
        if left:
            return unused_leave(left, entitled, taken, hired=hired)
        earned = days_in_first_year(hired, entitled) if hired else entitled
        return earned, max(0, earned - taken)


class ArrearsCalculator(Calculator):
    """The surcharge on wages in arrears."""

    name = "arrears"
    title = _("Surcharge on wages in arrears")
    intro = _("50% to 100%, only after an order of the labour administration.")
    sections = [(_("Arrears"), ["arrears", "order_issued", "paid_by_deadline"])]
    spans = {"arrears": 6}

    arrears = AmountField(label=_("Wages in arrears"))
    order_issued = YesNoField(
        label=_("Did the labour administration order payment by a day?"),
    )
    paid_by_deadline = YesNoField(label=_("Did the employer pay by that day?"))

    def calculate(self, calendar):
        asked = self.cleaned_data
        result = arrears_surcharge(
            asked["arrears"],
            order_issued=asked["order_issued"],
            paid_by_deadline=asked["paid_by_deadline"],
        )
        if result.amount == Decimal(0) and asked["arrears"] == 0:
            raise WrongInput(gettext("Enter the wages that are in arrears."))
        return result
