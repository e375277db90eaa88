"""Firms, lawyers, their leave and their office hours."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import CreditCodeField, DayField
from disputes.models import Cause
from legal_aid.domain import pool, roster
from legal_aid.forms.base import AidForm, LineField, MomentField, TextField, next_hour
from legal_aid.models import Duty, Firm, Lawyer
from offices.domain.people import people_where
from offices.models import Office

FIRM_FACTS = ("name", "licence_number", "credit_code", "phone")
LAWYER_FACTS = (
    "firm", "licence_number", "licence_until", "specialities", "areas", "since", "until",
    "most_open",
)  # fmt: skip


class FirmForm(AidForm):
    """A firm, new on the list of a centre, and those whom it advises."""

    title = _("Add a law firm")
    sections = [
        (_("The firm"), FIRM_FACTS),
        (_("Whom it advises"), ["clients"]),
    ]
    spans = {"name": 3, "licence_number": 3, "credit_code": 3, "phone": 3}

    name = LineField(label=_("Name of the firm"), max_length=100)
    licence_number = LineField(label=_("Licence number"), max_length=40)
    credit_code = CreditCodeField(label=_("Unified social credit code"), required=False)
    phone = LineField(label=_("Telephone"), max_length=30, required=False)
    clients = TextField(
        label=_("Enterprises that it advises, one per line"),
        required=False,
        rows=4,
        help_text=_("None of its lawyers is given a case against one of these."),
    )

    def do(self, *, at, by):
        facts = {name: self.cleaned_data[name] for name in FIRM_FACTS}
        return pool.add_firm(self.row, clients=self.names, **facts)

    @property
    def names(self):
        return self.cleaned_data["clients"].splitlines()


class ChangeFirmForm(FirmForm):
    """A firm that is known."""

    title = _("Change a law firm")

    def prepare(self):
        self.fill(**{name: getattr(self.row, name) for name in FIRM_FACTS})
        self.fill(clients="\n".join(client.name for client in self.row.clients.all()))

    def do(self, *, at, by):
        facts = {name: self.cleaned_data[name] for name in FIRM_FACTS}
        return pool.change_firm(self.row, clients=self.names, **facts)


class LawyerForm(AidForm):
    """Somebody who comes into the pool of a centre."""

    title = _("Add a lawyer to the pool")
    sections = [
        (_("Person and licence"), ["user", "firm", "licence_number", "licence_until"]),
        (_("Service"), ["since", "until", "most_open", "areas"]),
        (_("Specialities"), ["specialities"]),
    ]
    spans = {
        "user": 3, "firm": 3, "licence_number": 3, "licence_until": 3,
        "since": 2, "until": 2, "most_open": 2,
    }  # fmt: skip

    user = forms.ModelChoiceField(
        label=_("Person"),
        queryset=None,
        empty_label=_("choose"),
        help_text=_("Whoever is posted to the centre as a lawyer."),
    )
    firm = forms.ModelChoiceField(
        label=_("Law firm"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("law firm", "none: employed by the centre"),
    )
    licence_number = LineField(label=_("Licence number"), max_length=40)
    licence_until = DayField(label=_("Licence valid until"))
    since = DayField(label=_("Serves since"))
    until = DayField(label=_("Serves until"), required=False)
    most_open = forms.IntegerField(
        label=_("Open cases at most"), min_value=1, max_value=200, initial=10
    )
    areas = forms.MultipleChoiceField(
        label=_("Districts (none: all)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    specialities = forms.MultipleChoiceField(
        label=_("Specialities"),
        required=False,
        choices=Cause.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def centre(self):
        return self.row

    def prepare(self):
        people = people_where("review_cases", on=self.today, office=self.centre)
        self.fields["user"].queryset = people.filter(lawyer__isnull=True).order_by("name")
        self.fields["since"].initial = self.today
        self._offer()

    def _offer(self):
        self.fields["firm"].queryset = Firm.objects.filter(centre=self.centre)
        counties = (
            Office.objects.filter(kind=Office.Kind.COUNTY_CENTRE)
            .order_by("pk")
            .values_list("county", flat=True)
        )
        self.fields["areas"].choices = [(name, name) for name in dict.fromkeys(counties) if name]

    def do(self, *, at, by):
        return pool.add_lawyer(self.centre, **self.cleaned_data)


class ChangeLawyerForm(LawyerForm):
    """A lawyer of the pool."""

    title = _("Change a lawyer of the pool")
    user = None
    sections = [
        (_("Person and licence"), ["firm", "licence_number", "licence_until"]),
        *LawyerForm.sections[1:],
    ]

    @property
    def centre(self):
        return self.row.centre

    def prepare(self):
        self._offer()
        self.fill(**{name: getattr(self.row, name) for name in LAWYER_FACTS})

    def do(self, *, at, by):
        return pool.change_lawyer(self.row, **self.cleaned_data)


class LeaveForm(AidForm):
    """Days on which a lawyer is away."""

    title = _("Note a leave")
    done = _("The leave is noted.")
    sections = [("", ["since", "until", "reason"])]
    spans = {"since": 3, "until": 3}

    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    reason = LineField(label=_("Reason"), required=False)

    def do(self, *, at, by):
        return pool.take_leave(self.row, **self.cleaned_data)


class DutyForm(AidForm):
    """Office hours of a lawyer at a place."""

    title = _("Put a lawyer on duty")
    done = _("The duty stands on the roster.")
    sections = [("", ["lawyer", "place", "starts_at", "ends_at"])]
    spans = {"lawyer": 3, "place": 3, "starts_at": 3, "ends_at": 3}

    lawyer = forms.ModelChoiceField(label=_("Lawyer"), queryset=None, empty_label=_("choose"))
    place = forms.ModelChoiceField(
        label=_("Station or street"), queryset=None, empty_label=_("choose")
    )
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))

    def prepare(self):
        self.fields["lawyer"].queryset = Lawyer.objects.filter(centre=self.row).select_related(
            "user"
        )
        kinds = (Office.Kind.STATION, Office.Kind.AID_CENTRE, Office.Kind.COUNTY_CENTRE)
        self.fields["place"].queryset = Office.objects.filter(kind__in=kinds, is_active=True)
        self.fill(starts_at=next_hour(self.today, 9), ends_at=next_hour(self.today, 11))

    def do(self, *, at, by):
        return roster.put_on_duty(self.row, **self.cleaned_data)


class OffDutyForm(AidForm):
    """Crossing a duty off."""

    title = _("Cross off the roster")
    button = _("Cross off")
    done = _("The duty is off the roster.")
    stops = True

    def do(self, *, at, by):
        roster.take_off_duty(self.row)


def duties_of_week(centre, *, monday):
    """Return the duties at *centre* in the seven days from the date *monday*."""
    begin = next_hour(monday, 0, days=0)
    return Duty.objects.filter(
        centre=centre, starts_at__gte=begin, starts_at__lt=next_hour(monday, 0, days=7)
    ).select_related("lawyer__user", "place")
