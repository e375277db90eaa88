"""What somebody typed and has not filed yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.evidence import evidence_path
from disputes.models.sealed import SealedTextField


class Draft(models.Model):
    """The content of one form of one person, encrypted, kept until it is filed or thrown away."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    form = models.CharField(max_length=60)
    # JSON: field name to list of values, as a form posts them.
    content = SealedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once_per_form")]

    def __str__(self):
        return self.form


class DraftFile(models.Model):
    """A file that came with a draft; it becomes evidence when the draft is filed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["pk"]

    def __str__(self):
        return self.name
