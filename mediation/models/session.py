"""What happened when the parties met."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models import Party, Proceeding


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

    class Recusal(models.TextChoices):
        NONE = "none", _("heard it, objects to nobody")
        OBJECTS = "objects", _("objects to a mediator")
        ABSENT = "absent", _("was not present")

    class Offer(models.TextChoices):
        MEDIATOR = "mediator", _("the mediator")
        WORKER = "worker", _("the worker")
        EMPLOYER = "employer", _("the employer")

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
    attendance = models.TextField(_("who was there"), blank=True)
    recusal_told = models.BooleanField(
        _("the parties were told that they may object to a mediator")
    )
    recusal_worker = models.CharField(
        _("answer of the worker"), max_length=8, choices=Recusal.choices, blank=True
    )
    recusal_employer = models.CharField(
        _("answer of the employer"), max_length=8, choices=Recusal.choices, blank=True
    )
    statement_worker = models.TextField(_("what the worker said"), blank=True)
    statement_employer = models.TextField(_("what the employer said"), blank=True)
    statements = models.TextField(_("what both sides said"), blank=True)
    undisputed = models.TextField(_("facts that nobody disputes"), blank=True)
    issues = models.TextField(_("what is in dispute"), blank=True)
    proposal = models.TextField(_("proposal"), blank=True)
    offer_by = models.CharField(_("proposed by"), max_length=8, choices=Offer.choices, blank=True)
    offer_amount = models.DecimalField(
        _("amount proposed (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    offer_due = models.DateField(_("proposed to be paid by"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=~models.Q(statements="", statement_worker="", statement_employer=""),
                name="session_somebody_said_something",
            ),
            models.CheckConstraint(
                condition=models.Q(offer_amount__isnull=True) | models.Q(offer_amount__gt=0),
                name="session_offer_positive",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} / {self.ordinal}"


class SessionAttendee(models.Model):
    """Somebody who was to be at a session, as what, and how it was checked who that is."""

    class Part(models.TextChoices):
        SELF = "self", _("the party in person")
        HEAD = "head", _("legal representative")
        AGENT = "agent", _("authorised agent")
        UNION = "union", _("union or invited person")
        OTHER = "other", pgettext_lazy("attendance", "other")

    class Check(models.TextChoices):
        ID_CARD = "id_card", _("identity card shown")
        AUTHORISATION = "authorised", _("identity card and letter of authority")
        LICENCE = "licence", _("identity card and proof of office")
        KNOWN = "known", _("known in person")
        REMOTE = "remote", _("checked over video or phone")
        ABSENT = "absent", _("did not come")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendees")
    ordinal = models.PositiveSmallIntegerField(pgettext_lazy("attendance", "number"))
    name = models.CharField(_("name"), max_length=100)
    side = models.CharField(_("side"), max_length=10, choices=Party.Kind.choices, blank=True)
    part = models.CharField(_("as what"), max_length=8, choices=Part.choices)
    identity = models.CharField(_("how identity was checked"), max_length=10, choices=Check.choices)

    class Meta:
        verbose_name = _("person at a session")
        verbose_name_plural = _("people at sessions")
        ordering = ["session", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["session", "ordinal"], name="attendee_ordinal_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="attendee_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(
                    identity__in=["id_card", "authorised", "licence", "known", "remote", "absent"]
                ),
                name="attendee_identity_known",
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.ordinal}"
