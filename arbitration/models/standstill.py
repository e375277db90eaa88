"""When the hearing of a case stands still."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_person


class Suspension(Recorded):
    """The commission suspended the case; the days do not count for the award
    (劳动人事争议仲裁办案规则 articles 46(六), 47).
    """

    class Ground(models.TextChoices):
        DEATH = "death", _("the worker died, heirs have not said whether they go on")
        CAPACITY = "capacity", _("the worker lost legal capacity, no representative yet")
        DISSOLVED = "dissolved", _("the employer ended, its successor is not known yet")
        FORCE_MAJEURE = "force_majeure", _("a party cannot take part for reasons beyond control")
        OTHER_CASE = "other_case", _("the result of another case is needed first")
        APPRAISAL = "appraisal", _("an injury finding or another appraisal is awaited")
        OTHER = "other", _("another reason to suspend")

    proceeding = case_row("suspensions")
    ground = models.CharField(_("ground"), max_length=14, choices=Ground.choices)
    reason = models.CharField(_("reason"), max_length=500)
    # The first day that does not count, and the first that counts again.
    since = models.DateField(_("suspended from"))
    resumed_on = models.DateField(_("resumed from"), null=True, blank=True)
    resume_reason = models.CharField(_("why it goes on"), max_length=500, blank=True)
    approved_by = to_person(_("approved by"))
    notified_on = models.DateField(_("parties notified on"))

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding"], condition=Q(resumed_on__isnull=True), name="suspended_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_says_why"),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True, resume_reason="")
                | Q(resumed_on__isnull=False, resumed_on__gte=F("since")) & ~Q(resume_reason=""),
                name="suspension_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.since} – {self.resumed_on or ''}"
