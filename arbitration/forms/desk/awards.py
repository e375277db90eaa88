"""Forms about deciding before the award, and about some claims first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import awards, enforcement, regrets, service
from arbitration.forms.award import NAMES, AwardForm
from arbitration.forms.base import TextField, YesNoField
from arbitration.forms.desk.base import ClaimField, DeskForm
from arbitration.forms.service import ServeAwardForm
from arbitration.models import ClaimAward, Decision
from disputes.forms.acts import PartyField
from disputes.forms.fields import DayField, MoneyField


class RegretForm(DeskForm):
    """A party does not want the statement after all."""

    title = _("A party goes back on the statement")
    intro = _(
        "A mediation statement binds once both parties have signed for it. Whoever goes back on it"
        " before is not bound: the panel then decides without delay; the 45 days run on."
    )
    button = _("On to the award")
    done = _("The statement does not stand. The panel decides.")
    stops = True
    spans = {"reason": 6}
    party = PartyField(label=_("Who goes back on it"))
    on = DayField(label=_("Said on"))
    reason = TextField(label=_("What the party says"), max_length=500, rows=3)

    def prepare(self):
        waiting = [party.pk for party in service.unserved_parties(self.proceeding)]
        self.fields["party"].queryset = self.parties.filter(pk__in=waiting)
        self.fill(on=self.today)

    def check(self, **facts):
        regrets.check_regret(self.proceeding, **facts, today=self.today)


class AdvanceForm(DeskForm):
    """Payment before the award."""

    title = _("Enforcement before the award")
    intro = _(
        "For pay, medical costs of an injury, compensation and damages: when rights and duties are"
        " clear and the applicant's life would suffer badly without it. A worker need not give"
        " security. The decision goes to the court, which enforces it."
    )
    button = _("Decide")
    done = _("The decision is recorded.")
    sections = [
        (_("Request"), ["claim", "asked_on"]),
        (_("Decision"), ["granted", "decided_on", "amount", "rights_clear", "hardship"]),
        (_("Reasons"), ["reasons"]),
        (_("To the court"), ["court", "sent_on", "security"]),
    ]
    spans = {"granted": 6, "rights_clear": 6, "hardship": 6, "reasons": 6}
    claim = ClaimField(label=_("Claim"))
    asked_on = DayField(label=_("Asked for on"))
    granted = YesNoField(label=_("Decision"), yes=_("granted"), no=_("refused"))
    decided_on = DayField(label=_("Decided on"))
    amount = MoneyField(label=_("Amount"), required=False)
    rights_clear = forms.BooleanField(
        label=_("Rights and duties of the parties are clear."), required=False
    )
    hardship = forms.BooleanField(
        label=_("Without it the applicant's life would suffer badly."), required=False
    )
    reasons = TextField(label=_("Reasons"), rows=3)
    court = forms.CharField(label=_("Court"), required=False, max_length=100)
    sent_on = DayField(label=_("Sent on"), required=False)
    security = forms.BooleanField(label=_("Security was given."), required=False)

    def prepare(self):
        self.fields["claim"].queryset = awards.undecided(self.proceeding).filter(counter=False)
        self.fill(asked_on=self.today, decided_on=self.today)

    def read(self, facts):
        return facts if facts["granted"] else facts | {"amount": None, "court": "", "sent_on": None}

    def check(self, **facts):
        enforcement.check_advance(self.proceeding, **facts, today=self.today)


class PartialAwardForm(AwardForm):
    """Some claims are decided first."""

    title = _("Partial award")
    intro = _(
        "Decide now on claims whose facts are clear, and leave the others open: the case goes on"
        " for them. Each claim appears in one award only."
    )
    button = _("Make the partial award")
    done = _("The partial award is made. Serve it.")
    stops = False
    LATER = ("", _("decide later"))

    def prepare(self):
        super().prepare()
        del self.fields["kind"]
        self.sections[0] = (_("Decision"), ["decided_on"], self._threshold())
        for claim in self.claims:
            field = self.fields[f"supported_{claim.pk}"]
            field.choices, field.required = [self.LATER, *ClaimAward.Supported.choices], False

    def read(self, facts):
        claims = [
            {"claim": claim} | {name: facts.get(f"{name}_{claim.pk}") for name in NAMES}
            for claim in self.claims
            if facts.get(f"supported_{claim.pk}")
        ]
        return {name: facts[name] for name in ("decided_on", "reasons")} | {"claims": claims}

    def check(self, *, claims, **facts):
        awards.check_part(self.proceeding, **facts, today=self.today)
        awards.read_claims(
            self.proceeding,
            kind=Decision.Kind.AWARD,
            decided_on=facts["decided_on"],
            claims=claims,
            partial=True,
        )


class ServePartForm(ServeAwardForm):
    """The partial award reaches the parties."""

    title = _("Serve the partial award")
    button = _("Save")
    done = _("The service is recorded.")
    stops = False

    def prepare(self):
        self.parties = service.without_part(self.proceeding)
        self.by_hand = False
        self.sections = [self._add_party(party) for party in self.parties]

    def check(self, services):
        service.check_part_service(self.proceeding, services=services, today=self.today)
