"""The form by which a person makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.forms.fields import NarrowField
from offices.models import Scope

DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("a year"))]


class TokenForm(forms.Form):
    """What a token is for, what it opens, how long it lives."""

    name = NarrowField(
        label=_("What it is used for"),
        max_length=60,
        help_text=_("For example the name of the program. Only you read it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("How long it lives"), choices=DAYS, coerce=int)

    spans = {"name": 6, "scopes": 6, "days": 6}
    sections = [(_("New token"), ["name", "scopes", "days"])]
