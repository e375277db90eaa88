"""What an authenticator and the house share, so that a password alone opens nothing."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.sealed import SealedTextField


class SecondFactor(models.Model):
    """The confirmed authenticator of a person; ``User.secured_at`` says since when."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="second_factor",
        verbose_name=_("person"),
    )
    secret = SealedTextField(_("secret"))
    # Keyed hashes of the recovery codes that are left.
    recovery = ArrayField(models.CharField(max_length=32), verbose_name=_("recovery codes"))
    # A code belongs to half a minute, counted since 1970; none before or at this one counts again.
    last_step = models.BigIntegerField(_("last half minute used"))
    failures = models.PositiveSmallIntegerField(_("wrong codes in a row"), default=0)
    failed_at = models.DateTimeField(_("last wrong code"), null=True, blank=True)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self):
        return str(self.user)
