"""A ledger handed in to be imported."""

import zipfile

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

UPLOAD_MAX_BYTES = 50 * 1024 * 1024


class LedgerForm(forms.Form):
    """The workbook, and the office for which it is imported."""

    office = forms.ModelChoiceField(
        label=_("For"), queryset=None, empty_label=None, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("Case ledger"),
        help_text=_("An Excel workbook (.xlsx), at most 50 MB."),
        widget=forms.FileInput(
            {"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        choices = self.fields["office"]
        choices.queryset = offices
        if offices.count() > 1:
            choices.widget = forms.Select()
            choices.widget.choices = choices.choices
        else:
            choices.initial = offices.first()

    def clean_file(self):
        """Return the file unless it is too large or no workbook at all."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MAX_BYTES:
            raise ValidationError(_("The file is larger than 50 MB. Please split the ledger."))
        if not zipfile.is_zipfile(file):
            raise ValidationError(
                _("This file is not an Excel workbook (.xlsx). Save an older .xls as .xlsx first.")
            )
        file.seek(0)
        return file
