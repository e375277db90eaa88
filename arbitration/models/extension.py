"""More time for the award of a complex case, once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST = 15  # calendar days


class AwardExtension(models.Model):
    """The head of the commission allowed more days for the award, before the term ended."""

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="award_extension"
    )
    days = models.PositiveSmallIntegerField(_("calendar days"))
    reason = models.CharField(_("reason"), max_length=200)
    approved_on = models.DateField(_("approved on"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("approved by"),
    )
    notified_on = models.DateField(_("parties notified on"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("extension of the award")
        verbose_name_plural = _("extensions of awards")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST), name="extension_within_the_law"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            models.CheckConstraint(
                condition=Q(notified_on__gte=F("approved_on")), name="extension_then_notice"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} +{self.days}"
