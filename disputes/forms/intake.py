"""The form by which staff file an application for a worker."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain.employers import find_employer, looks_like_code
from disputes.domain.filing_places import is_mediation, places_for, split_offices
from disputes.forms.fields import (
    CreditCodeField,
    DayField,
    DocumentField,
    NameField,
    PhoneField,
    check_document,
)
from disputes.look.widgets import MomentInput
from disputes.models import Cause, EmploymentForm, IdType, Source, Tier
from disputes.models.choices import Licence
from disputes.validators import validate_credit_code, validate_mobile, validate_phone
from law.respondents import CAPACITIES
from offices.models import Office
from offices.validators import normalise_credit_code, normalise_organisation

BLANK = ("", _("Please choose"))
LEAST_FACTS, MOST_FACTS = 20, 2000
MOST_WORKERS = 20_000
SECTIONS = {
    "worker": (
        "worker_name",
        "worker_phone",
        "employment_form",
        "worker_department",
        "id_type",
        "id_number",
        "address",
        "e_service",
        "is_migrant",
    ),
    "employer": (
        "employer",
        "contact_phone",
        "credit_code",
        "contact_name",
        "office",
        "next_tier",
        "capacity",
        "licence",
        "other_name",
        "other_capacity",
        "other_code",
        "other_phone",
    ),
    "dispute": (
        "cause",
        "occurred_on",
        "worker_count",
        "common_claim",
        "facts",
        "source",
        "received_on",
        "known_at",
    ),
    "confirm": ("files", "informed", "processing", "sharing", "mediation"),
}


class IntakeForm(forms.Form):
    """Applicant, employer, dispute and confirmations of one application.

    *offices* are those at which the person at the desk may file; *today* is the date of the desk.
    """

    worker_name = NameField(label=pgettext_lazy("person", "Name"))
    worker_phone = PhoneField(label=_("Mobile"), validate=validate_mobile)
    employment_form = forms.ChoiceField(
        label=_("Form of employment"), choices=[BLANK, *EmploymentForm.choices]
    )
    worker_department = forms.CharField(
        label=_("Department or workshop"), max_length=50, required=False
    )
    id_type = forms.ChoiceField(
        label=_("Document"), choices=IdType.choices, initial=IdType.RESIDENT
    )
    id_number = DocumentField(label=_("Document number"))
    address = forms.CharField(label=_("Address (for service)"), max_length=200)
    e_service = forms.ChoiceField(
        label=_("Electronic service"),
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
        widget=forms.RadioSelect,
    )
    is_migrant = forms.BooleanField(label=_("Migrant worker"), required=False)

    employer = forms.CharField(label=_("Name or unified social credit code"), max_length=100)
    contact_phone = PhoneField(
        label=_("Telephone of the employer's contact"), validate=validate_phone, required=False
    )
    credit_code = CreditCodeField(label=_("Unified social credit code"), required=False)
    contact_name = NameField(label=_("Employer's contact person"), required=False)
    capacity = forms.ChoiceField(
        label=_("Employer named as"), choices=[("", "—"), *CAPACITIES.items()], required=False
    )
    licence = forms.ChoiceField(
        label=_("Licence of the employer"),
        choices=[("", _("not known")), *Licence.choices],
        required=False,
    )
    other_name = forms.CharField(label=_("Further respondent"), max_length=100, required=False)
    other_capacity = forms.ChoiceField(
        label=_("Named as"), choices=[("", "—"), *CAPACITIES.items()], required=False
    )
    other_code = CreditCodeField(label=_("Its unified social credit code"), required=False)
    other_phone = PhoneField(label=_("Its telephone"), validate=validate_phone, required=False)
    office = forms.ChoiceField(
        label=_("Where the applicant files"),
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    # Which offices stood there to choose from: another employer offers others.
    offered = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    cause = forms.ChoiceField(label=_("Main cause"), choices=[BLANK, *Cause.choices])
    occurred_on = DayField(label=_("Day of the dispute"))
    worker_count = forms.IntegerField(
        label=_("Number of workers"),
        required=False,
        initial=1,
        min_value=1,
        max_value=MOST_WORKERS,
        widget=forms.NumberInput({"class": "fx-w-8", "min": 1}),
        help_text=_("She and everybody for whom she applies. From 10 on: a collective dispute."),
    )
    common_claim = forms.BooleanField(
        label=_("They all ask for the same"), required=False, initial=True
    )
    facts = forms.CharField(
        label=_("Facts and reasons"),
        max_length=MOST_FACTS,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "20 to 2,000 characters. The applicant may dictate; read it back to her on the spot."
        ),
    )
    source = forms.ChoiceField(label=_("Source"), required=False)
    received_on = DayField(label=_("Application received on"), required=False)
    known_at = forms.DateTimeField(
        label=_("First heard of it"),
        required=False,
        widget=MomentInput(),
        help_text=_("By whom of us ever: the call, the visit. Empty: only now."),
    )

    files = forms.FileField(label=_("Materials"), required=False)
    informed = forms.BooleanField(
        label=_("Told that mediation is voluntary and arbitration open at any time")
    )
    processing = forms.BooleanField(label=_("Agrees that personal data are processed"))
    sharing = forms.BooleanField(
        label=_(
            "Agrees separately: to be passed to arbitration, court and legal aid when needed"
            " (may be refused; acceptance does not depend on it)"
        ),
        required=False,
    )
    mediation = forms.BooleanField(
        label=_("Wishes to settle by mediation"), required=False, initial=True
    )
    next_tier = forms.BooleanField(
        label=_(
            "If the enterprise's committee does not settle it, agrees that the regional"
            " organisation goes on (may be withdrawn at any time)"
        ),
        required=False,
    )

    def __init__(self, *args, offices, today, **options):
        super().__init__(*args, **options)
        self.offices, self.today = offices, today
        self.known_employer = find_employer(self.written("employer"))
        self.places = places_for(offices, employer=self.known_employer)
        self.shown = self.written("offered")
        self._offer_places()
        self._offer_sources()
        for name in ("occurred_on", "received_on"):
            self.fields[name].last = today
            self.fields[name].widget.attrs["max"] = today.isoformat()
        self.fields["received_on"].initial = today

    def written(self, name):
        """Return what stands in the field *name*, checked or not, as text that can be asked for."""
        if self.is_bound:
            value = self.data.get(self.add_prefix(name))
        else:
            value = self.get_initial_for_field(self.fields[name], name)
        return "" if value is None else str(value).replace("\x00", "")

    def _offer_places(self):
        field = self.fields["office"]
        field.choices = [(str(place.office.pk), place.office.name) for place in self.places]
        proposed = str(self.places[0].office.pk) if self.places else None
        if self.offers_anew or not self.initial.get("office"):
            self.initial["office"] = proposed
        field.initial = proposed
        field.error_messages["required"] = _("Let the applicant choose where she files.")
        field.error_messages["invalid_choice"] = _(
            "This office does not fit the employer: choose one of those named here."
        )
        field.error_messages["anew"] = _(
            "For this employer there are other offices to choose from: let the applicant choose."
        )
        if self.offers_one_place:
            field.required = False

    def _offer_sources(self):
        at_station = any(office.kind == Office.Kind.STATION for office in self.offices)
        field = self.fields["source"]
        field.choices = [choice for choice in Source.choices if choice[0] != Source.LEDGER]
        field.initial = Source.STATION if at_station else Source.SELF

    @property
    def offer(self):
        """The ids of the offices that are offered, as one text."""
        return ",".join(str(place.office.pk) for place in self.places)

    @property
    def offers_anew(self):
        """Whether the applicant has chosen among other offices than fit the employer now."""
        return bool(self.shown) and self.shown != self.offer

    @property
    def offers_one_place(self):
        """Whether there is nothing to choose: she files at her own office."""
        return len(self.places) == 1

    @property
    def place(self):
        """The place written in the form, else the proposed one; None when nothing fits."""
        if self.offers_anew:
            return next(iter(self.places), None)
        chosen = self.written("office")
        found = [place for place in self.places if str(place.office.pk) == chosen]
        return next(iter(found or self.places), None)

    @property
    def may_go_on(self):
        """Whether some place offered is of the enterprise tier, so that going on is a question."""
        return any(place.tier == Tier.ENTERPRISE for place in self.places)

    def clean_facts(self):
        facts = self.cleaned_data["facts"]
        if len(facts) < LEAST_FACTS:
            raise ValidationError(
                _("Write at least 20 characters; there are %(count)d now."),
                params={"count": len(facts)},
                code="too_short",
            )
        return facts

    def clean_employer(self):
        written = normalise_organisation(self.cleaned_data["employer"])
        if self.known_employer:
            return self.known_employer.name
        if looks_like_code(written):
            validate_credit_code(normalise_credit_code(written))
            raise ValidationError(
                _(
                    "The register has no employer with this code: write the full name here, "
                    "and the code below."
                ),
                code="unknown_code",
            )
        if len(written) < 2:
            raise ValidationError(_("Write the full name of the employer."), code="too_short")
        return written

    def clean(self):
        values = super().clean()
        self._check_document(values)
        self._check_order(values)
        self._check_known(values)
        self._check_willingness(values)
        self._check_other(values)
        return values

    def _check_other(self, values):
        name = normalise_organisation(values.get("other_name") or "")
        values["other_name"] = name
        if name and name == values.get("employer"):
            self.add_error(
                "other_name", ValidationError(_("This is the employer itself."), code="same")
            )
        elif name and not values.get("other_capacity"):
            self.add_error(
                "other_capacity", ValidationError(_("Say as what it is named."), code="required")
            )

    @property
    def other_is_open(self):
        """Whether something is written about further respondents."""
        names = ("capacity", "licence", "other_name", "other_capacity", "other_code")
        return any(self.written(name) for name in names) or any(
            self[name].errors for name in ("other_name", "other_capacity", "other_code")
        )

    def _check_document(self, values):
        if values.get("id_type") and values.get("id_number"):
            try:
                check_document(values["id_type"], values["id_number"], today=self.today)
            except ValidationError as error:
                self.add_error("id_number", error)

    def _check_order(self, values):
        occurred, received = values.get("occurred_on"), values.get("received_on")
        if occurred and received and occurred > received:
            self.add_error(
                "occurred_on",
                ValidationError(
                    _("The dispute cannot have arisen after the application was received."),
                    code="order",
                ),
            )

    def _check_known(self, values):
        known = values.get("known_at")
        if known and known > timezone.now():
            self.add_error(
                "known_at", ValidationError(_("This moment has not come yet."), code="ahead")
            )

    def _check_willingness(self, values):
        place = self.place
        if not place:
            self.add_error(
                "office", ValidationError(_("The register has no office that fits."), code="none")
            )
        elif self.offers_anew:
            self.add_error("office", self.fields["office"].error_messages["anew"])
        elif "office" in values and is_mediation(place) and not values.get("mediation"):
            self.add_error(
                "mediation",
                ValidationError(
                    _(
                        "Who does not wish to be mediated files with the arbitration commission: "
                        "choose it above."
                    ),
                    code="unwilling",
                ),
            )

    @property
    def handling_office(self):
        """The office at which to file."""
        return self.place.office

    @property
    def reporting_office(self):
        """The station or federation that reported, or None."""
        return next(iter(split_offices(self.offices)[1]), None)
