"""Forms about what is claimed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import awards, claims
from arbitration.forms.base import TextField
from arbitration.forms.desk.base import ClaimField, DeskForm
from arbitration.models import ClaimMotion
from disputes.domain.roster import giving_up
from disputes.forms.acts import PartyField
from disputes.forms.fields import DayField, MoneyField
from disputes.models import ClaimKind

Kind, Result = ClaimMotion.Kind, ClaimMotion.Result


class MotionForm(DeskForm):
    """A claim is added, changed or given up, or a counterclaim comes."""

    title = _("Add, change or give up a claim; counterclaim")
    intro = _(
        "The applicant may add or change claims until the period of proof ends; the respondent may"
        " bring a counterclaim within the term of the defence. Accepted, the 45 days of the award"
        " start again. What comes later must be applied for separately."
    )
    done = _("The decision is recorded.")
    sections = [
        (_("What is asked for"), ["kind", "party", "brought_on", "asked"]),
        (_("The claim"), ["claim", "new_kind", "new_amount", "new_detail"]),
        (_("Decision"), ["result", "decided_on", "reason"]),
        (_("The represented"), ["agreed", "paper"]),
        (_("The other side"), ["notified_on", "term_waived"]),
    ]
    spans = {"kind": 6, "asked": 6, "result": 6, "reason": 6, "claim": 6}
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect(attrs={"data-look": "list"})
    )
    party = PartyField(label=_("Who asks"))
    brought_on = DayField(label=_("Brought on"))
    asked = TextField(label=_("What is asked for"), rows=2, max_length=2000)
    claim = ClaimField(
        label=_("Claim that is changed or given up"),
        required=False,
        help_text=_("Empty for a new claim or a counterclaim."),
    )
    new_kind = forms.ChoiceField(
        label=_("What is claimed now"),
        required=False,
        choices=[("", _("choose")), *ClaimKind.choices],
    )
    new_amount = MoneyField(label=_("Amount"), required=False)
    new_detail = forms.CharField(label=_("How it is calculated"), required=False, max_length=500)
    result = forms.ChoiceField(
        label=_("Decision"),
        choices=Result.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    decided_on = DayField(label=_("Decided on"))
    reason = TextField(
        label=_("Reasons"), required=False, rows=2, help_text=_("Needed unless it is accepted.")
    )
    notified_on = DayField(
        label=_("Other side notified on"),
        required=False,
        help_text=_("It then has 10 working days to answer."),
    )
    term_waived = forms.BooleanField(
        label=_("The other side waived the new term in writing."), required=False
    )

    agreed = forms.IntegerField(
        label=_("How many on the roster consent in writing"),
        min_value=0,
        required=False,
        help_text=_("Claims of all are changed or given up only with all who are represented."),
    )
    paper = forms.FileField(label=_("The list that they signed"), required=False)

    def prepare(self):
        if not giving_up.is_bound(self.proceeding):
            del self.fields["agreed"], self.fields["paper"]
        self.fields["party"].queryset = self.parties
        self.fields["claim"].queryset = awards.undecided(self.proceeding).filter(counter=False)
        answer = getattr(self.proceeding, "defence", None)
        day = answer.received_on if answer and answer.counter_claim else self.today
        self.fill(brought_on=day, decided_on=self.today, notified_on=self.today)

    def read(self, facts):
        new = {name: facts.pop(f"new_{name}") for name in ("kind", "amount", "detail")}
        kind, accepted = facts["kind"], facts["result"] == Result.ACCEPTED
        changes = accepted and kind != Kind.DROPPED
        facts["new"] = new if changes else None
        if kind not in (Kind.CHANGED, Kind.DROPPED):
            facts["claim"] = None
        if not accepted or kind not in claims.NEW_TERM:
            facts |= {"notified_on": None, "term_waived": False}
        return facts

    def check(self, **facts):
        claims.check_motion(self.proceeding, **facts, today=self.today)


class AnswerForm(DeskForm):
    """The respondent answers the changed claims."""

    title = _("Answer to the changed claims")
    intro = _("The respondent answers within the new term, or waives it.")
    done = _("The answer is recorded.")
    answered_on = DayField(label=_("Answered or waived on"))
    waived = forms.BooleanField(
        label=_("No answer: the rest of the term was waived in writing."), required=False
    )

    def prepare(self):
        self.fill(answered_on=self.today)

    def check(self, **facts):
        claims.check_answer(self.proceeding, **facts, today=self.today)
