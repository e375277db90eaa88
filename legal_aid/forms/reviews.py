"""Asking a lawyer, and the lawyer's answer."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.clocks import find_clock
from disputes.forms.fields import DayField, MoneyField
from disputes.forms.step import StepForm
from legal_aid.domain import reviews
from legal_aid.domain.checklists import checklist_of
from legal_aid.domain.ranges import BASIS_OF, calculator_of, claims_of, elements_of, estimate
from legal_aid.forms.base import AidForm, LineField
from legal_aid.models import ClaimOpinion, Finding, Review
from offices.models import User

USUAL_DAYS = timedelta(days=7)
WORDS = 5000
SPANS = {"least": 3, "most": 3}


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


class StepReviewForm(ReviewForm):
    """The opinion as the step of the flow takes it from programs: without the bottom line."""

    bottom_line = None
    sections = ReviewForm.sections[:-1]


class FullReviewForm(ReviewForm):
    """The opinion as the page of the review asks for it: checklist, claim by claim, conclusion.

    *review* is the review; its conflict was declared before the file opened.
    """

    conflict_declared = None
    sections = ()

    def __init__(self, *args, review, **options):
        self.review = review
        super().__init__(*args, proceeding=review.proceeding, **options)

    def prepare(self):
        super().prepare()
        case = self.proceeding.case
        self.items = checklist_of(case.cause)
        self.claims = [claim for claim in claims_of(self.proceeding) if not claim.dropped_on]
        for code, words in self.items:
            self._add_item(code, words)
        for claim in self.claims:
            self._add_claim(claim)
        self.fields["opinion"].help_text = ""

    def _add_item(self, code, words):
        self.fields[f"check_{code}"] = forms.ChoiceField(
            label=words,
            choices=Finding.Answer.choices,
            widget=forms.RadioSelect({"data-look": "seg"}),
        )
        self.fields[f"note_{code}"] = forms.CharField(
            label=_("Note"),
            max_length=500,
            required=False,
            widget=forms.TextInput({"placeholder": _("Note")}),
        )

    def _add_claim(self, claim):
        key = claim.pk
        self.fields[f"basis_{key}"] = forms.CharField(
            label=_("Legal basis"), max_length=500, initial=BASIS_OF.get(claim.kind, "")
        )
        self.fields[f"strength_{key}"] = forms.ChoiceField(
            label=_("Strength of the evidence"),
            choices=ClaimOpinion.Strength.choices,
            widget=forms.RadioSelect({"data-look": "seg"}),
        )
        self.fields[f"least_{key}"] = MoneyField(label=_("Supportable from (yuan)"), required=False)
        self.fields[f"most_{key}"] = MoneyField(label=_("Supportable to (yuan)"), required=False)
        self.fields[f"limitation_{key}"] = forms.ChoiceField(
            label=_("Limitation"), choices=ClaimOpinion.Limitation.choices
        )
        self.fields[f"danger_{key}"] = forms.CharField(
            label=_("Risk"), max_length=500, required=False
        )

    @property
    def checks(self):
        """Return (answer, note) of every item of the checklist, as bound fields."""
        return [(self[f"check_{code}"], self[f"note_{code}"]) for code, _words in self.items]

    @property
    def opinions(self):
        """Return (claim, what the calculator says or None, its name, bound fields) per claim."""
        names = ("basis", "strength", "least", "most", "limitation", "danger")
        office = self.proceeding.desk
        case = self.proceeding.case
        return [
            (
                claim,
                estimate(case, claim, office=office, known=elements_of(claim)),
                calculator_of(claim),
                [
                    (self[f"{name}_{claim.pk}"], 3 if name in ("least", "most") else 6)
                    for name in names
                ],
            )
            for claim in self.claims
        ]

    def clean(self):
        cleaned = super().clean()
        for code, _words in self.items:
            if cleaned.get(f"check_{code}") == Finding.Answer.NO and not cleaned.get(
                f"note_{code}"
            ):
                self.add_error(f"note_{code}", _("Say why not."))
        for claim in self.claims:
            self._check_range(cleaned, claim.pk)
        return cleaned

    def _check_range(self, cleaned, key):
        least, most = cleaned.get(f"least_{key}"), cleaned.get(f"most_{key}")
        if (least is None) != (most is None):
            self.add_error(f"most_{key}", _("Give both ends of the range, or neither."))
        elif least is not None and most < least:
            self.add_error(f"most_{key}", _("The upper end lies below the lower one."))

    def told(self):
        """Return the arguments of ``reviews.submit_review`` that the form says."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("facts", "opinion", "recommendation", "risk")},
            "bottom_line": said["bottom_line"],
            "findings": [
                {"item": code, "answer": said[f"check_{code}"], "note": said[f"note_{code}"]}
                for code, _words in self.items
            ],
            "claims": [self._claim_of(claim) for claim in self.claims],
        }

    def _claim_of(self, claim):
        said, key = self.cleaned_data, claim.pk
        return {
            "claim": claim,
            "basis": said[f"basis_{key}"],
            "strength": said[f"strength_{key}"],
            "least": said[f"least_{key}"],
            "most": said[f"most_{key}"],
            "limitation": said[f"limitation_{key}"],
            "risk": said[f"danger_{key}"],
        }


