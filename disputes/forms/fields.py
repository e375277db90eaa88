"""Form fields that read what people write: any width, any sign, and say what is wrong."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disputes.look.widgets import DayInput, IdInput, MoneyInput, PhoneInput
from disputes.look.words import say_day
from disputes.models import IdType
from disputes.validators import (
    birth_date_of,
    normalise_credit_code,
    normalise_identity_number,
    normalise_name,
    normalise_phone,
    parse_date,
    parse_money,
    validate_credit_code,
    validate_identity_number,
    validate_name,
)

FIRST_DAY = date(1950, 1, 1)


class WrittenField(forms.CharField):
    """A text that is brought to the form in which it is stored, then checked."""

    def __init__(self, *, normalise=str.strip, validate=None, **options):
        self.normalise, self.check = normalise, validate
        super().__init__(**{"max_length": 200, **options})

    def to_python(self, value):
        return self.normalise(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and self.check:
            self.check(value)


class NameField(WrittenField):
    """A person's name."""

    def __init__(self, **options):
        super().__init__(
            normalise=normalise_name,
            validate=validate_name,
            widget=forms.TextInput({"autocomplete": "off"}),
            **options,
        )


class PhoneField(WrittenField):
    """A telephone number, checked by *validate*."""

    def __init__(self, *, validate, **options):
        super().__init__(
            normalise=normalise_phone, validate=validate, widget=PhoneInput(), **options
        )


class DocumentField(WrittenField):
    """The number of an identity document; which checks it must pass the form knows."""

    def __init__(self, **options):
        super().__init__(normalise=normalise_identity_number, widget=IdInput(), **options)


class CreditCodeField(WrittenField):
    """A unified social credit code."""

    def __init__(self, **options):
        super().__init__(
            normalise=normalise_credit_code,
            validate=validate_credit_code,
            widget=IdInput(),
            **options,
        )


class ReadField(forms.Field):
    """A field whose text *read* turns into a value; empty is None."""

    read = None

    def to_python(self, value):
        written = str(value or "").strip()
        if written in self.empty_values:
            return None
        if len(written) > 40 or "\x00" in written:
            raise ValidationError(_("This cannot be read."), code="unreadable")
        return self.read(written)


class MoneyField(ReadField):
    """An amount in yuan, cleaned to Decimal or None."""

    read = staticmethod(parse_money)

    def __init__(self, **options):
        super().__init__(widget=MoneyInput(), **options)


class DayField(ReadField):
    """A day between *first* and *last* (both allowed), cleaned to date or None."""

    read = staticmethod(parse_date)

    def __init__(self, *, first=FIRST_DAY, last=None, **options):
        self.first, self.last = first, last
        super().__init__(widget=DayInput(), **options)

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, date) else value

    def validate(self, value):
        super().validate(value)
        if value and value < self.first:
            raise ValidationError(
                _("The date cannot lie before %(day)s."),
                params={"day": say_day(self.first, year=True)},
                code="too_early",
            )
        if value and self.last and value > self.last:
            raise ValidationError(
                _("The date cannot lie after %(day)s."),
                params={"day": say_day(self.last, year=True)},
                code="too_late",
            )


def check_document(id_type, number, *, today):
    """Raise ValidationError unless *number* can be that of a document of *id_type*.

    Numbers of 18 characters must add up and must not be of somebody yet to be born.
    """
    if id_type in (IdType.PASSPORT, IdType.OTHER):
        if not 4 <= len(number) <= 40:
            raise ValidationError(_("A document number has 4 to 40 characters."), code="length")
        return
    validate_identity_number(number)
    if birth_date_of(number) > today:
        raise ValidationError(
            _("The birth date in the identity number lies in the future."), code="future"
        )
