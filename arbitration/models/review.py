"""The commission reviews a mediation agreement and gives it the force of a statement."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arbitration.models.base import Recorded, to_party, to_person

# Where a review can stand: what the commission still has to do something about, and the rest.
STATES = {
    "waiting": pgettext_lazy("review", "waits for the decision on acceptance"),
    "examined": pgettext_lazy("review", "under examination"),
    "serving": pgettext_lazy("review", "statement to be served"),
    "in_force": pgettext_lazy("review", "statement in force"),
    "declined": pgettext_lazy("review", "no statement made"),
    "refused": pgettext_lazy("review", "not accepted"),
    "withdrawn": pgettext_lazy("review", "application withdrawn"),
}
OPEN_STATES = ("waiting", "examined", "serving")


class AgreementReview(Recorded):
    """Both parties asked the commission to review the agreement of a mediation
    (劳动人事争议仲裁办案规则 articles 74 to 79).

    It holds what the parties hand in with their application, the agreement, and nothing of what
    was said before it.
    """

    class Refusal(models.TextChoices):
        OUT_OF_SCOPE = "out_of_scope", _("no dispute that a commission decides")
        NO_JURISDICTION = "no_jurisdiction", _("another commission is competent")
        LATE = "late", _("after the term of the application")
        RELATIONSHIP = "relationship", _("it confirms a labour relation")
        CONFIRMED = "confirmed", _("a court has confirmed it")

    class Result(models.TextChoices):
        STATEMENT = "statement", _("mediation statement made")
        DECLINED = "declined", _("no statement made")
        WITHDRAWN = "withdrawn", _("application withdrawn")

    class Flaw(models.TextChoices):
        UNLAWFUL = "unlawful", _("it breaks mandatory law")
        HARMFUL = "harmful", _("it harms the state, the public or somebody's rights")
        FALSE = "false", _("the papers seem to be false")
        INVOLUNTARY = "involuntary", _("it was not made of free will")
        UNCLEAR = "unclear", _("its content is not clear")
        OTHER = "other", _("another reason to decline")

    mediation = models.ForeignKey(
        "disputes.Proceeding",
        on_delete=models.PROTECT,
        related_name="agreement_reviews",
        verbose_name=_("mediation"),
    )
    office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="agreement_reviews",
        verbose_name=_("commission"),
    )
    number = models.CharField(_("number"), max_length=50, unique=True)
    # What the parties handed in.
    applied_on = models.DateField(_("applied on"))
    worker_signed_on = models.DateField(_("signed by the worker on"))
    employer_signed_on = models.DateField(_("signed by the employer on"))
    effective_on = models.DateField(_("agreement effective since"))
    terms = models.TextField(_("terms"))
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    performance_by = models.DateField(_("to be performed by"), null=True, blank=True)
    confirms_relationship = models.BooleanField(
        _("confirms that there is a labour relation"), default=False
    )
    due_on = models.DateField(_("application was possible until"))
    # Whether the commission takes it.
    decided_on = models.DateField(_("acceptance decided on"), null=True, blank=True)
    refusal = models.CharField(_("why not accepted"), max_length=16, choices=Refusal, blank=True)
    reviewer = to_person(_("reviewing arbitrator"), null=True, blank=True)
    conflict_declared = models.BooleanField(_("no conflict of interest declared"), default=False)
    deadline = models.OneToOneField(
        "disputes.Deadline",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_review",
    )
    extended_by = to_person(_("extension approved by"), null=True, blank=True)
    extend_reason = models.CharField(_("reason of the extension"), max_length=200, blank=True)
    # What came of it.
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    flaw = models.CharField(_("why no statement"), max_length=12, choices=Flaw, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    worker_received_on = models.DateField(_("worker signed for it on"), null=True, blank=True)
    employer_received_on = models.DateField(_("employer signed for it on"), null=True, blank=True)

    class Meta:
        verbose_name = _("review of an agreement")
        verbose_name_plural = _("reviews of agreements")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["office", "-id"], name="review_of_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(conflict_declared=True),
                name="review_by_somebody_who_declared",
            ),
            models.UniqueConstraint(
                fields=["mediation"],
                condition=Q(refusal="", result__in=["", "statement"]),
                name="review_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(terms=""), name="review_of_something"),
            models.CheckConstraint(
                condition=Q(worker_signed_on__lte=F("applied_on"))
                & Q(employer_signed_on__lte=F("applied_on")),
                name="review_applied_by_both",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, refusal="", reviewer__isnull=True)
                | Q(decided_on__isnull=False, decided_on__gte=F("applied_on"))
                & (
                    Q(refusal="", reviewer__isnull=False)
                    | ~Q(refusal="") & Q(reviewer__isnull=True)
                ),
                name="review_accepted_with_a_reviewer",
            ),
            # 33号令 article 75: such an agreement is never reviewed.
            models.CheckConstraint(
                condition=Q(confirms_relationship=False)
                | Q(decided_on__isnull=True)
                | ~Q(refusal=""),
                name="review_not_of_a_relationship",
            ),
            models.CheckConstraint(
                condition=Q(extended_by__isnull=True, extend_reason="")
                | Q(extended_by__isnull=False) & ~Q(extend_reason=""),
                name="review_extended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(result="", ended_on__isnull=True)
                | Q(ended_on__isnull=False) & ~Q(result=""),
                name="review_ended_with_a_result",
            ),
            models.CheckConstraint(
                condition=Q(result="declined") & ~Q(flaw="") & ~Q(reasons="")
                | ~Q(result="declined") & Q(flaw=""),
                name="review_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["statement", "declined"]) | Q(reviewer__isnull=False),
                name="review_decided_once_accepted",
            ),
            models.CheckConstraint(
                condition=Q(worker_received_on__isnull=True, employer_received_on__isnull=True)
                | Q(result="statement"),
                name="review_only_a_statement_is_served",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def state(self):
        """Where the review stands, as one word of ``STATES``."""
        if self.refusal:
            return "refused"
        if self.decided_on is None and not self.result:
            return "waiting"
        if not self.result:
            return "examined"
        if self.result == self.Result.STATEMENT:
            return "in_force" if self.in_force_since else "serving"
        return self.result

    @property
    def state_words(self):
        """Where the review stands, in words."""
        return STATES[self.state]

    @property
    def is_open(self):
        """Whether the commission still has something to do about it."""
        return self.state in OPEN_STATES

    @property
    def in_force_since(self):
        """The day from which the statement binds: both have signed for it; None before."""
        received = (self.worker_received_on, self.employer_received_on)
        return max(received) if all(received) else None


class ReviewPaper(models.Model):
    """A paper that the commission issued in a review, and to whom it goes."""

    review = models.ForeignKey(AgreementReview, on_delete=models.PROTECT, related_name="papers")
    paper = models.OneToOneField(
        "papers.Paper", on_delete=models.PROTECT, related_name="in_review", verbose_name=_("paper")
    )
    party = to_party(pgettext_lazy("paper", "recipient"))

    class Meta:
        verbose_name = _("paper of a review")
        verbose_name_plural = _("papers of a review")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.review_id} {self.paper_id}"