class TakeForm(AidForm):
    """The lawyer declares and takes the review."""

    title = _("Take the review")
    button = _("Take it and open the file")
    done = _("The review is yours. The file is open to you.")
    sections = [(_("Conflict of interest"), ["conflict_declared"])]

    conflict_declared = forms.BooleanField(
        label=_("I act for neither party and have not done so for two years; nor does my firm"),
        error_messages={"required": reviews.ConflictNotDeclared.sentence},
    )

    def do(self, *, at, by):
        return reviews.accept(self.row, conflict_declared=True, at=at, by=by)


class GiveBackForm(AidForm):
    """The lawyer gives the review back unread."""

    title = _("Give the review back")
    button = _("Give back")
    done = _("Given back. The office may ask another lawyer.")
    stops = True
    sections = [("", ["reason", "has_conflict"])]

    reason = LineField(label=_("Reason"), max_length=500)
    has_conflict = forms.BooleanField(
        label=_("There is a conflict of interest: close this case to me"), required=False
    )

    def do(self, *, at, by):
        return reviews.decline(self.row, **self.cleaned_data, at=at, by=by)


class ReturnForm(AidForm):
    """The office hands an opinion back."""

    title = _("Hand the opinion back")
    button = _("Hand back")
    done = _("The opinion was handed back to the lawyer.")
    sections = [("", ["reason", "due_on"])]

    reason = LineField(label=_("What is missing"), max_length=500)
    due_on = DayField(label=_("Opinion due on"))

    def prepare(self):
        self.fill(due_on=self.today + timedelta(days=3))

    def do(self, *, at, by):
        return reviews.return_review(self.row, **self.cleaned_data, at=at, by=by)


class AskForm(AidForm):
    """The office asks a lawyer, a first one or a second one beside the first."""

    title = _("Ask a lawyer")
    button = _("Ask")
    done = _("The lawyer is asked.")
    sections = [("", ["lawyer", "due_on"])]

    lawyer = forms.ModelChoiceField(label=_("Lawyer"), queryset=None, empty_label=_("choose"))
    due_on = DayField(label=_("Opinion due on"))

    def prepare(self):
        people = reviews.lawyers(on=self.today).exclude(walls__case=self.row.case)
        self.fields["lawyer"].queryset = people.order_by("name", "pk")
        self.fill(due_on=self.today + USUAL_DAYS)

    def do(self, *, at, by):
        return reviews.ask_review(self.row, **self.cleaned_data, at=at, by=by)
