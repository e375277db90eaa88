"""One meeting of the agencies: when, where, and how far it has come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.models.meeting_series import MeetingSeries


class Meeting(models.Model):
    """The joint meeting on one day. An occurrence of a series is a row like any other."""

    class Kind(models.TextChoices):
        JOINT = "joint", _("joint meeting")
        TOPICAL = "topical", _("meeting on one topic")
        AD_HOC = "ad_hoc", _("meeting called at short notice")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft, nobody is told")
        INVITED = "invited", _("invited")
        IN_SESSION = "in_session", _("in session")
        CLOSED = "closed", pgettext_lazy("meeting", "closed")
        CANCELLED = "cancelled", _("cancelled")

    class Question(models.TextChoices):
        """What somebody has to settle before anybody is invited."""

        NONE = "", _("nothing")
        HOLIDAY = "holiday", _("falls on a holiday")
        NO_NOTICE = "no_notice", _("holidays of the year not announced yet")
        ROOM = "room", _("the room is taken")
        PEOPLE = "people", _("somebody required is expected elsewhere")

    series = models.ForeignKey(
        MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    # When the rule of the series puts it; the same for ever, whenever it takes place.
    original_start = models.DateTimeField(null=True, blank=True)
    office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="convened_meetings",
        verbose_name=_("convened by"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.JOINT)
    name = models.CharField(_("name"), max_length=100)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        "offices.Room",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("room"),
    )
    place = models.CharField(_("other place"), max_length=100, blank=True)
    video_url = models.URLField(_("link of the video meeting"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    question = models.CharField(
        _("to be settled"), max_length=9, choices=Question.choices, blank=True
    )
    uid = models.CharField(max_length=80, db_index=True)
    sequence = models.PositiveIntegerField(default=0)
    # When and where it was to be before the change of which no mail has left yet.
    told_as = models.CharField(max_length=200, blank=True)
    # Counted up by every save, so that two editors do not overwrite each other.
    version = models.PositiveIntegerField(default=0)
    # How many agencies must be there before the meeting decides.
    quorum = models.PositiveSmallIntegerField(_("agencies needed to decide"), default=0)
    materials_by = models.DateField(_("materials due on"), null=True, blank=True)
    override_reason = models.CharField(_("kept in spite of warnings"), max_length=200, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)
    opened_at = models.DateTimeField(pgettext_lazy("meeting", "opened"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("meeting", "closed"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    # For calendar programs, which ask whether anything is newer.
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_takes_time"
            ),
            # Checked when all is done: dates of a series move through each other.
            models.UniqueConstraint(
                fields=["series", "original_start"],
                deferrable=models.Deferrable.DEFERRED,
                name="meeting_once_in_its_series",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, original_start__isnull=True)
                | Q(series__isnull=False, original_start__isnull=False),
                name="meeting_of_a_series_has_its_slot",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                name="meeting_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(question="") | Q(status__in=["draft", "cancelled"]),
                name="meeting_invited_without_question",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="meeting_of_office"),
            models.Index(fields=["starts_at"], name="meeting_by_day"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of its page."""
        return reverse("meeting", args=[self.pk])

    @property
    def where(self):
        """Where it takes place, in words."""
        return f"{self.room.office.short_name} {self.room.name}" if self.room_id else self.place

    @property
    def is_ahead(self):
        """Whether it may still be planned."""
        return self.status in (self.Status.DRAFT, self.Status.INVITED)

    @property
    def minutes(self):
        """How long it is to last, in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Member(models.Model):
    """Somebody who belongs to every meeting of a series."""

    series = models.ForeignKey(MeetingSeries, on_delete=models.CASCADE, related_name="members")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=50)
    mail = models.EmailField(_("mail address"), blank=True)
    role = models.CharField(_("part"), max_length=8)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Participant(models.Model):
    """Somebody who comes to a meeting for an agency."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        REQUIRED = "required", _("required")
        OPTIONAL = "optional", pgettext_lazy("participant", "optional")
        LISTENER = "listener", _("listener")

    class Answer(models.TextChoices):
        NONE = "none", pgettext_lazy("participant", "no answer")
        ACCEPTED = "accepted", _("comes")
        TENTATIVE = "tentative", _("perhaps")
        DECLINED = "declined", _("does not come")

    class Via(models.TextChoices):
        PAGE = "page", _("on the page")
        MAIL = "mail", pgettext_lazy("participant", "by mail")
        DESK = "desk", _("told the coordinator")

    class SignIn(models.TextChoices):
        CODE = "code", _("by code")
        LIST = "list", _("ticked on the list")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_parts",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=50)
    mail = models.EmailField(_("mail address"), blank=True)
    role = models.CharField(_("part"), max_length=8, choices=Role.choices, default=Role.REQUIRED)
    answer = models.CharField(
        _("answer"), max_length=9, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField(pgettext_lazy("meeting", "answered"), null=True, blank=True)
    answer_via = models.CharField(_("answered how"), max_length=4, choices=Via.choices, blank=True)
    answer_note = models.CharField(_("note"), max_length=200, blank=True)
    # What the last counted answer belonged to: older mail does not overwrite it.
    answer_sequence = models.PositiveIntegerField(null=True, blank=True)
    answer_stamp = models.DateTimeField(null=True, blank=True)
    stands_in_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutes",
        verbose_name=_("stands in for"),
    )
    signed_in_at = models.DateTimeField(_("signed in"), null=True, blank=True)
    signed_in_how = models.CharField(
        _("signed in how"), max_length=4, choices=SignIn.choices, blank=True
    )
    # A mail to this person came back, with the number that only we and the receiver know.
    bounced_at = models.DateTimeField(_("mail came back"), null=True, blank=True)
    removed_at = models.DateTimeField(_("taken off the list"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False, removed_at__isnull=True),
                name="participant_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_in_at__isnull=True, signed_in_how="")
                | Q(signed_in_at__isnull=False) & ~Q(signed_in_how=""),
                name="participant_signed_in_somehow",
            ),
        ]
        indexes = [models.Index(fields=["user", "meeting"], name="participant_of_user")]

    def __str__(self):
        return self.name

    @property
    def is_coming(self):
        """Whether a place is kept for this person."""
        return self.removed_at is None and self.answer != self.Answer.DECLINED

    @property
    def is_needed(self):
        """Whether this person, if of the house, cannot be elsewhere at the time."""
        return self.is_coming and self.role in (self.Role.CHAIR, self.Role.REQUIRED)
