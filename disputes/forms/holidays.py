"""A year's holiday notice, pasted or as a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from law.holidays import read_notice
from law.refusals import LawRefusal

MOST_SIGNS = 50_000
MOST_BYTES = 200_000
FIRST_YEAR, LAST_YEAR = 2008, 2099


class NoticeForm(forms.Form):
    """The text of a notice, and what it may leave out; cleans to a ``law.holidays.Notice``."""

    sections = [
        (_("The notice"), ["text", "file"]),
        (_("What it may leave out"), ["year", "number"]),
    ]

    text = forms.CharField(
        label=_("Text of the notice"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Paste the notice as it was published. Lines like “2027-01-04 休”, “2027-01-09 班” or"
            " “2027-01-01 法定” are read too, and JSON of one year."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("A plain text file or JSON, at most 200 KB."),
        widget=forms.FileInput({"accept": ".txt,.csv,.json,text/plain"}),
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput({"class": "fx-w-8"}),
        help_text=_("Only if the text does not say it."),
    )
    number = forms.CharField(
        label=_("Number of the notice"),
        required=False,
        max_length=60,
        help_text=_("Only if the text does not say it."),
    )

    def clean_file(self):
        """Return the text of the file, "" without one."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 200 KB: this is no holiday notice."))
        content = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValidationError(_("The file is no text. Save it as plain text first."))

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("text") or cleaned.get("file") or ""
        if self.errors:
            return cleaned
        if not text.strip():
            raise ValidationError(_("Paste the text of the notice or choose a file."))
        try:
            notice = read_notice(text, year=cleaned["year"], number=cleaned["number"])
        except LawRefusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not FIRST_YEAR <= notice.year <= LAST_YEAR or len(notice.number) > 60:
            raise ValidationError(_("The year or the number of the notice cannot be right."))
        cleaned["notice"], cleaned["text"] = notice, text
        return cleaned


class ConfirmNoticeForm(NoticeForm):
    """The same notice once more, with the state of the calendar by which it was shown."""

    stamp = forms.CharField(max_length=200)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["file"]
        for field in self.fields.values():
            field.widget = forms.HiddenInput()
