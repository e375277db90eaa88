"""Recording a first contact or an answer, and setting how much time there is."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField
from disputes.look.widgets import MomentInput
from disputes.models import Measure, ResponseLimit, Urgency


class RecordForm(forms.Form):
    """When it happened, and how."""

    met_at = forms.DateTimeField(label=_("When"), widget=MomentInput())
    note = forms.CharField(
        label=_("How, and with whom"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("By telephone, in person, by letter; to whom; what was said in a sentence."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        now = timezone.localtime().replace(second=0, microsecond=0)
        self.fields["met_at"].initial = now


class LimitForm(forms.Form):
    """Another limit from a day on."""

    sections = [
        (_("Which limit"), ["measure", "urgency"]),
        (_("How much time, from when"), ["amount", "unit", "since"]),
        (_("Where it is written"), ["source"]),
    ]
    spans = {"source": 6, "amount": 2, "unit": 2, "since": 2}

    measure = forms.ChoiceField(label=_("What is measured"), choices=Measure.choices)
    urgency = forms.ChoiceField(label=_("Kind of case"), choices=Urgency.choices)
    amount = forms.IntegerField(
        label=_("Time limit"),
        min_value=1,
        max_value=720,
        widget=forms.NumberInput({"class": "fx-w-8"}),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=ResponseLimit.Unit.choices)
    since = DayField(label=_("Holds from"))
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The order or decision, with its number.")
    )
