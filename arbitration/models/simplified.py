"""When a case is handled in the short way, and when it is commissioned out to mediators."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_person

FULL_TERM = 10  # working days of the defence


class SimplifiedProcedure(Recorded):
    """The case is handled by the simplified procedure, until it is turned back
    (劳动人事争议仲裁办案规则 articles 56 to 61).
    """

    class Ground(models.TextChoices):
        CLEAR = "clear", _("clear facts, little in dispute")
        SMALL = "small", _("at most the province's average yearly wage")
        AGREED = "agreed", _("both parties agreed")

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="simplified"
    )
    ground = models.CharField(_("ground"), max_length=6, choices=Ground.choices)
    decided_on = models.DateField(_("decided on"))
    decided_by = to_person(_("decided by"))
    # The respondent may agree to a shorter term, or to none (article 58).
    defence_days = models.PositiveSmallIntegerField(_("term of the defence"), null=True, blank=True)
    agreed_on = models.DateField(_("respondent agreed on"), null=True, blank=True)
    converted_on = models.DateField(_("turned to the ordinary procedure on"), null=True, blank=True)
    convert_reason = models.CharField(_("why it was turned"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("simplified procedure")
        verbose_name_plural = _("simplified procedures")
        constraints = [
            models.CheckConstraint(
                condition=Q(defence_days__isnull=True)
                | Q(defence_days__gte=1, defence_days__lt=FULL_TERM, agreed_on__isnull=False),
                name="simplified_shorter_term_agreed",
            ),
            models.CheckConstraint(
                condition=Q(converted_on__isnull=True, convert_reason="")
                | Q(converted_on__isnull=False, converted_on__gte=F("decided_on"))
                & ~Q(convert_reason=""),
                name="simplified_turned_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.decided_on}"


class CommissionedMediation(Recorded):
    """Before the hearing, and with both parties' consent, somebody else tries to mediate
    (劳动人事争议仲裁办案规则 article 70).
    """

    class Result(models.TextChoices):
        SETTLED = "settled", _("the parties settled")
        FAILED = "failed", _("no settlement, back to the hearing")

    proceeding = case_row("commissioned_mediations")
    mediator = models.CharField(_("organisation or person"), max_length=100)
    applicant_agreed_on = models.DateField(_("applicant agreed on"))
    respondent_agreed_on = models.DateField(_("respondent agreed on"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    # What was settled. Of a failure nothing is told: concessions stay with the mediators.
    terms = models.TextField(_("what was settled"), blank=True)

    class Meta:
        verbose_name = _("commissioned mediation")
        verbose_name_plural = _("commissioned mediations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding"], condition=Q(result=""), name="commissioned_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(mediator=""), name="commissioned_to_somebody"),
            models.CheckConstraint(
                condition=Q(result="", ended_on__isnull=True, terms="")
                | Q(result="failed", ended_on__isnull=False, terms="")
                | Q(result="settled", ended_on__isnull=False) & ~Q(terms=""),
                name="commissioned_ends_with_a_result",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.mediator}"

    @property
    def agreed_on(self):
        """The day on which both had agreed."""
        return max(self.applicant_agreed_on, self.respondent_agreed_on)
