"""Forms of what a person wants to be told, and of the words that it is told in."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notices.catalogue import CATALOGUE, CHOSEN, choices_of
from offices.validators import narrow

MOBILE = re.compile(r"1\d{10}", re.ASCII)


class HourInput(forms.TimeInput):
    """An hour of the day, picked or typed as 22:00."""

    input_type = "time"

    def __init__(self):
        super().__init__({"class": "fx-w-8"}, format="%H:%M")


class ReachForm(forms.Form):
    """Where and when a person is reached."""

    email = forms.EmailField(
        label=_("Mail address"), required=False, widget=forms.EmailInput({"class": "fx-w-20"})
    )
    mobile = forms.CharField(
        label=_("Mobile phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"type": "tel", "class": "fx-w-12"}),
        help_text=_("For text messages, WeCom and DingTalk, where the house has them."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet hours from"), required=False, widget=HourInput(),
        help_text=_("What is not urgent by law waits until they are over."),
    )  # fmt: skip
    quiet_until = forms.TimeField(label=_("Quiet hours until"), required=False, widget=HourInput())
    digest_at = forms.TimeField(label=_("Send the digest at"), widget=HourInput())

    sections = [
        (_("Where you are reached"), ["email", "mobile"]),
        (_("When"), ["quiet_from", "quiet_until", "digest_at"]),
    ]
    spans = {"email": 3, "mobile": 3, "quiet_from": 2, "quiet_until": 2, "digest_at": 2}

    def clean_mobile(self):
        number = re.sub(r"[\s-]", "", narrow(self.cleaned_data["mobile"]))
        number = number.removeprefix("+86")
        if number and not MOBILE.fullmatch(number):
            raise ValidationError(_("A mobile number has eleven digits and begins with 1."))
        return number


class ChoicesForm(forms.Form):
    """One choice for each kind of news and each channel that is set up."""

    def __init__(self, data=None, *, channels, chosen):
        super().__init__(data)
        self.channels = channels
        for kind in CHOSEN:
            for channel in channels:
                self.fields[f"{kind}-{channel}"] = forms.ChoiceField(
                    label=f"{kind.label} · {channel.label}",
                    choices=choices_of(kind, channel),
                    initial=chosen[kind, channel],
                    widget=forms.Select({"class": "form-select form-select-sm"}),
                )

    @property
    def rows(self):
        """The table: (kind, its entry, its fields)."""
        return [
            (kind, CATALOGUE[kind], [self[f"{kind}-{channel}"] for channel in self.channels])
            for kind in CHOSEN
        ]

    @property
    def choices(self):
        """What was chosen, as {(kind, channel): how}."""
        return {
            (kind, channel): self.cleaned_data[f"{kind}-{channel}"]
            for kind in CHOSEN
            for channel in self.channels
        }


class WordsForm(forms.Form):
    """The words of one kind of notice as they leave the house."""

    subject = forms.CharField(label=_("Subject of the mail"), max_length=100)
    text = forms.CharField(
        label=_("Text of the mail"), max_length=2000, widget=forms.Textarea({"rows": 6})
    )
    short = forms.CharField(
        label=_("Short message"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("A short message of more than 70 characters is sent in two parts."),
    )

    sections = [(_("Words"), ["subject", "text", "short"])]
