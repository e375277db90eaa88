"""Who mediates."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding


class Appointment(models.Model):
    """A mediator, alone or with a panel. Rows are history: the latest counts."""

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="appointments"
    )
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("mediator"),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="panel_appointments",
        blank=True,
        verbose_name=_("other members of the panel"),
    )
    reason = models.TextField(_("why these people"))
    conflict_declared = models.BooleanField(_("no conflict of interest was declared"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(conflict_declared=True), name="appointment_without_conflict"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="appointment_gives_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.mediator_id}"

    @property
    def panel(self):
        """Everybody who mediates, the mediator first."""
        return [self.mediator, *self.members.all()]
