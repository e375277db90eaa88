"""Papers that were issued, and the series of their numbers."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.template import PaperTemplate

KEPT = (
    "office", "kind", "title", "year", "serial", "number", "template", "docx", "docx_sha256",
    "issued_at", "issued_by",
)  # fmt: skip


def docx_path(row, name):
    """Return where the Word document is kept: a random name that tells nothing of the case."""
    token = uuid4().hex
    return f"papers/{token[:2]}/{token[2:]}.docx"


def pdf_path(row, name):
    """Return where the PDF is kept, likewise."""
    token = uuid4().hex
    return f"papers/{token[:2]}/{token[2:]}.pdf"


class PaperSeries(models.Model):
    """The last number given per office, kind of paper and year."""

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="paper_series_once")
        ]

    def __str__(self):
        return f"{self.office_id} {self.kind} {self.year}: {self.last}"


class Paper(models.Model):
    """One issued paper: what left the house, with its number and its bytes.

    It is never changed or deleted. A wrong one is void, and its number stays taken.
    """

    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="papers", verbose_name=_("office")
    )
    kind = models.CharField(_("kind of paper"), max_length=40)
    title = models.CharField(_("title"), max_length=100)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("document number"), max_length=60)
    # Empty: the template that comes with the product.
    template = models.ForeignKey(
        PaperTemplate, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    docx = models.FileField(upload_to=docx_path, max_length=100)
    docx_sha256 = models.CharField(max_length=64)
    # Made with the paper, or later where LibreOffice was missing then.
    pdf = models.FileField(upload_to=pdf_path, max_length=100, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    voided_at = models.DateTimeField(_("declared void"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("declared void by"),
    )
    void_reason = models.CharField(_("why it is void"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "serial"], name="paper_number_once"
            ),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="paper_counts_from_one"),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | models.Q(voided_at__isnull=False, voided_by__isnull=False)
                & ~models.Q(void_reason=""),
                name="paper_void_with_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(pdf="", pdf_sha256="") | ~models.Q(pdf="", pdf_sha256=""),
                name="paper_pdf_with_its_hash",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="paper_is_not_rewritten", fields=list(KEPT)),
        ]

    def __str__(self):
        return f"{self.title} {self.number}"

    @property
    def is_void(self):
        return self.voided_at is not None
