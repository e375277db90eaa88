"""The rooms of an office, and who and what is taken when."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models.office import Office


class Room(models.Model):
    """A room where people of an office meet: parties, a panel, the agencies."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("office")
    )
    name = models.CharField(_("name"), max_length=50)
    # Where to go; rooms of one site are reached from each other without a way between.
    site = models.CharField(_("address"), max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["office", "name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="office_room_once"),
            models.CheckConstraint(condition=~Q(name=""), name="office_room_has_a_name"),
        ]

    def __str__(self):
        return self.name


class TimeRange(Func):
    """The time from one moment up to but not including another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def not_twice(column, name):
    """Return the constraint that *column* is not taken twice at the same time."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (column, RangeOperators.EQUAL),
            (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
        ],
        condition=Q(**{f"{column}__isnull": False}),
    )


class Booking(models.Model):
    """A room or a person is taken from one moment up to another, by an occasion.

    Hearings, mediation sessions and meetings live in rooms that do not know each other; what
    they share is this table, and the database refuses what overlaps in it.
    """

    class Kind(models.TextChoices):
        HEARING = "hearing", _("hearing")
        SESSION = "session", _("mediation session")
        MEETING = "meeting", _("joint meeting")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    # The key of the hearing, session or meeting.
    occasion = models.BigIntegerField(_("occasion"))
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, related_name="bookings", verbose_name=_("room")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="bookings",
        verbose_name=_("person"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, person__isnull=True)
                | Q(room__isnull=True, person__isnull=False),
                name="booking_of_a_room_or_a_person",
            ),
            # An empty range overlaps nothing: without this it would pass.
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_takes_time"
            ),
            not_twice("room", "booking_room_free"),
            not_twice("person", "booking_person_free"),
        ]
        indexes = [
            models.Index(fields=["kind", "occasion"], name="booking_of_occasion"),
            models.Index(fields=["starts_at"], name="booking_by_day"),
        ]

    def __str__(self):
        begins = timezone.localtime(self.starts_at)
        return f"{self.kind} {self.occasion} {begins:%Y-%m-%d %H:%M}"
