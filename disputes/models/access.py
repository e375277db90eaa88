"""Exceptions to who sees a case: grants, walls, seals, and the log of what was revealed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.party import Party
from disputes.models.proceeding import Proceeding


class Assignment(models.Model):
    """One person works on one proceeding beside its handler: of its panel, or the panel's clerk.

    Assigned is who handles a proceeding or has a row here; it counts only as long as the person
    serves at the desk.
    """

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["user", "proceeding"], name="assignment_once")
        ]

    def __str__(self):
        return f"{self.user_id} → {self.proceeding_id}"


class CaseGrant(models.Model):
    """One person may read one case until a day, for a reason: the exception, not the rule."""

    class Kind(models.TextChoices):
        LAWYER = "lawyer", _("assigned lawyer")
        MEETING = "meeting", _("item of the joint meeting")
        REASON = "reason", _("granted for a reason")

    class Ground(models.TextChoices):
        """What allows somebody above to read a case that an office below handles."""

        ESCALATED = "escalated", _("went on to a further tier")
        MAJOR = "major", _("major case")
        SUPERVISED = "supervised", _("handled under supervision")
        COMPLAINT = "complaint", _("somebody complained about the handling")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_grants"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    # For a lawyer the proceeding about which she was asked: its rows are read and no other's.
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "kind"], name="grant_once_per_kind"),
            models.CheckConstraint(
                condition=~models.Q(kind="reason") | models.Q(until__isnull=False),
                name="grant_for_a_reason_ends",
            ),
        ]
        indexes = [models.Index(fields=["user", "until"], name="grant_of_user")]

    def __str__(self):
        return f"{self.user_id} → {self.case_id}"


class Wall(models.Model):
    """One person must not see one case, whatever else she may do."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="walls")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="walls"
    )
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("wall")
        verbose_name_plural = _("walls")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="wall_once")]

    def __str__(self):
        return f"{self.user_id} ✕ {self.case_id}"


class Named(models.Model):
    """One person whom a seal lets in, and who reads what is highly sensitive in one case.

    A name opens nothing by itself: what the person may read follows from posting or grant.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="named")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_in"
    )
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named persons")
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="named_once")]

    def __str__(self):
        return f"{self.user_id} ✓ {self.case_id}"


class Reveal(models.Model):
    """Somebody looked at a masked field, and said why."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="reveals")
    field = models.CharField(_("field"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reveals"
    )
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("look at a masked field")
        verbose_name_plural = _("looks at masked fields")
        ordering = ["-at"]
        triggers = [
            pgtrigger.Protect(name="reveals_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.user_id} {self.field}"
