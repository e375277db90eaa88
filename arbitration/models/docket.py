"""Whether the commission takes the case on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disputes.models import ServiceMethod


class DocketDecision(models.Model):
    """The commission dockets an application or refuses it; a refusal is reasoned and notified."""

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="docket_decision"
    )
    docketed = models.BooleanField(_("docketed"))
    on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"), blank=True)
    notice_served_on = models.DateField(_("notice served on"), null=True, blank=True)
    notice_method = models.CharField(
        _("method of service"), max_length=10, choices=ServiceMethod.choices, blank=True
    )
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("decision on the docket")
        verbose_name_plural = _("decisions on the docket")
        constraints = [
            models.CheckConstraint(
                condition=Q(docketed=True) | Q(notice_served_on__isnull=False) & ~Q(reasons=""),
                name="docket_refusal_reasoned_and_notified",
            ),
            models.CheckConstraint(
                condition=Q(notice_served_on__isnull=True, notice_method="")
                | Q(notice_served_on__isnull=False) & ~Q(notice_method=""),
                name="docket_notice_with_its_method",
            ),
            models.CheckConstraint(
                condition=Q(notice_served_on__isnull=True) | Q(notice_served_on__gte=F("on")),
                name="docket_notice_after_decision",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.on}"
