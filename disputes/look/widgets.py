"""Inputs of the trade: a day, an amount, a telephone, an identity number."""

from django import forms


class DayInput(forms.DateInput):
    """A date, typed or picked, sent as 2026-09-24 in every language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": "fx-w-12", **(attrs or {})}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A date with a time, sent as 2026-09-24T14:00."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"class": "fx-w-12", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class MoneyInput(forms.TextInput):
    """An amount in yuan. A text box, so that thousands separators may be typed."""

    def __init__(self, attrs=None):
        defaults = {"inputmode": "decimal", "data-unit": "yuan", "autocomplete": "off"}
        super().__init__({**defaults, **(attrs or {})})


class PhoneInput(forms.TextInput):
    """A telephone number."""

    input_type = "tel"

    def __init__(self, attrs=None):
        super().__init__({"class": "fx-w-12", "autocomplete": "off", **(attrs or {})})


class IdInput(forms.TextInput):
    """An identity number or a credit code."""

    def __init__(self, attrs=None):
        defaults = {"class": "fx-w-id", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({**defaults, **(attrs or {})})
