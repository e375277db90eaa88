"""Somebody was asked to keep away from a case, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.proceeding import Proceeding


class Recusal(models.Model):
    """A request that one person keep away from a proceeding, and the decision on it.

    Asked for orally or in writing, by a party or by the person herself; the head decides, and
    the committee about its head (企业劳动争议调解委员会组织及工作规则 1993, 劳动争议调解仲裁法
    article 33). Granted, it becomes a wall.
    """

    class Asker(models.TextChoices):
        APPLICANT = "applicant", _("the applicant")
        RESPONDENT = "respondent", _("the respondent")
        HERSELF = "herself", _("the person concerned")
        OFFICE = "office", _("the office, on its own")

    class Form(models.TextChoices):
        ORAL = "oral", _("orally")
        WRITTEN = "written", _("in writing")

    class Ground(models.TextChoices):
        KIN = "kin", _("party to the case, or a close relative of a party")
        INTEREST = "interest", _("an interest in the case")
        CONTACT = "contact", _("met a party alone, or accepted a treat or gift")
        OTHER = "other", pgettext_lazy("recusal", "another relation that may cloud her judgement")

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="recusals",
        verbose_name=_("who should keep away"),
    )
    asker = models.CharField(_("asked by"), max_length=10, choices=Asker.choices)
    form = models.CharField(_("how asked"), max_length=8, choices=Form.choices)
    ground = models.CharField(_("ground"), max_length=8, choices=Ground.choices)
    reason = models.CharField(_("reason"), max_length=500)
    asked_on = models.DateField(_("asked on"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(_("keeps away"), null=True, blank=True)
    decision = models.CharField(_("reasons of the decision"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The head's own recusal is decided by the committee; who writes that down is decided_by.
    by_committee = models.BooleanField(_("decided by the committee"), default=False)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_says_why"),
            models.CheckConstraint(
                condition=Q(
                    granted__isnull=True,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    decision="",
                )
                | Q(granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(decision=""),
                name="recusal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="recusal_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "person"],
                condition=Q(granted__isnull=True),
                name="recusal_one_open_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.person_id}"

    @property
    def is_open(self):
        """Whether nobody has decided yet."""
        return self.granted is None
