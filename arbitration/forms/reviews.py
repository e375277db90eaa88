"""The forms with which the commission reviews a mediation agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import reviews
from arbitration.forms.base import PersonField, StepForm, TextField
from arbitration.models import AgreementReview
from disputes.forms.fields import DayField

Refusal, Flaw = AgreementReview.Refusal, AgreementReview.Flaw


class ReviewForm(StepForm):
    """A form about one review: its title, what the button says, what is said when it is done."""

    title = ""
    button = _("Save")
    done = _("Saved.")
    stops = False

    def __init__(self, *args, review, **kwargs):
        self.review = review
        super().__init__(*args, proceeding=review.mediation, **kwargs)


class AcceptForm(ReviewForm):
    """The application is accepted."""

    title = _("Accept the application for review")
    intro = _(
        "Both applied within 15 days, and the agreement does not confirm a labour relation. The"
        " arbitrator has five working days. He sees the agreement and nothing of what was said"
        " in mediation."
    )
    button = _("Accept")
    done = _("The application is accepted.")
    spans = {"reviewer": 3, "decided_on": 3, "conflict_declared": 6}
    reviewer = PersonField(label=_("Reviewing arbitrator"))
    decided_on = DayField(label=_("Decided on"))
    conflict_declared = forms.BooleanField(
        label=_(
            "The arbitrator has declared that he has no interest in the matter, is no relative of"
            " a party, and did not mediate it."
        ),
        required=False,
    )

    def prepare(self):
        self.fill(decided_on=self.today)
        self.fields["reviewer"].queryset = reviews.reviewers_for(self.review, on=self.today)

    def check(self, **facts):
        reviews.check_acceptance(self.review, **facts, today=self.today)


class RefuseForm(ReviewForm):
    """The application is not accepted."""

    title = _("Do not accept the application for review")
    intro = _(
        "On one of the five grounds of 劳动人事争议仲裁办案规则 article 75. The parties get a"
        " written notice; each may still apply for arbitration."
    )
    button = _("Do not accept")
    done = _("The application is not accepted.")
    stops = True
    spans = {"refusal": 6, "reasons": 6}
    refusal = forms.ChoiceField(
        label=_("Ground"),
        choices=Refusal.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    reasons = TextField(label=_("Reasons"), rows=3, max_length=1000)
    decided_on = DayField(label=_("Decided on"))

    def prepare(self):
        self.fill(decided_on=self.today)
        if self.review.applied_on > self.review.due_on:
            self.fill(refusal=Refusal.LATE)
        if self.review.confirms_relationship:
            self.fill(refusal=Refusal.RELATIONSHIP)

    def check(self, **facts):
        reviews.check_refusal(self.review, **facts, today=self.today)


class ExtendForm(ReviewForm):
    """More time for the examination."""

    title = _("Extend the review")
    intro = _("Once, by five working days, before the term ends; you approve it.")
    button = _("Extend")
    done = _("The term is extended.")
    spans = {"reason": 6}
    reason = TextField(label=_("Why more time is needed"), rows=3, max_length=200)
    approved_on = DayField(label=_("Approved on"))

    def prepare(self):
        self.fill(approved_on=self.today)

    def read(self, facts):
        return facts | {"approved_by": self.user}

    def check(self, **facts):
        reviews.check_extension(self.review, **facts, today=self.today)


class StatementForm(ReviewForm):
    """The agreement becomes a statement."""

    title = _("Make a mediation statement")
    intro = _(
        "Form and content of the agreement are lawful. The statement says what the agreement says,"
        " word for word, and is in force when both parties have signed for it."
    )
    button = _("Make the statement")
    done = _("The statement is made; have both parties sign for it.")
    lawful = forms.BooleanField(
        label=_(
            "The agreement keeps to mandatory law, harms nobody, rests on true papers and free"
            " will, and its content is clear."
        ),
    )
    ended_on = DayField(label=_("Decided on"))
    spans = {"lawful": 6}

    def prepare(self):
        self.fill(ended_on=self.today)

    def read(self, facts):
        return {"ended_on": facts["ended_on"]}

    def check(self, **facts):
        reviews.check_end(self.review, **facts, today=self.today, by=self.user)


class DeclineForm(ReviewForm):
    """No statement is made."""

    title = _("Make no statement")
    intro = _(
        "On one of the grounds of 劳动人事争议仲裁办案规则 article 78, told to the parties in"
        " writing. The agreement still binds them; each may apply for arbitration."
    )
    button = _("Make no statement")
    done = _("No statement is made.")
    stops = True
    spans = {"flaw": 6, "reasons": 6}
    flaw = forms.ChoiceField(
        label=_("Ground"),
        choices=Flaw.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    reasons = TextField(label=_("Reasons"), rows=4, max_length=1000)
    ended_on = DayField(label=_("Decided on"))

    def prepare(self):
        self.fill(ended_on=self.today)

    def check(self, flaw, **facts):
        reviews.check_end(self.review, **facts, today=self.today, by=self.user)


class WithdrawForm(ReviewForm):
    """A party takes the application back."""

    title = _("Withdrawal of the application for review")
    intro = _(
        "One party, or both, may take it back until both have the statement; the commission"
        " allows it."
    )
    button = _("Record the withdrawal")
    done = _("The application is withdrawn.")
    stops = True
    ended_on = DayField(label=_("Withdrawn on"))

    def prepare(self):
        self.fill(ended_on=self.today)

    def check(self, **facts):
        reviews.check_withdrawal(self.review, **facts, today=self.today)


class ServeForm(ReviewForm):
    """Who signed for the statement."""

    title = _("Service of the statement")
    intro = _("With the second signature the statement is in force and can be enforced.")
    button = _("Record the service")
    done = _("The service is recorded.")
    worker_received_on = DayField(label=_("Worker signed for it on"), required=False)
    employer_received_on = DayField(label=_("Employer signed for it on"), required=False)
    spans = {"worker_received_on": 3, "employer_received_on": 3}

    def prepare(self):
        self.fill(
            worker_received_on=self.review.worker_received_on,
            employer_received_on=self.review.employer_received_on,
        )

    def check(self, **facts):
        reviews.check_service(self.review, **facts, today=self.today)
