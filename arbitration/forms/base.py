"""What the forms of the desk have in common."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.forms.acts import ActForm
from disputes.models import ServiceMethod

# The kinds of text by how much somebody writes.
LINE, PAGE = 200, 5000


class StepForm(ActForm):
    """The form of one step of the commission's flow."""

    button = None


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
