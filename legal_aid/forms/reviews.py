"""Asking a lawyer, and the lawyer's answer."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.clocks import find_clock
from disputes.forms.fields import DayField
from disputes.forms.step import StepForm
from legal_aid.domain import reviews
from legal_aid.models import Review
from offices.models import User

USUAL_DAYS = timedelta(days=7)
WORDS = 5000


class AskReviewForm(StepForm):
    """Whether a lawyer is asked, who, and by when. Nobody has to ask one."""

    ahead = ("due_on",)

    lawyer = forms.ModelChoiceField(
        label=_("Lawyer"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("No review"),
        help_text=_("She reads this case until 30 days after her opinion is due."),
    )
    due_on = DayField(
        label=_("Opinion due on"),
        required=False,
        help_text=_("The review ends with the mediation."),
    )

    def prepare(self):
        super().prepare()
        people = reviews.lawyers(on=self.today).exclude(walls__case=self.proceeding.case)
        self.fields["lawyer"].queryset = people.order_by("name", "pk")
        self.fill(due_on=self._usual_day())

    def _usual_day(self):
        term = find_clock(self.proceeding.case, "MED_CLOSE", proceeding=self.proceeding)
        usual = self.today + USUAL_DAYS
        return min(usual, max(term.alarm_on, self.today)) if term else usual

    def clean(self):
        cleaned = super().clean()
        lawyer, due_on = cleaned.get("lawyer"), cleaned.get("due_on")
        if lawyer is None:
            cleaned["due_on"] = None
        elif due_on:
            self.ask(reviews.check_asking, lawyer=lawyer, due_on=due_on)
        elif "due_on" not in self.errors:
            self.add_error("due_on", _("Say by which day the opinion is needed."))
        return cleaned


class ReviewForm(StepForm):
    """The lawyer's opinion on a case."""

    intro = _(
        "Your opinion is read by the office that asked. The bottom line is read by the union and "
        "the applicant alone, and never travels with the file."
    )
    button = _("Hand in the opinion")
    sections = [
        (_("Conflict of interest"), ["conflict_declared"]),
        (_("Opinion"), ["facts", "opinion"]),
        (_("Advice"), ["recommendation", "risk"]),
        (_("Bottom line"), ["bottom_line"], _("highly confidential")),
    ]

    conflict_declared = forms.BooleanField(
        label=_("I act for neither party and have not done so for two years; nor does my firm"),
        error_messages={"required": reviews.ConflictNotDeclared.sentence},
    )
    facts = forms.CharField(
        label=_("Facts in short"), max_length=WORDS, widget=forms.Textarea({"rows": 4})
    )
    opinion = forms.CharField(
        label=_("Opinion"),
        max_length=WORDS,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Claim by claim: the legal basis, how strong the evidence is, what amount can be "
            "supported, whether the claim is within the limitation period."
        ),
    )
    recommendation = forms.ChoiceField(
        label=_("Recommendation"),
        choices=Review.Recommendation.choices,
        widget=forms.RadioSelect,
    )
    risk = forms.ChoiceField(label=_("Risk"), choices=Review.Risk.choices, widget=forms.RadioSelect)
    bottom_line = forms.CharField(
        label=_("Advice on the bottom line in mediation"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def prepare(self):
        self.fill(facts=self.proceeding.case.facts)
