"""The forms of serving papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import awards, service
from arbitration.domain.simplified import is_simplified
from arbitration.forms.base import LINE, MethodField, StepForm, offer_simple
from arbitration.models import Decision
from disputes.forms.fields import DayField

PROOF_HINT = _("Who signed, or the number of the consignment.")


class ServeCopyForm(StepForm):
    """The respondent gets the copy of the application."""

    intro = _(
        "Within 5 working days of docketing. From the day of receipt the respondent has 10 working"
        " days to answer. A paper left at the address counts as received after 3 working days, a"
        " public notice after 30 days, which do not count for the award."
    )
    served_on = DayField(label=_("Served on"))
    method = MethodField()
    receipt = forms.CharField(label=_("Proof of service"), max_length=LINE, help_text=PROOF_HINT)
    spans = {"receipt": 6}

    def prepare(self):
        self.fill(served_on=self.today)
        if is_simplified(self.proceeding):
            offer_simple(self.fields["method"])
        names = "、".join(
            service.shown_name(party) for party in service.respondents_of(self.proceeding)
        )
        self.sections = [(names, ["served_on", "method", "receipt"])]

    def check(self, **facts):
        service.check_copy(self.proceeding, **facts, today=self.today)


class ServeAwardForm(StepForm):
    """The decision reaches the parties, one by one."""

    intro = _(
        "Record when each party received the decision. A party that has not got it yet may follow"
        " later: leave its fields empty. The time to sue, or to have a final award set aside, runs"
        " for each party from its own day of receipt."
    )

    def prepare(self):
        self.parties = service.unserved_parties(self.proceeding)
        decision = awards.of(self.proceeding)
        self.by_hand = decision is not None and decision.kind == Decision.Kind.STATEMENT
        self.sections = [self._add_party(party) for party in self.parties]

    def read(self, facts):
        services = [self._read_party(party, facts) for party in self.parties]
        return {"services": [entry for entry in services if self._is_served(entry)]}

    def check(self, services):
        service.check_award_service(self.proceeding, services=services, today=self.today)

    def _add_party(self, party):
        names = [f"{name}_{party.pk}" for name in ("served_on", "method", "receipt")]
        without = tuple(service.TERMS) if self.by_hand else ()
        fields = (
            DayField(label=_("Served on"), required=False),
            MethodField(without=without, required=False),
            forms.CharField(
                label=_("Proof of service"), max_length=LINE, required=False, help_text=PROOF_HINT
            ),
        )
        self.fields.update(zip(names, fields, strict=True))
        self.spans = {**self.spans, names[2]: 6}
        return (f"{party.get_role_display()} {service.shown_name(party)}", names)

    @staticmethod
    def _is_served(entry):
        return any(entry[name] for name in ("served_on", "method", "receipt"))

    @staticmethod
    def _read_party(party, facts):
        names = ("served_on", "method", "receipt")
        return {"party": party} | {name: facts[f"{name}_{party.pk}"] for name in names}
