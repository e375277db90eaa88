"""A lawyer's opinion on a case under mediation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding
from disputes.models.sealed import SealedTextField


class Review(models.Model):
    """What a lawyer was asked and what she answered. Read by the office and by her alone."""

    class Recommendation(models.TextChoices):
        NEGOTIATE = "negotiate", _("negotiate")
        MEDIATE = "mediate", _("mediate")
        ARBITRATE = "arbitrate", _("go to arbitration")
        NOT_ADVISED = "not_advised", _("not advised to pursue")

    class Risk(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="reviews")
    lawyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("lawyer"),
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("opinion due on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("asked by"),
    )
    # Where the lawyer was given the whole matter by legal aid, the review is part of it.
    engagement = models.ForeignKey(
        "legal_aid.Engagement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("assignment of a lawyer"),
    )
    # The lawyer saw the names of the parties, declared, and took the review: the file opened.
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    decline_reason = models.CharField(_("why declined"), max_length=500, blank=True)
    # Told once that the opinion is late.
    late_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    conflict_declared = models.BooleanField(
        _("no conflict of interest was declared"), default=False
    )
    facts = models.TextField(_("facts in short"), blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=12, choices=Recommendation.choices, blank=True
    )
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, blank=True)
    # L3: for the union and the client alone, never for the employer's people or another tier.
    bottom_line = SealedTextField(_("bottom line"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)

    class Meta:
        verbose_name = _("lawyer's review")
        verbose_name_plural = _("lawyers' reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=models.Q(submitted_at__isnull=True, cancelled_at__isnull=True),
                name="review_one_open_per_proceeding",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(accepted_at__isnull=False),
                name="review_accepted_before_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("asked_on")),
                name="review_due_after_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True)
                | (
                    models.Q(conflict_declared=True)
                    & ~models.Q(facts="")
                    & ~models.Q(opinion="")
                    & ~models.Q(recommendation="")
                    & ~models.Q(risk="")
                ),
                name="review_submitted_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="review_submitted_or_called_off",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lawyer", "due_on"],
                condition=models.Q(submitted_at__isnull=True, cancelled_at__isnull=True),
                name="review_open_of_lawyer",
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.lawyer_id}"

    @property
    def is_open(self):
        """Whether the opinion is still awaited."""
        return self.submitted_at is None and self.cancelled_at is None

    @property
    def is_offered(self):
        """Whether the lawyer has yet to say whether she takes it."""
        return self.is_open and self.accepted_at is None

    def is_late_on(self, on):
        """Whether the opinion is awaited and overdue on the date *on*."""
        return self.is_open and on > self.due_on
