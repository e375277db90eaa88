"""What leaves the house, one row per message, and the ways on which it leaves."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.sealed import SealedTextField


class Channel(models.TextChoices):
    """A way out of the house; the inbox is the one way that stays inside."""

    INBOX = "inbox", _("inbox")
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    WEBHOOK = "webhook", _("webhook")


class Message(models.Model):
    """One message to one recipient, kept until it is delivered or given up.

    Messages of one *lane* arrive in the order in which they were written. A message that its
    receiver will not take steps *aside*: it is tried again, and those behind it go on.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        PARKED = "parked", _("parked")

    # By this the receiver knows it again, however often it comes.
    uid = models.UUIDField(_("number of the message"), default=uuid4, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    # Whoever gets it, when that is somebody with an account.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("recipient"),
    )
    # Address and content, as JSON that only the application reads.
    address = SealedTextField(_("address"))
    content = SealedTextField(_("content"))
    lane = models.CharField(_("lane"), max_length=80)
    # What is down or up as one: the mail server, the gateway, one subscriber's server.
    route = models.CharField(_("route"), max_length=40)
    # The same news is sent to the same recipient once, however often the work is repeated.
    key = models.CharField(_("key"), max_length=120)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    aside = models.BooleanField(_("stepped aside"), default=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    first_tried_at = models.DateTimeField(_("first attempt"), null=True, blank=True)
    last_error = models.CharField(_("error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("moment"))
    ended_at = models.DateTimeField(_("sent or parked at"), null=True, blank=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent again by"),
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lane", "key"], name="message_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | models.Q(~models.Q(state="waiting"), ended_at__isnull=False),
                name="message_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                condition=models.Q(state="waiting"),
                name="message_due",
            ),
            models.Index(
                fields=["lane", "id"],
                condition=models.Q(state="waiting", aside=False),
                name="message_in_lane",
            ),
            models.Index(fields=["state", "-id"], name="message_by_state"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.uid}"


class Route(models.Model):
    """A way out that does not work at the moment: nothing is tried on it before *paused_until*."""

    name = models.CharField(_("route"), max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(_("attempts"), default=1)
    down_since = models.DateTimeField(_("down since"))
    paused_until = models.DateTimeField(_("next attempt"))
    last_error = models.CharField(_("error"), max_length=300)

    class Meta:
        verbose_name = _("route that is down")
        verbose_name_plural = _("routes that are down")
        ordering = ["down_since"]

    def __str__(self):
        return self.name
