"""Forms about the members of the panel."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import people, seats
from arbitration.forms.base import PersonField, TextField, YesNoField
from arbitration.forms.desk.base import DeskForm
from arbitration.models import Disclosure, PanelChange
from disputes.forms.fields import DayField
from offices.models import User


class DiscloseForm(DeskForm):
    """A member of the panel discloses."""

    title = _("Disclosure of a member of the panel")
    intro = _(
        "Kinship, an interest in the case, another relation to a party or its representative,"
        " a private meeting or a gift. Until the head of the commission decides, the member does"
        " not sit."
    )
    done = _("The disclosure waits for a decision.")
    spans = {"relation": 6}
    person = PersonField(label=_("Member of the panel"))
    disclosed_on = DayField(label=_("Disclosed on"))
    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=Disclosure.Relation.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    text = TextField(label=_("What is disclosed"), rows=3, max_length=2000)

    def prepare(self):
        members = [person.pk for person in seats.seated(self.proceeding)]
        self.fields["person"].queryset = User.objects.filter(pk__in=members).order_by("name")
        self.fill(disclosed_on=self.today)
        if self.user.pk in members:
            self.fill(person=self.user)

    def check(self, **facts):
        seats.check_disclosure(self.proceeding, **facts, today=self.today)


class DecideDisclosureForm(DeskForm):
    """The head decides whether somebody stays."""

    title = _("Decide on a disclosure")
    intro = _(
        "A party or a close relative of one never stays. Whoever leaves the panel is replaced"
        " before the next hearing."
    )
    button = _("Decide")
    done = _("The decision is recorded.")
    spans = {"disclosure": 6, "stays": 6}
    disclosure = forms.ModelChoiceField(
        label=_("Disclosure"), queryset=None, empty_label=_("choose")
    )
    stays = YesNoField(label=_("Decision"), yes=_("stays on the panel"), no=_("leaves the panel"))
    decided_on = DayField(label=_("Decided on"))
    reasons = TextField(label=_("Reasons"), rows=3, max_length=500)

    def prepare(self):
        waiting = seats.open_disclosures(self.proceeding).select_related("person")
        field = self.fields["disclosure"]
        field.queryset = waiting
        field.label_from_instance = lambda row: f"{row.person} · {row.get_relation_display()}"
        self.fill(decided_on=self.today)
        if len(waiting) == 1:
            self.fill(disclosure=waiting[0])

    def read(self, facts):
        return facts | {"decided_by": self.user}

    def check(self, **facts):
        seats.check_disclosure_decision(self.proceeding, **facts, today=self.today)


class ChangeMemberForm(DeskForm):
    """Somebody else takes a seat."""

    title = _("Change a member of the panel")
    intro = _(
        "After a disclosure or a recusal, or when somebody is away. Whoever mediated or advised in"
        " this matter is not offered. A hearing that is set stays, if the new member is free."
    )
    button = _("Change the seat")
    done = _("The panel has changed.")
    spans = {"ground": 6, "reason": 6}
    seat = forms.ChoiceField(label=_("Seat"), choices=PanelChange.Seat.choices)
    person = PersonField(label=_("New member"))
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=PanelChange.Ground.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)
    changed_on = DayField(label=_("Changed on"))
    notified_on = DayField(label=_("Parties notified on"))

    def prepare(self):
        self.fill(changed_on=self.today, notified_on=self.today)
        arbitrators = people.arbitrators_for(self.proceeding, on=self.today)
        clerks = people.clerks_for(self.proceeding, on=self.today)
        offered = User.objects.filter(pk__in=[*arbitrators.values_list("pk", flat=True)])
        offered |= User.objects.filter(pk__in=[*clerks.values_list("pk", flat=True)])
        members = [person.pk for person in seats.seated(self.proceeding)]
        self.fields["person"].queryset = offered.exclude(pk__in=members).order_by("name", "pk")
        self._name_seats()

    def check(self, **facts):
        seats.check_change(self.proceeding, **facts, today=self.today)

    def _name_seats(self):
        panel = self.proceeding.arbitral_panel
        taken = [
            (seat, f"{label} · {getattr(panel, seat) or '—'}")
            for seat, label in PanelChange.Seat.choices
            if not (panel.sole and seat in ("second", "third"))
        ]
        self.fields["seat"].choices = [("", _("choose")), *taken]
