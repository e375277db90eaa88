"""The form of the elements: a value, who states it, what the other side says to it."""

import json
from dataclasses import astuple

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.facts import NOTHING, Said, check_said
from disputes.domain.refusals import Refusal
from disputes.elements import CHOICE, DAY, GROUPS, MONEY, is_asked, say
from disputes.forms.fields import DayField, MoneyField
from disputes.models import Fact, Party

PARTS = ("value", "stated_by", "answer", "note")
MOST = 300


class FactsForm(forms.Form):
    """One row per element. *shown* is {element: ``Said``}, *kinds* the cause and the claims.

    What stood on the page when it was opened comes back with the form, so that nobody overwrites
    what she has not seen.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, shown, kinds, voice, **options):
        super().__init__(*args, **options)
        self.shown, self.kinds = shown, kinds
        self.elements = [element for _title, elements in GROUPS for element in elements]
        for number, element in enumerate(self.elements):
            said = shown.get(element.name, NOTHING)
            self._add(number, element, said, voice)
        self.initial["seen"] = json.dumps(
            {name: astuple(said) for name, said in shown.items()}, ensure_ascii=False
        )

    def _add(self, number, element, said, voice):
        sides = [("", "—"), *Party.Kind.choices]
        kept = {
            "value": value_field(element),
            "stated_by": forms.ChoiceField(choices=sides, required=False, label=_("stated by")),
            "answer": forms.ChoiceField(choices=Fact.Answer.choices, label=_("the other side")),
            "note": forms.CharField(
                max_length=MOST, required=False, label=_("what the other side says")
            ),
        }
        values = (said.value, said.stated_by or voice, said.answer, said.note)
        for part, value in zip(PARTS, values, strict=True):
            name = f"{part}_{number}"
            field = self.fields[name] = kept[part]
            field.label = f"{element.label}: {field.label}" if part != "value" else element.label
            self.initial[name] = value

    def groups(self):
        """Return (title, whether it is asked for here, rows of bound fields) of each group."""
        numbers = {element.name: number for number, element in enumerate(self.elements)}
        return [
            (
                title,
                any(is_asked(one, self.kinds) for one in elements)
                or any(one.name in self.shown for one in elements),
                [self._row(numbers[one.name], one) for one in elements],
            )
            for title, elements in GROUPS
        ]

    def _row(self, number, element):
        row = {part: self[f"{part}_{number}"] for part in PARTS}
        return row | {"element": element}

    def clean(self):
        cleaned = super().clean()
        for number, element in enumerate(self.elements):
            if not any(f"{part}_{number}" in self.errors for part in PARTS):
                try:
                    check_said(element.name, self._said(cleaned, number))
                except Refusal as refusal:
                    self.add_error(f"value_{number}", str(refusal))
        return cleaned

    def said(self):
        """Return {element: ``Said``} of what was written."""
        return {
            element.name: self._said(self.cleaned_data, number)
            for number, element in enumerate(self.elements)
        }

    def _said(self, cleaned, number):
        value, stated_by, answer, note = (cleaned.get(f"{part}_{number}") for part in PARTS)
        value = "" if value is None else str(value).strip()
        if not value and answer == Fact.Answer.OPEN and not note:
            return NOTHING
        return Said(value, stated_by if value else "", answer, note)

    def seen_before(self):
        """Return {element: ``Said``} as the page showed it; nothing when that cannot be read."""
        try:
            found = json.loads(self.cleaned_data["seen"] or "{}")
            return {str(name): Said(*map(str, values)) for name, values in found.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def show_others(self, refusal):
        """Say beside each field what somebody else wrote, and let the next sending count."""
        labels = {str(element.label): number for number, element in enumerate(self.elements)}
        for label, said in refusal.theirs.items():
            number = labels[label]
            element = self.elements[number]
            words = _("Somebody else wrote meanwhile: %(text)s") % {
                "text": say(element.name, said.value) or "—"
            }
            self.add_error(f"value_{number}", words)
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]


def value_field(element):
    """Return the form field in which the value of *element* is written."""
    options = {"label": element.label, "required": False}
    if element.kind == DAY:
        return DayField(**options)
    if element.kind == MONEY:
        return MoneyField(**options)
    if element.kind == CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *element.choices], **options)
    return forms.CharField(max_length=MOST, **options)
