"""How a person wants to be told, and the words in which the house tells it."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.models.kinds import Kind
from notices.models.message import Channel
from offices.sealed import SealedTextField

# Ways out that reach a person, in the order in which they are offered.
OUTSIDE = (Channel.MAIL, Channel.SMS, Channel.WECOM, Channel.DINGTALK)


class How(models.TextChoices):
    """When a person is told on one channel."""

    NOW = "now", _("at once")
    DIGEST = "digest", _("in the digest")
    OFF = "off", _("not at all")


class Contact(models.Model):
    """Where and when a person is reached outside of the house. Her mail address is the account's.

    Nothing leaves in the quiet hours but what must; *quiet_from* may lie after *quiet_until*,
    the night between them.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact"
    )
    mobile = SealedTextField(_("mobile phone"), blank=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest_at = models.TimeField(_("digest at"), default=time(8, 30))

    class Meta:
        verbose_name = _("how a person is reached")
        verbose_name_plural = _("how people are reached")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="contact_quiet_hours_whole",
            )
        ]

    def __str__(self):
        return str(self.user)


class Preference(models.Model):
    """What a person chose for one kind of news on one channel; without a row the usual holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    how = models.CharField(_("when"), max_length=6, choices=How.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once")
        ]

    def __str__(self):
        return f"{self.user_id} {self.kind} {self.channel}"


class DigestLine(models.Model):
    """News that waits for the digest of a person on one channel."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_lines"
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    created_at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of digests")
        indexes = [
            models.Index(fields=["recipient", "channel", "created_at"], name="digest_of_person")
        ]

    def __str__(self):
        return f"{self.recipient_id} {self.kind}"


class NoticeText(models.Model):
    """The words of one kind as the administrator changed them; without a row the usual hold."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, unique=True)
    subject = models.CharField(_("subject of the mail"), max_length=100)
    text = models.TextField(_("text of the mail"), max_length=2000)
    short = models.CharField(_("short message"), max_length=200)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("text of notices")
        verbose_name_plural = _("texts of notices")
        ordering = ["kind"]

    def __str__(self):
        return self.get_kind_display()
