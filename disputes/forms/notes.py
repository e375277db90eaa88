"""Notes on the timeline, reasons for looking at masked data, the filters of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models import Party, TimelineEntry

Kind, Reach = TimelineEntry.Kind, TimelineEntry.Reach


class NoteForm(forms.Form):
    """A note: what kind, what was said, who else reads it."""

    text = forms.CharField(
        label=_("Write a note"),
        max_length=2000,
        widget=forms.Textarea(
            {
                "rows": 2,
                "placeholder": _(
                    "A call, a visit, something to remember. Once saved it stays in the timeline"
                    " as it is; it can only be corrected by a further entry."
                ),
            }
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Kind.CALL, pgettext_lazy("note", "call")),
            (Kind.VISIT, pgettext_lazy("note", "visit")),
            (Kind.NOTE, pgettext_lazy("note", "remark")),
        ],
        widget=forms.Select({"class": "form-select-sm"}),
    )
    reach = forms.ChoiceField(
        label=_("Visible to"),
        choices=[(Reach.OFFICE, _("our office")), (Reach.OWN, _("only me"))],
        widget=forms.Select({"class": "form-select-sm"}),
    )


class CorrectionForm(forms.Form):
    """What an entry of one's own should say."""

    text = forms.CharField(
        label=_("Correction"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class ReasonForm(forms.Form):
    """Why somebody looks at masked data."""

    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=200)


class MaterialForm(forms.Form):
    """Files that come after filing."""

    files = forms.FileField(label=_("Add files"))
    party = forms.ModelChoiceField(
        label=_("Handed in by"), queryset=None, required=False, empty_label=_("side not named")
    )
    purpose = forms.CharField(label=_("What it is to prove"), required=False, max_length=500)
    source = forms.CharField(label=_("Source"), required=False, max_length=200)
    pages = forms.IntegerField(
        label=_("Pages of the material"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=_("Left empty, those of a PDF are counted."),
    )
    is_original = forms.BooleanField(label=_("original seen"), required=False)

    def __init__(self, *args, parties, **options):
        super().__init__(*args, **options)
        field = self.fields["party"]
        field.queryset = Party.objects.filter(pk__in=[row.pk for row in parties])
        field.choices = [("", field.empty_label)] + [
            (row.pk, f"{row.get_role_display()} {row.shown_name}") for row in parties
        ]

    def said(self):
        """Return what was written about the files, as a dict."""
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


class DescriptionForm(MaterialForm):
    """What is known of a material that is here already."""

    files = None

    @staticmethod
    def initial_of(row):
        """Return what is known of the material *row*, by field."""
        names = ("purpose", "source", "pages", "is_original")
        return {"party": row.party_id} | {name: getattr(row, name) for name in names}


class UploadForm(MaterialForm):
    """What is said of a file that comes in pieces; the file itself is not in the form."""

    files = None
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0)

    def begun(self):
        """Return the facts of the file, *said* as plain values."""
        facts = dict(self.cleaned_data)
        name, size = facts.pop("name"), facts.pop("size")
        party = facts.pop("party")
        said = {key: value for key, value in facts.items() if value not in (None, "")}
        return {"name": name, "size": size, "said": said | ({"party": party.pk} if party else {})}
