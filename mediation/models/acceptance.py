"""From the application to the decision whether to mediate."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding
from mediation.models.choices import NoticeMethod


class Examination(models.Model):
    """A look at the application: does it belong here, and is it complete?"""

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="examinations"
    )
    in_scope = models.BooleanField(_("within the scope of mediation"))
    complete = models.BooleanField(_("complete"))
    missing = models.TextField(_("what is missing"), blank=True)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_scope=False)
                | models.Q(complete=True, missing="")
                | (models.Q(complete=False) & ~models.Q(missing="")),
                name="examination_names_what_is_missing",
            ),
            models.CheckConstraint(
                condition=models.Q(in_scope=True) | ~models.Q(note=""),
                name="examination_out_of_scope_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.in_scope} {self.complete}"


class Correction(models.Model):
    """What the applicant was asked to bring, and what she brought."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="corrections")
    asked = models.TextField(_("asked for"))
    received = models.TextField(_("received"))
    received_on = models.DateField(_("received on"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked="") & ~models.Q(received=""),
                name="correction_says_what",
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.received_on}"


class Consultation(models.Model):
    """The other side was asked whether it takes part in mediation."""

    class Method(models.TextChoices):
        PHONE = "phone", _("by phone")
        VISIT = "visit", _("in person")
        LETTER = "letter", _("by letter")
        ELECTRONIC = "electronic", _("electronically")

    class Answer(models.TextChoices):
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        NONE = "none", _("no answer")

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="consultations"
    )
    asked_at = models.DateTimeField(_("asked"))
    method = models.CharField(_("how asked"), max_length=10, choices=Method.choices)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("consultation of the other side")
        verbose_name_plural = _("consultations of the other side")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=["phone", "visit", "letter", "electronic"]),
                name="consultation_method_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=["agreed", "refused", "none"]),
                name="consultation_answer_known",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_at__lte=models.F("at")),
                name="consultation_written_down_afterwards",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.answer}"


class AcceptanceDecision(models.Model):
    """Whether the office mediates: only when both sides agreed (17号令 articles 22 and 23)."""

    proceeding = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="acceptance"
    )
    accepted = models.BooleanField(_("accepted"))
    applicant_agreed = models.BooleanField(_("the applicant agrees to mediation"))
    respondent_agreed = models.BooleanField(_("the other side agrees to mediation"))
    reasons = models.TextField(_("reasons"), blank=True)
    notice_served_on = models.DateField(_("notice served on"), null=True, blank=True)
    notice_method = models.CharField(
        _("how the notice was served"), max_length=10, choices=NoticeMethod.choices, blank=True
    )
    on = models.DateField(_("decided on"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("decision on acceptance")
        verbose_name_plural = _("decisions on acceptance")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted=False)
                | models.Q(applicant_agreed=True, respondent_agreed=True),
                name="acceptance_needs_both_sides",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted=True)
                | (
                    ~models.Q(reasons="")
                    & ~models.Q(notice_method="")
                    & models.Q(notice_served_on__isnull=False)
                ),
                name="acceptance_refusal_is_served_with_reasons",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_method="", notice_served_on__isnull=True)
                | (~models.Q(notice_method="") & models.Q(notice_served_on__isnull=False)),
                name="acceptance_notice_whole_or_absent",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.accepted}"
