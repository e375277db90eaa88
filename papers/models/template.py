"""Templates that replace those of the product."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def template_path(row, name):
    """Return where a template is kept."""
    return f"papers/templates/{uuid4().hex}.docx"


def preview_path(row, name):
    """Return where the preview of a template is kept."""
    return f"papers/templates/{uuid4().hex}.pdf"


class PaperTemplate(models.Model):
    """One version of the template of a kind of paper, uploaded by an administrator.

    The product's own template is version 1 and has no row. The latest version in effect counts.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("template", "proposed")
        EFFECTIVE = "effective", pgettext_lazy("template", "in effect")
        DROPPED = "dropped", pgettext_lazy("template", "given up")

    kind = models.CharField(_("kind of paper"), max_length=40)
    version = models.PositiveSmallIntegerField(pgettext_lazy("template", "version"))
    file = models.FileField(_("file"), upload_to=template_path, max_length=100)
    sha256 = models.CharField(max_length=64)
    # Made from sample data when it is uploaded; empty where LibreOffice is missing.
    preview = models.FileField(upload_to=preview_path, max_length=100, blank=True)
    note = models.CharField(_("what is different"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.PROPOSED
    )
    effective_from = models.DateField(_("in effect from"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("template of a paper")
        verbose_name_plural = _("templates of papers")
        ordering = ["kind", "version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="paper_template_once"),
            models.CheckConstraint(
                condition=models.Q(version__gte=2), name="paper_template_after_the_first"
            ),
            models.CheckConstraint(
                condition=models.Q(state="effective", effective_from__isnull=False)
                | ~models.Q(state="effective") & models.Q(effective_from__isnull=True),
                name="paper_template_effective_since",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.version}"
