"""The work log, the closing report, the rating and the check of quality."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import MoneyField
from legal_aid.domain import representation
from legal_aid.forms.base import SCORES, AidForm, LineField, PastDayField, TextField
from legal_aid.models import Closing, WorkEntry


class LogForm(AidForm):
    """A line of the work log."""

    title = _("Log work")
    done = _("The work is logged.")
    sections = [("", ["on", "hours", "kind", "text"])]
    spans = {"on": 2, "hours": 2, "kind": 2}

    on = PastDayField(label=_("Date"))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.1"),
        max_value=Decimal(24),
        max_digits=4,
        decimal_places=1,
    )
    kind = forms.ChoiceField(label=_("What was done"), choices=WorkEntry.Kind.choices)
    text = LineField(label=_("In words"), max_length=500)

    def prepare(self):
        self.fill(on=self.today)

    def do(self, *, at, by):
        return representation.log_work(self.row, **self.cleaned_data, at=at, by=by)


class CloseForm(AidForm):
    """The closing report."""

    title = _("Hand in the closing report")
    intro = _("The matter ends and its file closes to you. The centre checks the report.")
    button = _("Hand in")
    done = _("The closing report is handed in.")
    sections = [("", ["outcome", "recovered", "report"])]
    spans = {"outcome": 3, "recovered": 3}

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Closing.Outcome.choices)
    recovered = MoneyField(label=_("Recovered (yuan)"))
    report = TextField(label=_("Report"))

    def do(self, *, at, by):
        return representation.close(self.row, **self.cleaned_data, at=at, by=by)


class RateForm(AidForm):
    """The client's rating."""

    title = _("Record the client's rating")
    sections = [("", ["rating", "words"])]

    rating = forms.TypedChoiceField(
        label=_("How satisfied she is (5 is best)"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = LineField(label=_("In her words"), max_length=500, required=False)

    def do(self, *, at, by):
        return representation.rate(self.row.closing, **self.cleaned_data, at=at, by=by)


class QualityForm(AidForm):
    """The check of quality."""

    title = _("Check the quality")
    sections = [("", ["quality", "words"])]

    quality = forms.IntegerField(label=_("Score, 0 to 100"), min_value=0, max_value=100)
    words = LineField(label=_("Remarks"), max_length=500, required=False)

    def do(self, *, at, by):
        return representation.check_quality(self.row.closing, **self.cleaned_data, at=at, by=by)
