"""Passwords that a person has used, as hashes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UsedPassword(models.Model):
    """The hash of a password from the moment it was set."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="used_passwords",
        verbose_name=_("person"),
    )
    password = models.CharField(_("password"), max_length=128)
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)

    class Meta:
        verbose_name = _("used password")
        verbose_name_plural = _("used passwords")
        ordering = ["-set_at", "-pk"]
        indexes = [models.Index(fields=["user", "-set_at"], name="used_password_of_user")]

    def __str__(self):
        return f"{self.user} {self.set_at:%Y-%m-%d}"
