"""Who decides a case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Panel(models.Model):
    """One arbitrator for a simple case, three for any other, and the clerk of the panel.

    The two who sit beside the presiding arbitrator are columns, so that the database can refuse
    a panel of two and a person who sits twice.
    """

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="arbitral_panel"
    )
    sole = models.BooleanField(_("sole arbitrator"))
    presiding = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="presided_panels",
        verbose_name=_("presiding arbitrator"),
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second arbitrator"),
    )
    third = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("third arbitrator"),
    )
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("clerk of the panel"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    conflict_declared = models.BooleanField(_("no conflict of interest declared"))
    notified_on = models.DateField(_("parties notified on"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        constraints = [
            models.CheckConstraint(
                condition=Q(sole=True, second__isnull=True, third__isnull=True)
                | Q(sole=False, second__isnull=False, third__isnull=False),
                name="panel_of_one_or_three",
            ),
            models.CheckConstraint(
                condition=Q(sole=True)
                | ~Q(presiding=F("second")) & ~Q(presiding=F("third")) & ~Q(second=F("third")),
                name="panel_of_different_people",
            ),
            models.CheckConstraint(
                condition=Q(sole=False) | ~Q(reason=""), name="panel_of_one_says_why"
            ),
            models.CheckConstraint(
                condition=Q(conflict_declared=True), name="panel_declares_no_conflict"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.presiding}"

    @property
    def arbitrators(self):
        """Everybody who decides, the presiding arbitrator first."""
        return [person for person in (self.presiding, self.second, self.third) if person]
