"""What became of each look at the whole chain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models.append_only import append_only


class Verification(models.Model):
    """The result of one verification. Its last number and seal are an anchor to keep elsewhere."""

    class Fault(models.TextChoices):
        ALTERED = "altered", _("the line was altered, or one before it removed")
        REMOVED = "removed", _("the line was removed")
        SLIPPED_IN = "slipped_in", _("the line was slipped in behind the seals")
        ANCHOR = "anchor", _("the chain no longer contains the anchor")

    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked = models.BigIntegerField(_("lines verified"))
    last_entry = models.BigIntegerField(_("last line sealed"), null=True)
    last_hash = models.CharField(_("last seal"), max_length=64, blank=True)
    unsealed = models.BigIntegerField(_("lines not sealed yet"))
    fault = models.CharField(_("what is wrong"), max_length=10, choices=Fault.choices, blank=True)
    bad_entry = models.BigIntegerField(_("first bad line"), null=True)
    # Tables whose changes are not recorded because a trigger is missing or switched off.
    unguarded = models.JSONField(_("tables without their trigger"), default=list)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        default_permissions = ()
        ordering = ["-pk"]
        triggers = append_only("audit_verifications")

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.fault or 'whole'}"

    @property
    def is_whole(self):
        """Whether nothing was found wrong."""
        return not self.fault and not self.unguarded
