"""Answers that several steps ask for."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.look.widgets import MomentInput

WORDS = 5000


class ChoiceOfFew(forms.ChoiceField):
    """One of a few answers, all in sight."""

    def __init__(self, *, look=None, **options):
        widget = forms.RadioSelect({"data-look": look} if look else None)
        super().__init__(widget=widget, **options)


class YesOrNo(forms.TypedChoiceField):
    """A question that nobody answers by passing over it, cleaned to a boolean."""

    def __init__(self, *, yes=None, no=None, **options):
        super().__init__(
            choices=[("yes", yes or _("yes")), ("no", no or _("no"))],
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class WordsField(forms.CharField):
    """A few lines of text."""

    def __init__(self, *, rows=3, **options):
        options = {"max_length": WORDS, **options}
        super().__init__(widget=forms.Textarea({"rows": rows}), **options)


class MomentField(forms.DateTimeField):
    """A day with a time, cleaned to an aware moment."""

    def __init__(self, **options):
        super().__init__(widget=MomentInput(), **options)


def to_the_minute(moment):
    """Return *moment* in the house's time zone without seconds, as a clerk writes it."""
    return timezone.localtime(moment).replace(second=0, microsecond=0)
