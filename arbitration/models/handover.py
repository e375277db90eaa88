"""A proceeding that an organisation outside this system handles."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row
from disputes.models import Outcome


class Handover(models.Model):
    """The package sent to an outside organisation, its receipt, and the outcome it reported."""

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="handover"
    )
    sent_on = models.DateField(_("sent on"))
    contents = models.TextField(_("what was sent"))
    # Why the parties' data may go there when the applicant has not agreed to it.
    sharing_basis = models.CharField(
        _("why the data may be passed on without consent"), max_length=200, blank=True
    )
    signed_on = models.DateField(_("signed by the applicant on"), null=True, blank=True)
    receipt_on = models.DateField(_("receipt dated"), null=True, blank=True)
    outside_number = models.CharField(_("their case number"), max_length=50, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(_("ended on"), null=True, blank=True)
    outcome_amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    outcome_note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("handover to an outside organisation")
        verbose_name_plural = _("handovers to outside organisations")
        constraints = [
            models.CheckConstraint(condition=~Q(contents=""), name="handover_of_something"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(signed_on__lte=F("sent_on")),
                name="handover_signed_before_sent",
            ),
            models.CheckConstraint(
                condition=Q(receipt_on__isnull=True) | Q(receipt_on__gte=F("sent_on")),
                name="handover_receipt_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | ~Q(outcome="")
                & Q(
                    receipt_on__isnull=False,
                    outcome_on__isnull=False,
                    outcome_on__gte=F("receipt_on"),
                ),
                name="handover_outcome_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(outcome_amount__isnull=True)
                | Q(outcome_amount__gte=0) & ~Q(outcome=""),
                name="handover_amount_of_an_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.sent_on}"


class PackageExport(Recorded):
    """Somebody took the package of a case out of the house: when, on what ground, which bytes."""

    proceeding = case_row("package_exports")
    sharing_basis = models.CharField(
        _("why the data may be passed on without consent"), max_length=200, blank=True
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))

    class Meta:
        verbose_name = _("package taken out")
        verbose_name_plural = _("packages taken out")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(
                name="package_exports_stay", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.sha256[:8]}"
