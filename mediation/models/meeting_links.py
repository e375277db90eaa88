"""Ways between the meetings and other programs: subscriptions, and mail that came in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FeedToken(models.Model):
    """A subscription of the calendar, for a person or an agency. The secret itself is not kept."""

    class Level(models.TextChoices):
        BUSY = "busy", _("busy times only")
        TITLES = "titles", _("names of the meetings")
        AGENDA = "agenda", _("names, and items open to the reader")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="feeds"
    )
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, null=True, related_name="feeds"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=100)
    level = models.CharField(_("says"), max_length=6, choices=Level.choices)
    until = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    used_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    used_from = models.CharField(_("fetched by"), max_length=120, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, office__isnull=True)
                | Q(user__isnull=True, office__isnull=False),
                name="feed_of_a_person_or_an_agency",
            ),
        ]

    def __str__(self):
        return self.purpose


class InboundMail(models.Model):
    """A mail that came to the meeting's mailbox, as far as it is of interest."""

    class Kind(models.TextChoices):
        REPLY = "reply", pgettext_lazy("mail", "answer")
        COUNTER = "counter", _("another time proposed")
        BOUNCE = "bounce", _("mail that came back")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        APPLIED = "applied", _("counted")
        WAITING = "waiting", _("waits for a person")
        DONE = "done", _("dealt with")

    message_id = models.CharField(max_length=250, unique=True)
    sender = models.CharField(_("sender"), max_length=254)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=7, choices=State.choices)
    # Why it waits: a word of domain.meetings.inbound.
    why = models.CharField(_("why"), max_length=20, blank=True)
    meeting = models.ForeignKey(
        "mediation.Meeting", on_delete=models.PROTECT, null=True, related_name="mails"
    )
    participant = models.ForeignKey(
        "mediation.Participant", on_delete=models.PROTECT, null=True, related_name="mails"
    )
    answer = models.CharField(_("answer"), max_length=9, blank=True)
    proposed_start = models.DateTimeField(_("proposed beginning"), null=True)
    proposed_end = models.DateTimeField(_("proposed end"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-id"], condition=Q(state="waiting"), name="inbound_mail_waiting"),
        ]

    def __str__(self):
        return self.message_id


class BusyCalendar(models.Model):
    """The calendar of another program that somebody handed in: when she is taken, nothing else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="busy_calendar"
    )
    until = models.DateField(_("known until"))
    # Entries whose times could not be read: on their days she may be taken all the same.
    unread = models.PositiveIntegerField(_("entries that could not be read"), default=0)
    at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("calendar handed in")
        verbose_name_plural = _("calendars handed in")

    def __str__(self):
        return str(self.user)


class BusyTime(models.Model):
    """One time at which somebody is taken elsewhere."""

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="busy_takes_time"
            ),
        ]
        indexes = [models.Index(fields=["calendar", "starts_at"], name="busy_by_day")]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
