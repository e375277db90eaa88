"""Forms with which a head gives files out and says who knows what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.models import Cause

MOST_INDUSTRIES = 12


class GiveForm(forms.Form):
    """Which of *rows* are given to whom, with one reason for all of them.

    A row is ticked when its person was asked and declared no conflict of interest.
    """

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Stays with this office, in the timeline of each file."),
    )

    def __init__(self, data=None, *, rows):
        super().__init__(data)
        self.rows = rows
        if data is not None:
            self._read()

    def _read(self):
        ticked = set(self.data.getlist("take"))
        for row in self.rows:
            row.taken = str(row.proceeding.pk) in ticked
            asked = self.data.get(f"to-{row.proceeding.pk}")
            if asked is not None:
                row.chosen = next(
                    (each for each in row.options if str(each.person.pk) == asked), None
                )

    def clean(self):
        """Raise ValidationError when no row is ticked."""
        if not any(row.taken for row in self.rows):
            raise forms.ValidationError(
                _("Tick the files whose people were asked and declare no conflict of interest.")
            )
        return super().clean()


class SkillsForm(forms.Form):
    """What *person*, with her skills, knows well."""

    sections = [(_("Knows well"), ["causes", "industries"])]
    spans = {"causes": 6, "industries": 6}

    causes = forms.MultipleChoiceField(
        label=_("Causes"),
        choices=Cause.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    industries = forms.CharField(
        label=_("Industries"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, as in the register of offices."),
    )

    def __init__(self, data=None, *, person):
        known = list(person.skills.all())
        super().__init__(
            data,
            initial={
                "causes": [skill.cause for skill in known if skill.cause],
                "industries": "\n".join(skill.industry for skill in known if skill.industry),
            },
        )

    def clean_industries(self):
        """Return the industries as a list, each once."""
        lines = [line.strip() for line in self.cleaned_data["industries"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_INDUSTRIES or any(len(line) > 50 for line in found):
            raise forms.ValidationError(
                _("At most %(n)d industries of at most 50 characters.") % {"n": MOST_INDUSTRIES}
            )
        return found
