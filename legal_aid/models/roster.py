"""Which lawyer is where and when, and who came to ask her."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models import Cause
from disputes.models.sealed import SealedTextField
from legal_aid.models.pool import Lawyer


class Span(Func):
    """The time from one moment up to but not including another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _apart(column, name, condition=None):
    return ExclusionConstraint(
        name=name,
        expressions=[
            (column, RangeOperators.EQUAL),
            (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class Duty(models.Model):
    """A lawyer keeps office hours at a place: one lawyer per place, one place per lawyer."""

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="lawyers_duties",
        verbose_name=_("station or street"),
    )
    lawyer = models.ForeignKey(
        Lawyer, on_delete=models.PROTECT, related_name="duties", verbose_name=_("lawyer")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("lawyer's duty")
        verbose_name_plural = _("lawyers' duties")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_takes_time"),
            _apart("lawyer", "duty_lawyer_free"),
            _apart("place", "duty_place_free"),
        ]
        indexes = [models.Index(fields=["centre", "starts_at"], name="duty_of_centre")]

    def __str__(self):
        return f"{self.lawyer_id} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class Consultation(models.Model):
    """Somebody asks a lawyer: booked, then written down. It may become a case or an application."""

    class Mode(models.TextChoices):
        PHONE = "phone", _("by telephone")
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", pgettext_lazy("consultation", "online")

    class Result(models.TextChoices):
        ANSWERED = "answered", _("answered")
        NEGOTIATE = "negotiate", _("advised to negotiate")
        MEDIATE = "mediate", _("advised to apply for mediation")
        ARBITRATE = "arbitrate", _("advised to apply for arbitration")
        AID = "aid", _("advised to apply for legal aid")
        REFERRED = "referred", _("referred to another body")

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    lawyer = models.ForeignKey(
        Lawyer,
        on_delete=models.PROTECT,
        related_name="consultations",
        verbose_name=_("lawyer"),
    )
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    mode = models.CharField(_("mode"), max_length=8, choices=Mode.choices)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    name = models.CharField(_("who asks"), max_length=50)
    phone = SealedTextField(_("phone"), blank=True)
    is_migrant = models.BooleanField(_("migrant worker"), default=False)
    employer = models.CharField(_("employer"), max_length=100, blank=True)
    cause = models.CharField(_("main cause"), max_length=20, choices=Cause.choices, blank=True)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    booked_at = models.DateTimeField(_("booked"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    held_at = models.DateTimeField(_("written down"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)
    # The token of the application that it fills in: by it the filed case is known again.
    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    wants_aid = models.BooleanField(_("legal aid is wanted"), default=False)
    case = models.ForeignKey(
        "disputes.Case",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("case"),
    )

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="consultation_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | (~Q(answer="") & ~Q(result="")),
                name="consultation_written_whole",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="consultation_held_or_called_off",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="consultation_rated_1_to_5",
            ),
            _apart("lawyer", "consultation_lawyer_free", Q(cancelled_at__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["centre", "-starts_at", "-id"], name="consultation_of_centre"),
            models.Index(fields=["lawyer", "-starts_at"], name="consultation_of_lawyer"),
            models.Index(fields=["booked_by", "-starts_at"], name="consultation_of_booker"),
        ]

    def __str__(self):
        return f"{self.centre_id} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def is_open(self):
        """Whether it is still ahead: neither written down nor called off."""
        return self.held_at is None and self.cancelled_at is None
