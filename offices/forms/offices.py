"""Forms of the register of offices."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.forms.fields import NarrowField
from offices.models import Office
from offices.validators import normalise_credit_code, validate_credit_code

# Offices of other kinds have nothing below them.
PARENT_KINDS = (
    Office.Kind.CITY_FEDERATION,
    Office.Kind.COUNTY_CENTRE,
    Office.Kind.INDUSTRY_COMMITTEE,
    Office.Kind.ARBITRATION_COMMISSION,
)
UPLOAD_MAX_BYTES = 5 * 1024 * 1024


class OfficeForm(forms.ModelForm):
    """The facts of one office. *offices* are those that may stand above it, a queryset."""

    name = NarrowField(label=_("Name of the office"), max_length=100)
    short_name = NarrowField(
        label=_("Short name"),
        max_length=20,
        help_text=_("Stands in the numbers of its cases."),
    )
    county = NarrowField(
        label=_("District"),
        max_length=30,
        required=False,
        help_text=_("Cases go on to the mediation centre of this district."),
    )
    industry = NarrowField(
        label=_("Industry"),
        max_length=50,
        required=False,
        help_text=_("Written as the industry committee writes it, so that cases find it."),
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("18 characters, from the business licence."),
    )
    handled_here = forms.BooleanField(
        label=_("Cases of this office are handled in this system"),
        required=False,
        initial=True,
        help_text=_("Otherwise the file is sent out and its outcome entered when it comes back."),
    )

    class Meta:
        model = Office
        fields = [
            "name",
            "short_name",
            "kind",
            "parent",
            "county",
            "industry",
            "credit_code",
            "handled_here",
        ]
        error_messages = {
            "name": {"unique": _("There is already an office of this name.")},
            "short_name": {"unique": _("There is already an office of this short name.")},
        }

    sections = [
        (_("Office"), ["name", "short_name", "kind"]),
        (_("Place in the register"), ["parent", "county", "industry"]),
        (_("Particulars"), ["credit_code", "handled_here"]),
    ]
    spans = {"name": 6, "parent": 6}

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        above = Q(kind__in=PARENT_KINDS, is_active=True) | Q(pk=self.instance.parent_id)
        self.fields["parent"].queryset = offices.filter(above).exclude(pk=self.instance.pk)
        self.fields["kind"].choices = [("", _("Please choose")), *Office.Kind.choices]
        self.fields["parent"].empty_label = _("none: outside the federation, or its head")

    def clean_credit_code(self):
        """Return the code as it is stored; it belongs to one office only."""
        code = normalise_credit_code(self.cleaned_data["credit_code"])
        if not code:
            return ""
        validate_credit_code(code)
        other = Office.objects.filter(credit_code=code).exclude(pk=self.instance.pk).first()
        if other:
            raise ValidationError(
                _("“%(office)s” has this code already."), params={"office": other}
            )
        return code


class RegisterUploadForm(forms.Form):
    """A register of offices as a CSV file."""

    file = forms.FileField(
        label=_("Register of offices"),
        help_text=_("A CSV file in UTF-8 or GB 18030, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        """Return the file unless it is too large for a register."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MAX_BYTES:
            raise ValidationError(_("The file is larger than 5 MB: no register is that long."))
        return file
