"""Forms of webhooks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.look.widgets import MomentInput
from offices.forms.fields import NarrowField
from workflows.events import types


class WebhookForm(forms.Form):
    """Where to tell of what."""

    name = NarrowField(label=_("Name of the program"), max_length=60)
    url = forms.CharField(
        label=_("Address of the program"),
        max_length=300,
        help_text=_(
            "An encrypted address that this house reaches. It answers 2xx when it has an event."
        ),
    )
    types = forms.MultipleChoiceField(
        label=_("Events"),
        required=False,
        choices=types,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all. Only cases that you may see are told."),
    )

    spans = {"name": 6, "url": 6, "types": 6}
    sections = [(_("New webhook"), ["name", "url", "types"])]


class ReplayForm(forms.Form):
    """From when on events are sent again."""

    since = forms.DateTimeField(label=_("Send again what happened since"), widget=MomentInput())
