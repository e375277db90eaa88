"""When and where a panel hears the parties, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, to_party


class Hearing(models.Model):
    """A date with the parties, in a room or online; it books its room and its arbitrators."""

    class Mode(models.TextChoices):
        ROOM = "room", _("in a hearing room")
        ONLINE = "online", _("online")

    proceeding = models.ForeignKey(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="hearings"
    )
    # The how-manieth of its proceeding.
    ordinal = models.PositiveSmallIntegerField(_("number"))
    mode = models.CharField(_("mode"), max_length=8, choices=Mode.choices)
    room = models.ForeignKey(
        "offices.Room",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        verbose_name=_("hearing room"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    presiding = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="presided_hearings",
        verbose_name=_("presiding arbitrator"),
    )
    notified_on = models.DateField(_("parties notified on"))
    notice_waived = models.BooleanField(_("parties agreed to shorter terms"), default=False)
    # A cancelled hearing gives its room and its arbitrator free again.
    cancelled = models.BooleanField(_("cancelled"), default=False)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["proceeding", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "ordinal"], name="hearing_ordinal_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="hearing_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(mode="room", room__isnull=False) | Q(mode="online", room__isnull=True),
                name="hearing_in_a_room_or_online",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class HearingRecord(models.Model):
    """What happened at a hearing."""

    class Result(models.TextChoices):
        CONCLUDED = "concluded", _("concluded, the panel decides")
        MEDIATED = "mediated", _("the parties settled")
        ADJOURNED = "adjourned", _("adjourned to another day")
        APPLICANT_ABSENT = "applicant_absent", _("applicant absent: treated as withdrawn")
        DEFAULT = "default", _("respondent absent: decided in absence")

    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="record")
    applicant_present = models.BooleanField(_("applicant present"))
    respondent_present = models.BooleanField(_("respondent present"))
    mediation_tried = models.BooleanField(_("mediation tried"))
    record = models.TextField(_("record of the hearing"))
    result = models.CharField(_("result"), max_length=16, choices=Result.choices)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("record of a hearing")
        verbose_name_plural = _("records of hearings")
        constraints = [
            models.CheckConstraint(condition=~Q(record=""), name="hearing_record_written"),
            models.CheckConstraint(
                condition=~Q(result__in=["concluded", "mediated"])
                | Q(applicant_present=True, respondent_present=True, mediation_tried=True),
                name="hearing_with_both_tries_mediation",
            ),
            models.CheckConstraint(
                condition=~Q(result="applicant_absent") | Q(applicant_present=False),
                name="hearing_applicant_absent",
            ),
            models.CheckConstraint(
                condition=~Q(result="default")
                | Q(applicant_present=True, respondent_present=False),
                name="hearing_respondent_absent",
            ),
        ]

    def __str__(self):
        return f"{self.hearing_id}: {self.get_result_display()}"


class Postponement(Recorded):
    """A party asked to put a hearing off, and the answer (劳动争议调解仲裁法 article 35)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="postponements")
    party = to_party(_("party"))
    asked_on = models.DateField(_("asked for on"))
    reason = models.CharField(_("reason"), max_length=500)
    decided_on = models.DateField(_("decided on"))
    granted = models.BooleanField(_("granted"))
    note = models.CharField(_("why not"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request for postponement")
        verbose_name_plural = _("requests for postponement")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_says_why"),
            models.CheckConstraint(
                condition=Q(granted=True) | ~Q(note=""), name="postponement_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__gte=F("asked_on")), name="postponement_asked_then_decided"
            ),
            models.UniqueConstraint(
                fields=["hearing"], condition=Q(granted=True), name="postponed_once"
            ),
        ]

    def __str__(self):
        return f"{self.hearing_id}: {self.party_id}"


class RecordSignature(Recorded):
    """How a party stands to the record: signed, refused, gone (调解仲裁法 article 40)."""

    class How(models.TextChoices):
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("refused to sign")
        ABSENT = "absent", _("was not there")

    record = models.ForeignKey(HearingRecord, on_delete=models.PROTECT, related_name="signatures")
    party = to_party(_("party"))
    how = models.CharField(_("signature"), max_length=8, choices=How.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("signature under a record")
        verbose_name_plural = _("signatures under a record")
        ordering = ["record", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "party"], name="record_signed_once"),
            models.CheckConstraint(
                condition=~Q(how="refused") | ~Q(note=""), name="record_refused_why"
            ),
        ]

    def __str__(self):
        return f"{self.record_id}: {self.get_how_display()}"
