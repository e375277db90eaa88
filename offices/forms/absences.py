"""The form of an absence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.domain.refusals import EndsBeforeItBegins
from offices.forms.fields import DayField
from offices.models import User


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and who acts meanwhile.

    *people* is the queryset of those who may be entered, *substitutes* of those who may act.
    """

    sections = [
        (_("Who is away"), ["user", "since", "until"]),
        (_("Who acts meanwhile"), ["substitute"]),
    ]
    spans = {"user": 6, "substitute": 6}

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    since = DayField(label=_("First day away"))
    until = DayField(label=_("Last day away"))
    substitute = forms.ModelChoiceField(
        label=_("Substitute"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
        help_text=_(
            "Acts on the open files in these days, in his own name, and reads them. Without one"
            " they wait, and the clocks run on."
        ),
    )

    def __init__(self, *args, people, substitutes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["substitute"].queryset = substitutes

    def clean(self):
        """Return the fields; the last day is not before the first."""
        fields = super().clean()
        since, until = fields.get("since"), fields.get("until")
        if since and until and until < since:
            self.add_error("until", str(EndsBeforeItBegins()))
        return fields
