"""Who reads the sheet of a calculation that is put into a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.calculations import REACHES

OFFICE, ONWARD = REACHES


class SheetForm(forms.Form):
    """How far a sheet travels."""

    reach = forms.ChoiceField(
        label=_("Visible to"),
        choices=[(OFFICE, _("our office")), (ONWARD, _("our office and the tiers after it"))],
        initial=OFFICE,
        widget=forms.RadioSelect({"data-look": "seg"}),
    )
