"""What a person knows well."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models.choices import Cause


class Skill(models.Model):
    """One cause, or one industry, that a person knows well: she is suggested for such cases."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="skills"
    )
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices, blank=True)
    industry = models.CharField(_("industry"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["user", "cause", "industry"]
        constraints = [
            models.UniqueConstraint(fields=["user", "cause", "industry"], name="skill_once"),
            models.CheckConstraint(
                condition=Q(cause="") & ~Q(industry="") | ~Q(cause="") & Q(industry=""),
                name="skill_of_one_kind",
            ),
        ]

    def __str__(self):
        return self.get_cause_display() or self.industry
