"""How a mediation ends without an agreement, and what the applicant does then."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding
from mediation.models.choices import NoticeMethod, Signature


class FailureRecord(models.Model):
    """Mediation came to nothing: the record, the signatures and the notice (17号令 article 30).

    When the term ran out by itself nobody wrote the row: it has no ``by`` until somebody
    completes it.
    """

    class Reason(models.TextChoices):
        EXPIRED = "expired", _("the term ran out")
        REFUSED = "refused", _("one side does not want to go on")
        NO_AGREEMENT = "no_agreement", _("the parties could not agree")
        UNREACHABLE = "unreachable", _("one side cannot be reached")

    proceeding = models.OneToOneField(Proceeding, on_delete=models.PROTECT, related_name="failure")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    worker_signature = models.CharField(
        _("the worker"), max_length=8, choices=Signature.choices, default=Signature.ABSENT
    )
    employer_signature = models.CharField(
        _("the employer"), max_length=8, choices=Signature.choices, default=Signature.ABSENT
    )
    notice_served_on = models.DateField(_("notice served on"), null=True, blank=True)
    notice_method = models.CharField(
        _("how the notice was served"), max_length=10, choices=NoticeMethod.choices, blank=True
    )
    refusal_note = models.TextField(_("why a signature is missing"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("record of failure")
        verbose_name_plural = _("records of failure")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(reason="expired"),
                name="failure_clock_only_expires",
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=True)
                | (~models.Q(notice_method="") & models.Q(notice_served_on__isnull=False)),
                name="failure_notice_is_served",
            ),
            models.CheckConstraint(
                condition=~(
                    models.Q(worker_signature="refused") | models.Q(employer_signature="refused")
                )
                | ~models.Q(refusal_note=""),
                name="failure_refused_signature_is_explained",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reason__in=["expired", "refused", "no_agreement", "unreachable"]
                ),
                name="failure_reason_known",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.reason}"


class ApplicantChoice(models.Model):
    """Where the applicant goes when mediation led to nothing. It is hers alone to say."""

    class Choice(models.TextChoices):
        NEXT_TIER = "next_tier", _("mediation at the regional tier")
        ARBITRATION = "arbitration", _("arbitration")
        END = "end", _("nothing further")

    proceeding = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="applicant_choice"
    )
    choice = models.CharField(_("choice"), max_length=12, choices=Choice.choices)
    on = models.DateField(_("said on"))
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("choice of the applicant")
        verbose_name_plural = _("choices of the applicant")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=["next_tier", "arbitration", "end"]),
                name="applicant_choice_known",
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.choice}"
