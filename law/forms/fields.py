"""Fields that read days, amounts and answers as people write them in a form or a link."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from law.numbers import yuan
from law.refusals import WrongInput

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
MOST_YUAN = Decimal(1_000_000_000)
YES, NO = "yes", "no"


class DayInput(forms.DateInput):
    """A day, sent as 2026-09-24 in every language."""

    input_type = "date"

    def __init__(self):
        limits = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__({"class": "fx-w-12", **limits}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day between 1950 and 2099."""

    def __init__(self, **options):
        super().__init__(input_formats=["%Y-%m-%d"], widget=DayInput(), **options)

    def validate(self, value):
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(_("Enter a day between 1950 and 2099."), code="range")


class NumberField(forms.Field):
    """A number that is not negative, up to *most*, cleaned to Decimal or None."""

    unit = ""

    def __init__(self, *, most, unit="", places=2, **options):
        self.most, self.places = Decimal(most), places
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "fx-w-12"}
        if unit or self.unit:
            attrs["data-unit"] = unit or self.unit
        super().__init__(widget=forms.TextInput(attrs), **options)

    def to_python(self, value):
        written = str(value if value is not None else "").strip()
        if not written:
            return None
        try:
            number = yuan(written[:40], self.label)
        except WrongInput as refusal:
            raise ValidationError(str(refusal), code="number") from refusal
        return self._within(number)

    def _within(self, number):
        if number > self.most:
            raise ValidationError(
                _("At most %(most)s."), params={"most": f"{self.most:,}"}, code="large"
            )
        if number != round(number, self.places):
            raise ValidationError(
                _("At most %(places)s decimal places."),
                params={"places": self.places},
                code="places",
            )
        return number


class AmountField(NumberField):
    """An amount in yuan."""

    unit = "yuan"

    def __init__(self, **options):
        super().__init__(most=MOST_YUAN, **options)


class CountField(NumberField):
    """A whole number."""

    def __init__(self, **options):
        super().__init__(places=0, **options)

    def to_python(self, value):
        number = super().to_python(value)
        return None if number is None else int(number)


class YesNoField(forms.ChoiceField):
    """A question that is answered by yes or no, cleaned to a bool; left out, it is *initial*."""

    may_be_left_out = True

    def __init__(self, *, initial=False, **options):
        super().__init__(
            choices=[(YES, _("Yes")), (NO, _("No"))],
            widget=forms.RadioSelect({"data-look": "seg"}),
            initial=YES if initial else NO,
            **options,
        )

    def bound_data(self, data, initial):
        return super().bound_data(data or self.initial, initial)

    def clean(self, value):
        return super().clean(value or self.initial) == YES
