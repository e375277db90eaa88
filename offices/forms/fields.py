"""Fields that more than one form of this room has."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offices.validators import narrow


class NarrowField(forms.CharField):
    """A line of text, kept with half-width letters, digits and signs."""

    def to_python(self, value):
        """Return the text as the register keeps it."""
        return narrow(super().to_python(value))


class CodeField(NarrowField):
    """A code of an authenticator or a recovery code, typed or pasted with or without gaps."""

    widget = forms.TextInput(
        attrs={"class": "fx-w-12", "inputmode": "numeric", "autocomplete": "one-time-code"}
    )

    def __init__(self, **kwargs):
        super().__init__(label=_("Authenticator code"), max_length=40, **kwargs)


class DayField(forms.DateField):
    """A day of a working life, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date", "class": "fx-w-12"}, format="%Y-%m-%d")
    first, last = date(1950, 1, 1), date(2099, 12, 31)

    def validate(self, value):
        """Raise ValidationError for a day that can only be a slip of the pen."""
        super().validate(value)
        if value and not self.first <= value <= self.last:
            raise ValidationError(
                _("The year %(year)d cannot be right."), params={"year": value.year}
            )


def tell_refusal(form, refusal):
    """Put the sentence of *refusal* beside the field it speaks of, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
