"""What the forms of the desk have in common."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.models import ServiceMethod

# The kinds of text by how much somebody writes.
LINE, PAGE = 200, 5000


class StepForm(forms.Form):
    """The form of one step: what it decides and what the law says is in *intro*.

    ``cleaned_data`` has the keys of the step's verb. Names in *sections* that the form does not
    have at the moment are passed over.
    """

    intro = ""
    button = None
    sections = []
    spans = {}

    def __init__(self, *args, proceeding, user, today, **kwargs):
        self.proceeding, self.user, self.today = proceeding, user, today
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self):
        """Fit the fields to the file: choices, what is known already, what does not apply."""

    def fill(self, **values):
        """Give fields what the file knows already."""
        for name, value in values.items():
            self.fields[name].initial = value

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        try:
            facts = self.read(facts)
            self.check(**facts)
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return facts

    def read(self, facts):
        """Return the arguments of the verb that *facts*, the cleaned fields, say."""
        return facts

    def check(self, **facts):
        """Raise the ``Refusal`` that the verb would raise."""

    @property
    def day_begins(self):
        """The first moment of today."""
        return timezone.make_aware(datetime.combine(self.today, time(0)))

    @property
    def day_ends(self):
        """The moment with which today ends."""
        return self.day_begins + timedelta(days=1)


class YesNoField(forms.TypedChoiceField):
    """A question that is answered with one of two words, cleaned to True or False."""

    def __init__(self, *, yes=None, no=None, **options):
        choices = [("yes", yes or _("yes")), ("no", no or _("no"))]
        super().__init__(
            choices=choices, coerce=self._coerce, empty_value=None, widget=forms.RadioSelect,
            **options,
        )  # fmt: skip

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)

    @staticmethod
    def _coerce(value):
        return value == "yes"


class TextField(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows=4, max_length=PAGE, **options):
        super().__init__(widget=forms.Textarea({"rows": rows}), max_length=max_length, **options)


class MethodField(forms.ChoiceField):
    """How a paper was served; *without* are ways that the paper does not allow."""

    def __init__(self, *, without=(), **options):
        # Telephone and text messages are offered where a case is simplified, see offer_simple.
        left_out = {*without, ServiceMethod.SIMPLE}
        ways = [(value, label) for value, label in ServiceMethod.choices if value not in left_out]
        options = {"label": _("How"), "choices": [("", _("choose")), *ways], **options}
        super().__init__(**options)


def offer_simple(field):
    """Offer in *field* the ways of service that the simplified procedure allows."""
    field.choices = [*field.choices, (ServiceMethod.SIMPLE, ServiceMethod.SIMPLE.label)]


class PersonField(forms.ModelChoiceField):
    """Somebody who serves at the commission."""

    def __init__(self, **options):
        super().__init__(queryset=None, empty_label=_("choose"), **options)
