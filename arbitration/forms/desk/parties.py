"""Forms about who takes part, and before which commission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import parties
from arbitration.forms.base import MethodField, TextField
from arbitration.forms.desk.base import DeskForm, offer_all_ways
from arbitration.models import AddedParty
from disputes.forms.acts import PartyField
from disputes.forms.fields import CreditCodeField, DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField
from disputes.models import Party


class AddPartyForm(DeskForm):
    """Somebody else takes part."""

    title = _("Add a party")
    intro = _(
        "A further respondent or a third party. The 45 days of the award start again from the"
        " decision; an added respondent has its own 10 working days to answer."
    )
    done = _("The party is added.")
    sections = [
        (_("Who"), ["role", "kind", "name", "credit_code", "contact_name", "accepts_e_service"]),
        (_("Why"), ["ground", "reason", "decided_on"]),
        (
            _("Service of the application"),
            ["served_on", "method", "receipt", "service_reason", "witnesses"],
        ),
    ]
    spans = {"ground": 6, "reason": 6, "receipt": 6, "accepts_e_service": 6}
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Party.Role.RESPONDENT, Party.Role.RESPONDENT.label),
            (Party.Role.THIRD, Party.Role.THIRD.label),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("Kind of party"), choices=Party.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    credit_code = CreditCodeField(label=_("Unified social credit code"), required=False)
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=50)
    accepts_e_service = forms.BooleanField(label=_("accepts electronic service"), required=False)
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=AddedParty.Ground.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)
    decided_on = DayField(label=_("Decided on"))
    served_on = DayField(label=_("Served on"))
    method = MethodField()
    receipt = ReceiptField()
    service_reason = WayReasonField()
    witnesses = WitnessesField()

    def prepare(self):
        self.fill(
            role=Party.Role.RESPONDENT,
            kind=Party.Kind.EMPLOYER,
            decided_on=self.today,
            served_on=self.today,
        )
        offer_all_ways(self, "method")

    def read(self, facts):
        names = ("role", "kind", "name", "credit_code", "contact_name", "accepts_e_service")
        return {"facts": {name: facts.pop(name) for name in names}} | facts

    def check(self, **facts):
        parties.check_addition(self.proceeding, **facts, today=self.today)


class ObjectionForm(DeskForm):
    """The respondent says that another commission is competent."""

    title = _("Objection to jurisdiction")
    intro = _(
        "The respondent objects in writing before the term of the defence ends. A later objection"
        " does not hold the case up."
    )
    done = _("The objection waits for a decision.")
    party = PartyField(label=_("Who objects"))
    raised_on = DayField(label=_("Raised on"))
    grounds = TextField(label=_("Grounds"), rows=3)

    def prepare(self):
        respondents = self.parties.filter(role=Party.Role.RESPONDENT)
        self.fields["party"].queryset = respondents
        self.fill(raised_on=self.today)
        if len(respondents) == 1:
            self.fill(party=respondents[0])
        answer = getattr(self.proceeding, "defence", None)
        if answer and answer.jurisdiction_objection:
            self.fill(raised_on=answer.received_on, grounds=answer.note)

    def check(self, **facts):
        parties.check_objection(self.proceeding, **facts, today=self.today)


class RejectObjectionForm(DeskForm):
    """This commission is competent."""

    title = _("Reject the objection to jurisdiction")
    intro = _(
        "The place of performance of the contract or the seat of the employer is here. If the"
        " objection is right, transfer the case instead."
    )
    button = _("Reject")
    done = _("The objection is rejected.")
    decided_on = DayField(label=_("Decided on"))
    reasons = TextField(label=_("Reasons"), rows=3)

    def prepare(self):
        self.fill(decided_on=self.today)

    def read(self, facts):
        return facts | {"upheld": False}

    def check(self, upheld, **facts):
        parties.check_objection_decision(self.proceeding, **facts, today=self.today)
