"""Booking a talk with a lawyer, and writing it down."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import NameField, PhoneField
from disputes.models import Cause
from disputes.validators import validate_phone
from legal_aid.domain import consultations
from legal_aid.forms.base import (
    AidForm,
    LineField,
    MomentField,
    ScoreField,
    TextField,
    next_hour,
)
from legal_aid.models import Consultation, Lawyer

PERSON = ("name", "phone", "is_migrant", "employer", "cause", "question")


class PersonFields(forms.Form):
    """Who asks, and what."""

    name = NameField(label=pgettext_lazy("consultation", "Who asks"))
    phone = PhoneField(label=_("Telephone"), validate=validate_phone, required=False)
    employer = LineField(label=_("Employer"), max_length=100, required=False)
    cause = forms.ChoiceField(
        label=_("Main cause"), choices=[("", _("choose")), *Cause.choices], required=False
    )
    is_migrant = forms.BooleanField(label=_("Migrant worker"), required=False)
    question = TextField(label=_("Question"), max_length=2000)


class BookForm(PersonFields, AidForm):
    """A talk with a lawyer, by telephone, on site or online."""

    title = _("Book a consultation")
    button = _("Book")
    done = _("The consultation is booked.")
    sections = [
        (_("When and with whom"), ["lawyer", "mode", "starts_at", "ends_at"]),
        (_("Who asks, and what"), ["name", "phone", "employer", "cause", "is_migrant", "question"]),
    ]
    spans = {
        "lawyer": 3, "mode": 3, "starts_at": 3, "ends_at": 3,
        "name": 3, "phone": 3, "employer": 3, "cause": 3,
    }  # fmt: skip

    lawyer = forms.ModelChoiceField(label=_("Lawyer"), queryset=None, empty_label=_("choose"))
    mode = forms.ChoiceField(
        label=_("Mode"), choices=Consultation.Mode.choices, widget=forms.RadioSelect
    )
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))

    def prepare(self):
        serving = Q(since__lte=self.today) & (Q(until__isnull=True) | Q(until__gte=self.today))
        rows = Lawyer.objects.filter(serving, centre__in=self.row).select_related("user")
        self.fields["lawyer"].queryset = rows
        self.fill(
            mode=Consultation.Mode.PHONE,
            starts_at=next_hour(self.today, 9),
            ends_at=next_hour(self.today, 10),
            lawyer=rows.filter(user=self.user).values_list("pk", flat=True).first(),
        )

    def do(self, *, at, by):
        lawyer = self.cleaned_data["lawyer"]
        return consultations.book(lawyer.centre, **self.cleaned_data, at=at, by=by)


class WriteDownForm(PersonFields, AidForm):
    """What was asked and answered."""

    title = _("Write the consultation down")
    done = _("The consultation is written down.")
    sections = [
        (
            _("Who asked, and what"),
            ["name", "phone", "employer", "cause", "is_migrant", "question"],
        ),
        (_("The answer"), ["answer", "result", "rating"]),
    ]
    spans = {"name": 3, "phone": 3, "employer": 3, "cause": 3, "result": 3}

    answer = TextField(label=_("Answer"))
    result = forms.ChoiceField(label=_("Result"), choices=Consultation.Result.choices)
    rating = ScoreField(label=_("How satisfied she is (5 is best)"), required=False)

    def prepare(self):
        self.fill(**{name: getattr(self.row, name) for name in PERSON})

    def do(self, *, at, by):
        return consultations.write_down(self.row, **self.cleaned_data, at=at, by=by)


class CallOffForm(AidForm):
    """Calling a talk off."""

    title = _("Call the consultation off")
    button = _("Call off")
    done = _("The consultation is called off.")
    stops = True

    def do(self, *, at, by):
        return consultations.call_off(self.row, at=at, by=by)


class BecomeCaseForm(AidForm):
    """The intake form, filled in from the talk."""

    title = _("Make it a case")
    button = _("Fill in the intake form")
    done = _("The intake form is filled in from the consultation. Complete it with her.")
    wants_aid = False

    def do(self, *, at, by):
        return consultations.make_draft(self.row, at=at, by=by, wants_aid=self.wants_aid)


class BecomeAidForm(BecomeCaseForm):
    """The same, and an application for aid as soon as the case is filed."""

    title = _("Apply for legal aid")
    done = _(
        "The intake form is filled in from the consultation. Once the case is filed, the "
        "application for aid is made by itself."
    )
    wants_aid = True
    sections = [("", ["promised"])]

    promised = forms.BooleanField(
        label=_("The applicant promises that all of this is true"),
        error_messages={"required": _("The applicant must promise that what she says is true.")},
    )
