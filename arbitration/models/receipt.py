"""The application for arbitration arrives, and what is added to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """The commission has received an application that the applicant signed."""

    class Manner(models.TextChoices):
        DIRECT = "direct", _("filed with the commission")
        FROM_TIER = "from_tier", _("passed on by a mediation organisation")
        TRANSFERRED = "transferred", _("transferred by another commission")

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="arbitration_receipt"
    )
    manner = models.CharField(_("manner of filing"), max_length=12, choices=Manner.choices)
    signed_on = models.DateField(_("signed by the applicant on"))
    received_on = models.DateField(_("received on"))
    complete = models.BooleanField(_("complete"))
    missing = models.TextField(_("what is missing"), blank=True)
    # The one notice that names everything missing (劳动人事争议仲裁办案规则 article 29).
    asked_on = models.DateField(_("applicant told on"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("receipt of the application")
        verbose_name_plural = _("receipts of applications")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__lte=F("received_on")), name="receipt_signed_before_received"
            ),
            models.CheckConstraint(
                condition=Q(complete=True, missing="", asked_on__isnull=True)
                | Q(complete=False, asked_on__isnull=False) & ~Q(missing=""),
                name="receipt_names_what_is_missing",
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(asked_on__gte=F("received_on")),
                name="receipt_asked_after_received",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.received_on}"


class PaperCorrection(models.Model):
    """The applicant brought papers that were missing."""

    proceeding = models.ForeignKey(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="paper_corrections"
    )
    asked = models.TextField(_("what was asked for"))
    received = models.TextField(_("what was received"))
    received_on = models.DateField(_("received on"))
    complete = models.BooleanField(_("everything is there now"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("correction of the application")
        verbose_name_plural = _("corrections of applications")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(received=""), name="paper_correction_says_what_came"
            ),
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=Q(complete=True),
                name="paper_correction_complete_once",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.received_on}"
