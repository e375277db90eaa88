"""Exceptions to who sees a case: grants, walls, and the log of what was revealed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.party import Party


class CaseGrant(models.Model):
    """One person may read one case until a day, for a reason: the exception, not the rule."""

    class Kind(models.TextChoices):
        LAWYER = "lawyer", _("assigned lawyer")
        MEETING = "meeting", _("item of the joint meeting")
        REASON = "reason", _("granted for a reason")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_grants"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
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
            models.UniqueConstraint(fields=["case", "user", "kind"], name="grant_once_per_kind")
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
