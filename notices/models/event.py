"""What happened, for programs of others, and who asked to be told."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.sealed import SealedTextField


class Event(models.Model):
    """Something that happened to one *subject*, written in the transaction in which it did.

    Events of one subject are told in the order of their keys. They hold links and no content:
    who follows a link is asked who she is.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    type = models.CharField(_("type of event"), max_length=60)
    # The case, which this room does not know.
    subject = models.BigIntegerField()
    data = models.JSONField(default=dict)
    at = models.DateTimeField(_("moment"))
    # When it was handed to those who asked for it.
    spread_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(spread_at__isnull=True), name="event_to_spread"
            ),
            models.Index(fields=["at"], name="event_by_moment"),
        ]

    def __str__(self):
        return f"{self.type} {self.uid}"


class Subscription(models.Model):
    """A program that is told by webhook of what the account of its person may see."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name of the program"), max_length=60)
    url = models.CharField(_("address of the program"), max_length=300)
    # None: everything.
    types = ArrayField(models.CharField(max_length=60), blank=True, verbose_name=_("events"))
    secret = SealedTextField(_("key"))
    # Signs beside the new key until *old_until*, so that a program can change over at leisure.
    old_secret = SealedTextField(_("key before"), blank=True)
    old_until = models.DateTimeField(_("key before until"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"], name="subscription_of_user")]

    def __str__(self):
        return self.name

    @property
    def route(self):
        """The name of the way to this program, see ``Message``."""
        return f"hook:{self.pk}"
