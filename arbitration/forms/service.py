"""The forms of serving papers."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain import awards, service
from arbitration.domain.simplified import is_simplified
from arbitration.forms.base import MethodField, StepForm, offer_simple
from arbitration.models import Decision
from disputes.domain.service.recording import TERMS as WAITING
from disputes.forms.fields import DayField
from disputes.forms.proof import PROOF, ReceiptField, WayReasonField, WitnessesField, proof_fields

# What is asked of one service.
ASKED = ("served_on", "method", *PROOF)


class ServeCopyForm(StepForm):
    """The respondent gets the copy of the application."""

    intro = _(
        "Within 5 working days of docketing. From the day of receipt the respondent has 10 working"
        " days to answer. A paper left at the address counts as received after 3 working days, a"
        " public notice after 30 days, which do not count for the award."
    )
    served_on = DayField(label=_("Served on"))
    method = MethodField()
    receipt = ReceiptField()
    reason = WayReasonField()
    witnesses = WitnessesField()
    spans = {"receipt": 6}

    def prepare(self):
        self.fill(served_on=self.today)
        if is_simplified(self.proceeding):
            offer_simple(self.fields["method"])
        names = "、".join(
            service.shown_name(party) for party in service.without_copy(self.proceeding)
        )
        self.sections = [(names, list(ASKED))]

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
        suffix = f"_{party.pk}"
        without = tuple(WAITING) if self.by_hand else ()
        self.fields |= {
            f"served_on{suffix}": DayField(label=_("Served on"), required=False),
            f"method{suffix}": MethodField(without=without, required=False),
        }
        proof = proof_fields(suffix=suffix)
        if self.by_hand:
            proof = {name: proof[name] for name in proof if name.startswith("receipt")}
        self.fields |= proof
        self.spans = {**self.spans, f"receipt{suffix}": 6}
        names = [f"{name}{suffix}" for name in ASKED]
        title = f"{party.get_role_display()} {service.shown_name(party)}"
        return (title, [name for name in names if name in self.fields])

    @staticmethod
    def _is_served(entry):
        return any(entry.get(name) for name in ASKED)

    @staticmethod
    def _read_party(party, facts):
        names = [name for name in ASKED if f"{name}_{party.pk}" in facts]
        return {"party": party} | {name: facts[f"{name}_{party.pk}"] for name in names}
