"""Scans: vouchers of payments, proofs of an applicant's means."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.application import Application
from legal_aid.models.fund import Payment


def enclosure_path(row, name):
    """Return where a scan is kept: a random name that tells nothing of whom it is about."""
    token = uuid4().hex
    return f"aid/{token[:2]}/{token[2:]}"


class Enclosure(models.Model):
    """A scan that belongs to one payment or to one application. It is kept as it came."""

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="enclosures"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="enclosures"
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to=enclosure_path, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=True) ^ Q(application__isnull=True),
                name="enclosure_of_one_thing",
            ),
            # One voucher pays for one thing: nobody is paid twice on the same receipt.
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(payment__isnull=False), name="voucher_scanned_once"
            ),
            models.UniqueConstraint(
                fields=["application", "sha256"],
                condition=Q(application__isnull=False),
                name="enclosure_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="enclosures_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return self.name
