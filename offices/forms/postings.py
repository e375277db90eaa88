"""Forms that put a person into an office and take her out again."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.domain.refusals import EndsBeforeItBegins
from offices.duties import Role
from offices.forms.fields import DayField, NarrowField


class PostingForm(forms.Form):
    """Who serves where as what, from when until when.

    *people* and *offices* are the querysets from which one may be chosen.
    """

    person = NarrowField(
        label=_("Person"),
        max_length=150,
        help_text=_("Username, or the full name where only one person has it."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    office = NarrowField(
        label=_("Office"),
        max_length=100,
        help_text=_("Name or short name, as in the register."),
        widget=forms.TextInput(attrs={"list": "offices", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Serves as"))
    since = DayField(label=_("First day"))
    until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty when no end is fixed."),
    )

    sections = [
        (_("Who serves where"), ["person", "office", "role"]),
        (_("From when until when"), ["since", "until"]),
    ]
    spans = {"person": 6, "office": 6, "role": 6}

    def __init__(self, *args, people, offices, roles=tuple(Role), **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.offices = people, offices
        self.fields["role"].choices = [
            ("", _("Please choose")),
            *((role.value, role.label) for role in roles),
        ]

    def clean_person(self):
        """Return the person of this username or name."""
        text = self.cleaned_data["person"]
        found = list(self.people.filter(Q(username__iexact=text) | Q(name=text))[:3])
        exact = [person for person in found if person.username == text.lower()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            raise ValidationError(
                _("Several people are called “%(text)s”: write the username."),
                params={"text": text},
            )
        raise ValidationError(
            _("There is no account “%(text)s”. Open one first."), params={"text": text}
        )

    def clean_office(self):
        """Return the office of this name or short name."""
        text = self.cleaned_data["office"]
        office = self.offices.filter(Q(name=text) | Q(short_name=text)).order_by("pk").first()
        if office is None:
            raise ValidationError(
                _("The register has no office “%(text)s”."), params={"text": text}
            )
        return office

    def clean(self):
        """Return the fields; the last day is not before the first."""
        fields = super().clean()
        since, until = fields.get("since"), fields.get("until")
        if since and until and until < since:
            self.add_error("until", str(EndsBeforeItBegins()))
        return fields


class EndPostingForm(forms.Form):
    """The last day of a posting."""

    until = DayField(
        label=_("Last day"),
        help_text=_("Access ends when this day is over."),
    )
