"""Giving a granted application to a lawyer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from legal_aid.models.application import Application
from legal_aid.models.pool import Lawyer


class Engagement(models.Model):
    """One lawyer is given one application: she declares, takes it or not, and may be replaced."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="engagements"
    )
    lawyer = models.ForeignKey(
        Lawyer, on_delete=models.PROTECT, related_name="engagements", verbose_name=_("lawyer")
    )
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Why she: what she had in hand, what she is good at, where she serves.
    because = models.CharField(_("why this lawyer"), max_length=500)
    declared_at = models.DateTimeField(_("conflicts declared"), null=True, blank=True)
    has_conflict = models.BooleanField(_("has a conflict of interest"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    decline_reason = models.CharField(_("why declined"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("assignment of a lawyer")
        verbose_name_plural = _("assignments of lawyers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(declined_at__isnull=True, ended_at__isnull=True),
                name="engagement_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(declared_at__isnull=False, has_conflict=False, declined_at__isnull=True),
                name="engagement_declared_before_accepted",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(decline_reason=""),
                name="engagement_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
                name="engagement_ended_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="engagement_has_a_reason"),
        ]
        indexes = [
            models.Index(
                fields=["lawyer"],
                condition=Q(declined_at__isnull=True, ended_at__isnull=True),
                name="engagement_open_of_lawyer",
            ),
        ]

    def __str__(self):
        return f"{self.application_id} → {self.lawyer_id}"

    @property
    def is_open(self):
        """Whether it is offered or under way."""
        return self.declined_at is None and self.ended_at is None

    @property
    def is_offered(self):
        """Whether the lawyer has yet to answer."""
        return self.is_open and self.accepted_at is None

    @property
    def is_active(self):
        """Whether the lawyer works on it."""
        return self.is_open and self.accepted_at is not None

    @property
    def state(self):
        """Where it stands, in words."""
        if self.declined_at:
            conflict, other = _("conflict of interest"), pgettext_lazy("lawyer", "declined")
            return conflict if self.has_conflict else other
        if self.ended_at:
            return pgettext_lazy("lawyer", "finished")
        taken = pgettext_lazy("lawyer", "has taken it")
        return taken if self.accepted_at else _("waits for her answer")
