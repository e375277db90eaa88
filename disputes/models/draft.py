"""What somebody typed and has not filed yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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
        constraints = [
            models.UniqueConstraint(fields=["user", "form"], name="draft_once_per_form")
        ]

    def __str__(self):
        return self.form
