"""What the respondent answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Defence(models.Model):
    """The respondent answered, or let the term pass; neither holds the case up."""

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="defence"
    )
    received = models.BooleanField(_("defence received"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    waived = models.BooleanField(_("respondent waived the rest of the term"), default=False)
    copy_served_on = models.DateField(_("copy served on the applicant on"), null=True, blank=True)
    counter_claim = models.BooleanField(_("counterclaim"), default=False)
    counter_joined = models.BooleanField(_("counterclaim accepted and joined"), default=False)
    counter_decided_on = models.DateField(_("counterclaim decided on"), null=True, blank=True)
    jurisdiction_objection = models.BooleanField(_("objection to jurisdiction"), default=False)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("defence")
        verbose_name_plural = _("defences")
        constraints = [
            models.CheckConstraint(
                condition=Q(received=True, received_on__isnull=False)
                | Q(received=False, received_on__isnull=True),
                name="defence_received_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(received=True)
                | Q(counter_claim=False, jurisdiction_objection=False, copy_served_on__isnull=True),
                name="defence_must_arrive_to_claim",
            ),
            models.CheckConstraint(
                condition=Q(counter_claim=True, counter_decided_on__isnull=False)
                | Q(counter_claim=False, counter_decided_on__isnull=True, counter_joined=False),
                name="defence_counterclaim_decided",
            ),
            models.CheckConstraint(
                condition=Q(copy_served_on__isnull=True) | Q(copy_served_on__gte=F("received_on")),
                name="defence_copy_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(counter_decided_on__isnull=True)
                | Q(counter_decided_on__gte=F("received_on")),
                name="defence_counterclaim_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction_objection=False) | ~Q(note=""),
                name="defence_objection_explained",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.received_on or '–'}"
