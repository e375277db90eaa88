"""The form of the decision, claim by claim."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import awards, liability
from arbitration.domain.finality import threshold_on
from arbitration.domain.hearings import last_result
from arbitration.forms.base import LINE, StepForm, TextField
from arbitration.models import ClaimAward, Decision, HearingRecord
from disputes.forms.fields import DayField, MoneyField
from disputes.look.words import say_yuan
from disputes.models import ClaimKind

NAMES = ("supported", "amount_awarded", "liable", "paper", "override_reason")
# What nobody pays for.
WITHOUT_AMOUNT = (ClaimKind.RELATIONSHIP, ClaimKind.REINSTATEMENT)
FINALITY = [
    ("", _("as the law proposes")),
    (ClaimAward.Paper.FINAL, _("final award")),
    (ClaimAward.Paper.NON_FINAL, _("non-final award")),
]


class LiableField(forms.TypedMultipleChoiceField):
    """Which of the *respondents* bear what is awarded, together; all of them at first."""

    def __init__(self, respondents):
        known = {str(row.pk): row for row in respondents}
        super().__init__(
            label=_("Borne together by"),
            choices=[(key, row.name) for key, row in known.items()],
            coerce=known.__getitem__,
            initial=list(known),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class AwardForm(StepForm):
    """What the panel decides on each claim."""

    intro = _(
        "Decide on every claim. Money up to twelve monthly minimum wages per claim, and disputes"
        " over national standards of working time, leave and insurance, are final for the"
        " employer; a confirmed labour relation makes the whole award non-final. Final and"
        " non-final claims make separate awards."
    )
    kind = forms.ChoiceField(
        label=_("Kind of decision"), choices=Decision.Kind.choices, widget=forms.RadioSelect
    )
    decided_on = DayField(label=_("Decided on"))
    reasons = TextField(
        label=_("Reasons"), rows=6, max_length=20000, help_text=_("Only the commission reads them.")
    )

    def prepare(self):
        self.claims = list(awards.undecided(self.proceeding))
        self.respondents = liability.respondents_of(self.proceeding)
        mediated = last_result(self.proceeding) == HearingRecord.Result.MEDIATED
        kind = Decision.Kind.STATEMENT if mediated else Decision.Kind.AWARD
        self.fill(kind=kind, decided_on=self.today)
        self.sections = [
            (_("Decision"), ["kind", "decided_on"], self._threshold()),
            *(self._add_claim(claim) for claim in self.claims),
            (_("Reasons"), ["reasons"]),
        ]

    def read(self, facts):
        claims = [
            {"claim": claim} | {name: facts.get(f"{name}_{claim.pk}") for name in NAMES}
            for claim in self.claims
        ]
        return {name: facts[name] for name in ("kind", "decided_on", "reasons")} | {
            "claims": claims
        }

    def check(self, *, claims, **facts):
        liability.read_liable(self.proceeding, claims)
        awards.check_decision(self.proceeding, **facts, today=self.today)
        awards.read_claims(
            self.proceeding, kind=facts["kind"], decided_on=facts["decided_on"], claims=claims
        )

    def _add_claim(self, claim):
        fields = {
            "supported": forms.ChoiceField(
                label=_("Decision on “%(claim)s”") % {"claim": claim.get_kind_display()},
                choices=ClaimAward.Supported.choices,
                widget=forms.RadioSelect,
            ),
            "amount_awarded": MoneyField(
                label=_("Amount awarded"),
                required=False,
                help_text=_("Granted in full, what was asked is filled in."),
            ),
            "liable": LiableField(self.respondents),
            "paper": forms.ChoiceField(label=_("Finality"), choices=FINALITY, required=False),
            "override_reason": forms.CharField(
                label=_("Why not as the law proposes"), required=False, max_length=LINE
            ),
        }
        if len(self.respondents) < 2 or claim.counter:
            del fields["liable"]
        if claim.kind in WITHOUT_AMOUNT:
            del fields["amount_awarded"]
        names = {f"{name}_{claim.pk}": field for name, field in fields.items()}
        self.fields.update(names)
        self.spans = {**self.spans, **self._widths(claim)}
        return (claim.get_kind_display(), list(names), self._asked(claim))

    @staticmethod
    def _widths(claim):
        """Where there is no amount the decision takes the whole line."""
        return {f"supported_{claim.pk}": 6} if claim.kind in WITHOUT_AMOUNT else {}

    def _threshold(self):
        threshold = threshold_on(self.proceeding, on=self.today)
        if threshold is None:
            return ""
        return _("Final for money: up to %(amount)s yuan a claim today") % {
            "amount": say_yuan(threshold)
        }

    @staticmethod
    def _asked(claim):
        if claim.amount is None:
            return claim.detail
        return _("%(amount)s yuan asked for") % {"amount": say_yuan(claim.amount)}
