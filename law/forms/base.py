"""What every calculator page has: a name, a title, questions, and an answer."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from law.calculators.result import Line
from law.models import LocalParameter
from law.models.rules import Confidence
from law.parameters import REGION, parameter_on
from law.refusals import ParameterMissing
from law.words import say_day, say_yuan

URBAN, COUNTIES = "urban", "county"
PLACES = [
    (URBAN, gettext_lazy("urban districts")),
    (COUNTIES, gettext_lazy("counties and county-level cities")),
]
# As the figures are recorded: no name for the urban districts, 县 for all counties.
_COUNTY = {URBAN: "", COUNTIES: "县"}


class Calculator(forms.Form):
    """The questions of one calculator. They hold no name and no number of anybody.

    A question that is left empty takes its figure from those recorded for the place; each figure
    taken is named in the trace, and each one missing in the warnings. Each calculator has
    ``calculate(calendar)``, its ``Result`` without the figures taken.
    """

    name = ""
    title = ""
    intro = ""
    sections = ()
    spans = {}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.sources, self.doubts = [], []

    def answer(self, calendar):
        """Return the ``Result`` of the cleaned questions; raises ``LawRefusal``."""
        result = self.calculate(calendar)
        return replace(
            result,
            trace=(*self.sources, *result.trace),
            warnings=(*result.warnings, *self.doubts),
        )

    def recorded(self, figure, on, *, region=REGION, county=None):
        """Return the amount of *figure* recorded for the day *on*, or None with a warning."""
        county = _COUNTY[self.cleaned_data.get("place") or URBAN] if county is None else county
        try:
            row = parameter_on(figure, on, region=region, county=county)
        except ParameterMissing as missing:
            self.doubts.append(str(missing))
            return None
        self._name_figure(row, on)
        return row.amount

    def _name_figure(self, row, on):
        words = {"name": row.get_name_display(), "amount": say_yuan(row.amount), "day": say_day(on)}
        text = _("%(name)s on %(day)s: %(amount)s yuan.") % words
        self.sources.append(Line(text, row.source))
        if row.confidence != Confidence.STATUTE:
            self.doubts.append(
                _("“%(name)s” has not been checked against its notice: verify it.") % words
            )

    def need(self, *names):
        """Say beside each of the fields *names* that is empty that it is needed now."""
        for name in names:
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, _("Needed for what you chose above."))

    def refuse_disorder(self, first, last):
        """Say beside the field *last* when its day lies before that of *first*."""
        begin, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begin and end and end < begin:
            words = {"first": self.fields[first].label, "last": self.fields[last].label}
            self.add_error(last, _("“%(last)s” lies before “%(first)s”.") % words)


class PlaceField(forms.ChoiceField):
    """In which part of the city a figure holds; left out, the urban districts."""

    may_be_left_out = True

    def __init__(self):
        super().__init__(
            label=gettext_lazy("Place of work"),
            choices=PLACES,
            initial=URBAN,
            widget=forms.RadioSelect({"data-look": "seg"}),
            help_text=gettext_lazy("Decides which recorded minimum wage counts."),
        )

    def bound_data(self, data, initial):
        return super().bound_data(data or URBAN, initial)

    def clean(self, value):
        return super().clean(value or URBAN)


MIN_WAGE = LocalParameter.Name.MIN_WAGE
AVG_WAGE = LocalParameter.Name.AVG_WAGE
DISPOSABLE_INCOME = LocalParameter.Name.DISPOSABLE_INCOME
