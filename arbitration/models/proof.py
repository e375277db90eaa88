"""Until when proof is taken before the commission."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row


class ProofPeriod(Recorded):
    """Until when the parties hand in proof; the latest row counts
    (劳动人事争议仲裁办案规则 article 44).
    """

    proceeding = case_row("proof_periods")
    until = models.DateField(_("last day"))
    notified_on = models.DateField(_("parties notified on"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("period of proof")
        verbose_name_plural = _("periods of proof")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("notified_on")), name="proof_period_ahead"
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} – {self.until}"
