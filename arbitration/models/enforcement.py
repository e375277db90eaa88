"""Payment before the award."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row


class AdvanceEnforcement(Recorded):
    """The panel decided on enforcement before the award; the court enforces it
    (劳动争议调解仲裁法 article 44, 劳动人事争议仲裁办案规则 article 51).
    """

    proceeding = case_row("advance_enforcements")
    claim = models.ForeignKey(
        "disputes.Claim", on_delete=models.PROTECT, related_name="+", verbose_name=_("claim")
    )
    asked_on = models.DateField(_("asked for on"))
    decided_on = models.DateField(_("decided on"))
    granted = models.BooleanField(_("granted"))
    rights_clear = models.BooleanField(_("rights and duties are clear"), default=False)
    hardship = models.BooleanField(
        _("without it the applicant's life suffers badly"), default=False
    )
    security = models.BooleanField(_("security given"), default=False)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    reasons = models.TextField(_("reasons"))
    court = models.CharField(_("court"), max_length=100, blank=True)
    sent_on = models.DateField(_("sent to the court on"), null=True, blank=True)

    class Meta:
        verbose_name = _("advance enforcement")
        verbose_name_plural = _("advance enforcements")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(granted=True), name="advance_once_a_claim"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="advance_reasoned"),
            models.CheckConstraint(
                condition=Q(granted=False, amount__isnull=True, sent_on__isnull=True)
                | Q(
                    granted=True,
                    amount__isnull=False,
                    amount__gt=0,
                    rights_clear=True,
                    hardship=True,
                ),
                name="advance_granted_as_the_law_says",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__gte=F("asked_on")), name="advance_asked_then_decided"
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, court="")
                | Q(sent_on__isnull=False, sent_on__gte=F("decided_on")) & ~Q(court=""),
                name="advance_sent_to_a_court",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.decided_on}"
