"""What happened when the parties met."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding


class MeetingTime(models.Func):
    """The time from the beginning to the end of a session, the end not included."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Session(models.Model):
    """The record of one mediation session. What is said in it stays with the office."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("in one room")
        PHONE = "phone", _("over the phone")
        VIDEO = "video", _("by video")

    class Result(models.TextChoices):
        ADJOURNED = "adjourned", _("to be continued")
        SETTLED = "settled", _("settled")
        FAILED = "failed", _("not settled")

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="sessions")
    ordinal = models.PositiveSmallIntegerField(_("session"))
    started_at = models.DateTimeField(_("session began"))
    ended_at = models.DateTimeField(_("session ended"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    mode = models.CharField(_("how the parties met"), max_length=8, choices=Mode.choices)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="hosted_sessions",
        verbose_name=_("led by"),
    )
    attendance = models.TextField(_("who was there"))
    recusal_told = models.BooleanField(
        _("the parties were told that they may object to a mediator")
    )
    statements = models.TextField(_("what both sides said"))
    undisputed = models.TextField(_("facts that nobody disputes"), blank=True)
    issues = models.TextField(_("what is in dispute"), blank=True)
    proposal = models.TextField(_("proposal"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    next_at = models.DateTimeField(_("next session"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("mediation session")
        verbose_name_plural = _("mediation sessions")
        ordering = ["proceeding", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "ordinal"], name="session_ordinal_once"),
            ExclusionConstraint(
                name="session_one_at_a_time",
                expressions=[
                    ("proceeding", RangeOperators.EQUAL),
                    (MeetingTime("started_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("started_at")),
                name="session_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__lte=models.F("at")),
                name="session_written_down_afterwards",
            ),
            models.CheckConstraint(
                condition=models.Q(recusal_told=True), name="session_told_of_recusal"
            ),
            models.CheckConstraint(
                condition=~models.Q(mode="on_site") | ~models.Q(place=""),
                name="session_in_one_room_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(next_at__isnull=True)
                | models.Q(result="adjourned", next_at__gt=models.F("ended_at")),
                name="session_next_only_when_adjourned",
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=["adjourned", "settled", "failed"]),
                name="session_result_known",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} / {self.ordinal}"
