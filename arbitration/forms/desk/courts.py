"""Forms about what happens at court."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import courts
from arbitration.forms.base import TextField
from arbitration.forms.desk.base import DeskForm
from arbitration.models import CourtCase
from disputes.domain.service.ways import shown_name
from disputes.forms.acts import PartyField
from disputes.forms.fields import DayField, MoneyField


class CourtFilingForm(DeskForm):
    """A party went to court."""

    title = _("Note a case at court")
    intro = _(
        "A suit, an application to set a final award aside, or for or against enforcement. The"
        " party's time limit for it is then used."
    )
    done = _("The case at court is noted.")
    spans = {"kind": 6}
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CourtCase.Kind.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    party = PartyField(label=_("Brought by"))
    filed_on = DayField(label=_("Filed on"))
    court = forms.CharField(label=_("Court"), max_length=100)
    number = forms.CharField(
        label=_("Number at the court"),
        required=False,
        max_length=60,
        help_text=_("It can be entered with the outcome too."),
    )

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(filed_on=self.today)

    def check(self, **facts):
        courts.check_filing(self.proceeding, **facts, today=self.today)


class CourtOutcomeForm(DeskForm):
    """How it ended."""

    title = _("Outcome at court")
    intro = _(
        "How the case at court ended, and when each party received the judgment or ruling: from"
        " that day its next time limit runs."
    )
    done = _("The outcome is noted.")
    court_case = forms.ModelChoiceField(
        label=_("Case at court"), queryset=None, empty_label=_("choose")
    )
    outcome = forms.ChoiceField(label=_("Outcome"))
    ended_on = DayField(label=_("Decided on"))
    number = forms.CharField(label=_("Number at the court"), required=False, max_length=60)
    amount = MoneyField(label=_("Amount"), required=False)
    note = TextField(label=_("Note"), required=False, rows=2, max_length=2000)

    def prepare(self):
        waiting = self.proceeding.court_cases.filter(outcome="").select_related("party")
        field = self.fields["court_case"]
        field.queryset = waiting
        field.label_from_instance = lambda row: (
            f"{row.get_kind_display()} · {shown_name(row.party)} · {row.court}"
        )
        if len(waiting) == 1:
            self.fill(court_case=waiting[0], number=waiting[0].number)
        self.fields["outcome"].choices = [("", _("choose")), *self._outcomes(waiting)]
        self.fill(ended_on=self.today)
        self.receivers = list(self.parties)
        received = [self._add(party) for party in self.receivers]
        self.sections = [
            (_("Outcome"), ["court_case", "outcome", "ended_on", "number", "amount", "note"]),
            (_("Received on"), received, _("Empty: not received yet.")),
        ]

    def read(self, facts):
        received = {party: facts.pop(f"received_{party.pk}") for party in self.receivers}
        return facts | {"received": {party: day for party, day in received.items() if day}}

    def check(self, *, court_case, outcome, ended_on, received, **_rest):
        courts.check_outcome(
            court_case, outcome=outcome, ended_on=ended_on, received=received, today=self.today
        )

    def _add(self, party):
        name = f"received_{party.pk}"
        label = f"{party.get_role_display()} {shown_name(party)}"
        self.fields[name] = DayField(label=label, required=False)
        return name

    @staticmethod
    def _outcomes(waiting):
        offered = {outcome for row in waiting for outcome in CourtCase.OUTCOMES[row.kind]}
        return [(each.value, each.label) for each in CourtCase.Outcome if each in offered]
