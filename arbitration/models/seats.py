"""What arbitrators disclose, and who takes whose seat."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_person


class Disclosure(Recorded):
    """A member of the panel disclosed what may speak against him, and what was decided
    (劳动争议调解仲裁法 article 33, 劳动人事争议仲裁办案规则 articles 11, 12).
    """

    class Relation(models.TextChoices):
        KIN = "kin", _("party to the case, or a close relative of a party")
        INTEREST = "interest", _("an interest in the case")
        OTHER = "other", _("another relation to a party or its representative")
        MEETING = "meeting", _("met a party alone, or accepted a treat or gift")

    proceeding = case_row("disclosures")
    person = to_person(_("member of the panel"))
    relation = models.CharField(_("relation"), max_length=8, choices=Relation.choices)
    text = models.TextField(_("what was disclosed"))
    disclosed_on = models.DateField(_("disclosed on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = to_person(_("decided by"), null=True, blank=True)
    stays = models.BooleanField(_("stays on the panel"), null=True, blank=True)
    reasons = models.CharField(_("reasons"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["disclosed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="disclosure_says_what"),
            models.CheckConstraint(
                condition=Q(
                    decided_on__isnull=True, decided_by__isnull=True, stays__isnull=True, reasons=""
                )
                | Q(
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                    stays__isnull=False,
                    decided_on__gte=F("disclosed_on"),
                )
                & ~Q(reasons=""),
                name="disclosure_decided_with_reasons",
            ),
            # Nobody sits in a case of his own or of his kin.
            models.CheckConstraint(
                condition=~Q(relation="kin", stays=True), name="disclosure_kin_never_stays"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="disclosure_decided_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.person_id}"


class PanelChange(Recorded):
    """Somebody took the seat of somebody else on the panel, and why."""

    class Seat(models.TextChoices):
        PRESIDING = "presiding", _("presiding arbitrator")
        SECOND = "second", _("second arbitrator")
        THIRD = "third", _("third arbitrator")
        CLERK = "clerk", _("clerk of the panel")

    class Ground(models.TextChoices):
        DISCLOSURE = "disclosure", _("after a disclosure")
        RECUSAL = "recusal", _("after a recusal")
        LEAVE = "leave", _("absence or leaving the service")
        OTHER = "other", _("another reason for the change")

    proceeding = case_row("panel_changes")
    seat = models.CharField(_("seat"), max_length=10, choices=Seat.choices)
    before = to_person(_("before"), null=True)
    after = to_person(_("after"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    reason = models.CharField(_("reason"), max_length=500)
    changed_on = models.DateField(_("changed on"))
    notified_on = models.DateField(_("parties notified on"))

    class Meta:
        verbose_name = _("change of the panel")
        verbose_name_plural = _("changes of the panel")
        ordering = ["changed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="panel_change_says_why"),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(before=F("after")),
                name="panel_change_is_one",
            ),
            models.CheckConstraint(
                condition=Q(notified_on__gte=F("changed_on")), name="panel_change_then_notice"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.get_seat_display()}"
