"""Calculators about work injuries and non-compete clauses."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from law.calculators.injury import death_benefit, funeral_grant, lump_sum, monthly_pension
from law.calculators.non_compete import non_compete
from law.forms.base import (
    AVG_WAGE,
    DISPOSABLE_INCOME,
    MIN_WAGE,
    Calculator,
    PlaceField,
)
from law.forms.fields import AmountField, CountField, DayField
from law.refusals import WrongInput

NATION, TOWNS = "全国", "城镇"


class InjuryCalculator(Calculator):
    """Benefits of work-injury insurance."""

    LUMP_SUM, PENSION, DEATH, FUNERAL = "lump_sum", "pension", "death", "funeral"

    name = "injury"
    title = _("Work injury benefits")
    intro = _("Lump sum and allowance by grade, benefit for a death at work, funeral grant.")
    sections = [
        (_("Which benefit"), ["kind"]),
        (_("Disability"), ["grade", "own_wage"]),
        (_("Death at work"), ["died_on", "disposable_income"]),
        (
            _("Figures of the place"),
            ["on", "regional_avg"],
            _("left empty, the recorded ones are taken"),
        ),
    ]

    kind = forms.ChoiceField(
        label=_("What is asked for"),
        choices=[
            (LUMP_SUM, _("one-off disability benefit, grades 1 to 10")),
            (PENSION, _("monthly disability allowance, grades 1 to 6")),
            (DEATH, _("one-off benefit for a death at work")),
            (FUNERAL, _("funeral grant")),
        ],
        initial=LUMP_SUM,
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    grade = CountField(label=_("Grade of disability"), most=10, required=False)
    own_wage = AmountField(
        label=_("Own monthly wage"),
        required=False,
        help_text=_("Average of the twelve months before the injury, as insured."),
    )
    died_on = DayField(label=_("Day of death"), required=False)
    disposable_income = AmountField(
        label=_("Disposable income of the previous year"),
        required=False,
        help_text=_("Per head of towns in the whole country."),
    )
    on = DayField(
        label=_("Day of the injury or death"),
        required=False,
        help_text=_("Needed when the average wage is left empty."),
    )
    regional_avg = AmountField(label=_("Local average wage"), required=False)

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in (self.LUMP_SUM, self.PENSION):
            self.need("grade", "own_wage")
        if kind == self.DEATH and cleaned.get("disposable_income") is None:
            self.need("died_on")
        elif kind and kind != self.DEATH and cleaned.get("regional_avg") is None:
            self.need("on")
        return cleaned

    def calculate(self, calendar):
        asked = self.cleaned_data
        if asked["kind"] == self.DEATH:
            return death_benefit(self._income())
        if asked["kind"] == self.FUNERAL:
            return funeral_grant(self._average())
        benefit = lump_sum if asked["kind"] == self.LUMP_SUM else monthly_pension
        return benefit(asked["grade"], asked["own_wage"], self._average())

    def _income(self):
        asked = self.cleaned_data
        if asked["disposable_income"] is not None:
            return asked["disposable_income"]
        return self._or_refuse(
            self.recorded(DISPOSABLE_INCOME, asked["died_on"], region=NATION, county=TOWNS)
        )

    def _average(self):
        asked = self.cleaned_data
        if asked["regional_avg"] is not None:
            return asked["regional_avg"]
        return self._or_refuse(self.recorded(AVG_WAGE, asked["on"], county=""))

    def _or_refuse(self, amount):
        if amount is None:
            raise WrongInput(self.doubts.pop())
        return amount


class NonCompeteCalculator(Calculator):
    """Compensation for a non-compete clause that names none."""

    name = "non-compete"
    title = _("Compensation for a non-compete clause")
    intro = _("Where none was agreed: 30 per cent of the average wage, at least the minimum wage.")
    sections = [
        (_("Wage and time"), ["avg_wage", "months"]),
        (
            _("Figures of the place"),
            ["place", "on", "min_wage"],
            _("left empty, the recorded ones are taken"),
        ),
    ]
    spans = {"place": 6}

    avg_wage = AmountField(label=_("Average wage of the last 12 months"))
    months = CountField(
        label=_("Months"),
        most=24,
        unit=_("months"),
        required=False,
        help_text=_("How long the clause was kept; empty for one month."),
    )
    place = PlaceField()
    on = DayField(
        label=_("Day of the minimum wage"), required=False, help_text=_("Empty for today.")
    )
    min_wage = AmountField(label=_("Minimum wage"), required=False)

    def calculate(self, calendar):
        asked = self.cleaned_data
        minimum = asked["min_wage"]
        if minimum is None:
            minimum = self.recorded(MIN_WAGE, asked["on"] or timezone.localdate())
        if minimum is None:
            raise WrongInput(self.doubts.pop())
        return non_compete(asked["avg_wage"], minimum, months=asked["months"] or 1)
