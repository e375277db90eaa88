"""The chain that holds the lines of the log together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models.append_only import append_only
from audit.models.entry import AuditEntry


class Seal(models.Model):
    """The hash of one line and of the seal before it, in the order of the lines' numbers.

    It stands in a table of its own so that a line of the log is never written twice.
    """

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="seal"
    )
    # SHA-256 in hexadecimal digits.
    hash = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        default_permissions = ()
        ordering = ["pk"]
        triggers = append_only("audit_seals")

    def __str__(self):
        return f"{self.pk} {self.hash[:12]}"
