"""Calculators about the beginning and the end of an employment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from law.calculators.double_wage import double_wage
from law.calculators.probation import probation_damages
from law.calculators.severance import (
    severance,
    severance_with_notice_pay,
    unlawful_termination,
)
from law.forms.base import AVG_WAGE, MIN_WAGE, Calculator, PlaceField
from law.forms.fields import AmountField, DayField, NumberField


class SeveranceCalculator(Calculator):
    """Severance N, N + 1 and 2N."""

    LAWFUL, WITHOUT_NOTICE, UNLAWFUL = "n", "n1", "2n"

    name = "severance"
    title = _("Severance pay")
    intro = _("N, N + 1 in lieu of notice, and 2N for unlawful termination.")
    sections = [
        (_("How it ended"), ["kind"]),
        (_("Service and wage"), ["start", "end", "avg_wage", "last_month_wage"]),
        (
            _("Figures of the place"),
            ["place", "local_avg_wage", "min_wage"],
            _("left empty, the recorded ones are taken"),
        ),
    ]
    spans = {"place": 6}

    kind = forms.ChoiceField(
        label=_("What is asked for"),
        choices=[
            (LAWFUL, _("N: the employer ended it lawfully, or it ended by article 46")),
            (WITHOUT_NOTICE, _("N + 1: ended under article 40 without 30 days' notice")),
            (UNLAWFUL, _("2N: the employer ended it unlawfully")),
        ],
        initial=LAWFUL,
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    start = DayField(label=_("First day of service"))
    end = DayField(label=_("Last day of service"))
    avg_wage = AmountField(
        label=_("Average wage of the last 12 months"),
        help_text=_("What was due per month, bonuses and allowances included."),
    )
    last_month_wage = AmountField(
        label=_("Wage of the last month"), required=False, help_text=_("For N + 1 only.")
    )
    place = PlaceField()
    local_avg_wage = AmountField(
        label=_("Average monthly wage of the city in the previous year"), required=False
    )
    min_wage = AmountField(label=_("Minimum wage"), required=False)

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder("start", "end")
        if cleaned.get("kind") == self.WITHOUT_NOTICE:
            self.need("last_month_wage")
        return cleaned

    def calculate(self, calendar):
        asked = self.cleaned_data
        service = (asked["start"], asked["end"], asked["avg_wage"])
        figures = {"local_avg_wage": asked["local_avg_wage"], "min_wage": asked["min_wage"]}
        if figures["local_avg_wage"] is None:
            figures["local_avg_wage"] = self.recorded(AVG_WAGE, asked["end"], county="")
        if figures["min_wage"] is None:
            figures["min_wage"] = self.recorded(MIN_WAGE, asked["end"])
        if asked["kind"] == self.UNLAWFUL:
            return unlawful_termination(*service, **figures)
        if asked["kind"] == self.WITHOUT_NOTICE:
            return severance_with_notice_pay(*service, asked["last_month_wage"], **figures)
        return severance(*service, **figures)


class DoubleWageCalculator(Calculator):
    """The second wage without a written contract."""

    name = "double-wage"
    title = _("Second wage without a written contract")
    intro = _("From the day after the first month, for eleven months at most.")
    sections = [
        (_("Service and wage"), ["hired", "monthly_wage", "contract_signed", "employment_ended"])
    ]

    hired = DayField(label=_("First day of service"))
    monthly_wage = AmountField(label=_("Monthly wage"))
    contract_signed = DayField(
        label=_("Contract signed"), required=False, help_text=_("Empty if there never was one.")
    )
    employment_ended = DayField(
        label=_("Last day of service"), required=False, help_text=_("Empty if it goes on.")
    )

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder("hired", "contract_signed")
        self.refuse_disorder("hired", "employment_ended")
        return cleaned

    def calculate(self, calendar):
        asked = self.cleaned_data
        return double_wage(
            asked["hired"],
            asked["monthly_wage"],
            calendar,
            contract_signed=asked["contract_signed"],
            employment_ended=asked["employment_ended"],
        )


class ProbationCalculator(Calculator):
    """Damages for a probation that is too long."""

    name = "probation"
    title = _("Damages for too long a probation")
    intro = _("Per month served too long, one wage as agreed after probation.")
    sections = [
        (
            _("Contract and wage"),
            ["contract_months", "served_months", "wage_after_probation"],
        )
    ]

    contract_months = NumberField(
        label=_("Length of the contract in months"),
        most=1200,
        unit=_("months"),
        required=False,
        help_text=_("Empty for an open-ended contract."),
    )
    served_months = NumberField(label=_("Probation served in months"), most=1200, unit=_("months"))
    wage_after_probation = AmountField(label=_("Wage after probation"))

    def calculate(self, calendar):
        asked = self.cleaned_data
        return probation_damages(
            asked["contract_months"], asked["served_months"], asked["wage_after_probation"]
        )
