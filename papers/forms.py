"""Forms of the templates' pages."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.domain.checking import MOST_BYTES
from papers.refusals import DocumentTooBig


class TemplateForm(forms.Form):
    """A new version of a template."""

    file = forms.FileField(
        label=_("Word document (.docx)"), widget=forms.FileInput({"accept": ".docx"})
    )
    note = forms.CharField(label=_("What is different"), max_length=200, required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(DocumentTooBig.sentence)
        return file


class EffectForm(forms.Form):
    """From which day a proposed version counts."""

    effective_from = forms.DateField(
        label=_("In effect from"),
        widget=forms.DateInput({"type": "date", "class": "form-control form-control-sm fx-w-12"}),
    )

    def clean_effective_from(self):
        day = self.cleaned_data["effective_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("A template counts from today or later."))
        return day
