"""The workers of a collective case: who they are, who speaks for them, what became of each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.evidence import Evidence
from disputes.models.party import Claim, Party
from disputes.models.proceeding import Proceeding

REPRESENTATIVES = (3, 5)


class Recorded(models.Model):
    """When and by whom a row was written."""

    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        abstract = True


class Member(Recorded):
    """One worker on the roster of a case (劳动人事争议仲裁办案规则 articles 5 and 62).

    Who she is stands, sealed, in *party*: the applicant herself, or a represented worker.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="roster")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="member")
    number = models.PositiveIntegerField(_("number on the roster"))
    post = models.CharField(_("post"), max_length=50, blank=True)
    period_from = models.DateField(_("from"), null=True, blank=True)
    period_to = models.DateField(_("to"), null=True, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    signed = models.BooleanField(_("signed the application"), default=False)
    left_on = models.DateField(_("left the roster on"), null=True, blank=True)
    left_reason = models.CharField(_("why she left"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("worker on the roster")
        verbose_name_plural = _("workers on the roster")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="member_number_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="member_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=models.F("period_from")),
                name="member_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_reason="")
                | Q(left_on__isnull=False) & ~Q(left_reason=""),
                name="member_leaves_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="members_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.case_id} {self.number}"


class RosterUpload(Recorded):
    """A workbook that was handed in as roster, and what became of its rows."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="roster_uploads")
    name = models.CharField(_("file name"), max_length=200)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    added = models.PositiveIntegerField(_("rows added"), default=0)
    changed = models.PositiveIntegerField(_("rows changed"), default=0)
    rejected = models.PositiveIntegerField(_("rows rejected"), default=0)
    report = models.JSONField(default=dict, blank=True)
    rejects = models.FileField(_("rejected rows"), upload_to="rosters/%Y/%m/", blank=True)

    class Meta:
        verbose_name = _("upload of a roster")
        verbose_name_plural = _("uploads of rosters")
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class Election(Recorded):
    """The workers chose their representatives, three to five (调解仲裁法 7, 33号令 5, 62).

    The latest counts. The minutes are among the materials of the case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="elections")
    held_on = models.DateField(_("elected on"))
    present = models.PositiveIntegerField(_("workers who took part"))
    minutes = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="+", verbose_name=_("minutes")
    )
    members = models.ManyToManyField(
        Member, through="Representative", related_name="elections", verbose_name=_("elected")
    )

    class Meta:
        verbose_name = _("election of representatives")
        verbose_name_plural = _("elections of representatives")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__gte=REPRESENTATIVES[0]), name="election_was_attended"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="three_to_five",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM disputes_representative
                         WHERE election_id = NEW.id) NOT BETWEEN 3 AND 5 THEN
                        RAISE EXCEPTION 'three to five representatives'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.held_on}"


class Representative(models.Model):
    """One worker who was elected to speak for the others."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(fields=["election", "member"], name="representative_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="representatives_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self):
        return f"{self.election_id}: {self.member_id}"


class SettlementConsent(Recorded):
    """What one worker said to the settlement that her representatives worked out.

    Changing, giving up, admitting and settling need the consent of the represented
    (劳动人事争议仲裁办案规则 article 5, C11 of the rules of conflict).
    """

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="settlement_consents"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField(_("consents"))
    on = models.DateField(_("said on"))
    paper = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("consent to a settlement")
        verbose_name_plural = _("consents to settlements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "member"], name="settlement_consent_once")
        ]

    def __str__(self):
        return f"{self.member_id}: {self.given}"


class MemberResult(Recorded):
    """What became of one claim of one worker in one proceeding.

    An award binds those who did not sue although others did (解释(一) 17): results are kept per
    person and claim.
    """

    class Result(models.TextChoices):
        SETTLED = "settled", _("settled")
        NOT_SETTLED = "not_settled", _("not settled")
        AWARDED = "awarded", _("awarded")
        REJECTED = "rejected", _("rejected by award")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="results")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="member_results")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="member_results"
    )
    result = models.CharField(_("result"), max_length=11, choices=Result.choices)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("result of a worker")
        verbose_name_plural = _("results of workers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "claim", "proceeding"], name="member_result_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(amount__gte=0, result__in=["settled", "awarded"]),
                name="member_result_amount_fits",
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.claim_id}: {self.result}"


class Severance(Recorded):
    """A worker goes on alone, with a case of her own, because she does not settle."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="severance")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="severed_from")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("severance of a worker")
        verbose_name_plural = _("severances of workers")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="severance_says_why"),
        ]

    def __str__(self):
        return f"{self.member_id} → {self.case_id}"
