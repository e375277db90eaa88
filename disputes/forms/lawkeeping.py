"""New versions of time limits, and figures that a place sets."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField, MoneyField
from law.amending import CHANGEABLE
from law.models import DeadlineRule, LocalParameter
from law.parameters import REGION

LONGEST = 3650  # in any unit


class RuleForm(forms.ModelForm):
    """A version of a time limit that holds from a day on."""

    sections = [
        (_("From when"), ["since"]),
        (_("What it says"), ["title_zh", "title_en", "actor", "expiry", "party_right"]),
        (_("How long"), ["amount", "unit", "rolls"]),
        (
            _("Extension"),
            ["extension_amount", "extension_unit", "extension_cap", "extension_approver"],
        ),
        (_("Where it is written"), ["article", "instrument", "confidence"]),
    ]
    spans = {"expiry": 6, "article": 6, "instrument": 6, "actor": 6, "since": 2, "amount": 2}

    since = DayField(
        label=_("Holds from"),
        help_text=_("The first day of the new version. The present one ends with the day before."),
    )

    class Meta:
        model = DeadlineRule
        fields = CHANGEABLE

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("amount", "extension_amount", "extension_cap"):
            self.fields[name].validators.append(MaxValueValidator(LONGEST))

    def clean(self):
        cleaned = super().clean()
        unit = cleaned.get("extension_unit")
        if not unit and (cleaned.get("extension_amount") or cleaned.get("extension_cap")):
            self.add_error("extension_unit", _("Say in which unit it is extended."))
        if cleaned.get("amount") == 0:
            self.add_error("amount", _("The length must be at least 1, or left empty."))
        return cleaned

    def _post_clean(self):
        """Leave the row as it is: the verb makes a new one, and the database judges it."""


class FigureForm(forms.Form):
    """A figure of a place from a day on."""

    sections = [
        (_("Which figure"), ["name", "region", "county"]),
        (_("How much, from when"), ["amount", "since"]),
        (_("Where it is written"), ["source", "confidence"]),
    ]
    spans = {"source": 6, "county": 3}

    name = forms.ChoiceField(label=_("Figure"), choices=LocalParameter.Name.choices)
    region = forms.CharField(label=_("Region"), max_length=40, initial=REGION)
    county = forms.CharField(
        label=_("District or county"),
        max_length=40,
        required=False,
        help_text=_("Empty for the urban districts, 县 for the counties."),
    )
    amount = MoneyField(label=_("Amount"))
    since = DayField(label=_("Holds from"))
    source = forms.CharField(
        label=_("Source"),
        max_length=240,
        help_text=_("The notice in which it was announced, with its number."),
    )
    confidence = forms.ChoiceField(
        label=_("How well it was checked"),
        choices=LocalParameter._meta.get_field("confidence").choices,
    )

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise forms.ValidationError(_("The amount must be more than zero."))
        return amount
