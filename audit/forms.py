"""What the auditor asks for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit.domain.finding import Search, cases_by_number, people
from audit.models import AuditEntry


def day(label):
    """Return a field for a date."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class SearchForm(forms.Form):
    """Which lines of the log are looked for."""

    person = forms.CharField(label=_("Name or username"), max_length=50, required=False)
    case = forms.CharField(label=_("Case number"), max_length=80, required=False)
    action = forms.ChoiceField(
        label=_("Action"),
        required=False,
        choices=[("", _("All actions")), *AuditEntry.Action.choices],
    )
    since = day(_("From the day"))
    until = day(_("To the day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = (
                "form-select form-select-sm" if name == "action" else "form-control form-control-sm"
            )
            words = {"aria-label": field.label, "placeholder": field.label}
            field.widget.attrs |= {"class": kind, **words}

    @property
    def search(self):
        """What is asked for, as far as it makes sense."""
        return Search(**(self.cleaned_data if self.is_valid() else {}))


class ExportForm(SearchForm):
    """The lines that leave the house, as what, and what for."""

    file_type = forms.ChoiceField(
        label=_("File"), choices=[("csv", "CSV"), ("xlsx", "Excel (xlsx)")], initial="csv"
    )
    reason = forms.CharField(label=_("What for"), max_length=200, min_length=2)

    @property
    def search(self):
        """What is asked for."""
        asked = {name: self.cleaned_data[name] for name in SearchForm.base_fields}
        return Search(**asked)


class ProofForm(forms.Form):
    """One case and one person."""

    case = forms.CharField(label=_("Case number"), max_length=80)
    person = forms.CharField(label=_("Name or username"), max_length=50)

    def clean_case(self):
        """Return the id of the one case of that number."""
        found = cases_by_number(self.cleaned_data["case"])
        if len(found) != 1:
            raise ValidationError(_("No case has exactly this number."))
        return found[0]

    def clean_person(self):
        """Return the id of the one person of that username or name."""
        found = people(self.cleaned_data["person"])
        if not found:
            raise ValidationError(_("Nobody has this name."))
        if len(found) > 1:
            raise ValidationError(_("Several people have this name. Write the username."))
        return found[0]
