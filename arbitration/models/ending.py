"""Ends of a case that are no decision on its claims."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, to_person
from disputes.models import ServiceMethod


class SpecialEnding(Recorded):
    """The commission cancelled a case that it should not have docketed, or ended one that can
    go no further (劳动人事争议仲裁办案规则 articles 32, 48).
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("cancelled: it should not have been docketed")
        TERMINATED = "terminated", _("ended without a decision")

    class Ground(models.TextChoices):
        OUT_OF_SCOPE = "out_of_scope", _("no dispute that a commission decides")
        PENDING = "pending", _("decided, settled or pending elsewhere")
        NOT_A_PARTY = "not_a_party", _("the applicant or respondent is not the right one")
        SUED = "sued", _("the award was late, a party sued and the court took the suit")
        NO_SUCCESSOR = "no_successor", _("a party died or ended, nobody goes on")
        OTHER = "other", _("another ground to end the case")

    GROUNDS = {
        Kind.CANCELLED: (Ground.OUT_OF_SCOPE, Ground.PENDING, Ground.NOT_A_PARTY, Ground.OTHER),
        Kind.TERMINATED: (Ground.SUED, Ground.NO_SUCCESSOR, Ground.OTHER),
    }

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="special_ending"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    reasons = models.TextField(_("reasons"))
    decided_on = models.DateField(_("decided on"))
    decided_by = to_person(_("decided by"))
    court = models.CharField(_("court"), max_length=100, blank=True)
    court_number = models.CharField(_("number at the court"), max_length=60, blank=True)
    notice_served_on = models.DateField(_("notice served on"))
    notice_method = models.CharField(
        _("method of service"), max_length=10, choices=ServiceMethod.choices
    )

    class Meta:
        verbose_name = _("ending without a decision")
        verbose_name_plural = _("endings without a decision")
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="ending_reasoned"),
            models.CheckConstraint(
                condition=Q(
                    kind="cancelled",
                    ground__in=["out_of_scope", "pending", "not_a_party", "other"],
                )
                | Q(kind="terminated", ground__in=["sued", "no_successor", "other"]),
                name="ending_ground_fits",
            ),
            models.CheckConstraint(
                condition=~Q(ground="sued") | ~Q(court="") & ~Q(court_number=""),
                name="ending_by_suit_names_the_court",
            ),
            models.CheckConstraint(
                condition=Q(notice_served_on__gte=F("decided_on")), name="ending_then_notice"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.get_kind_display()}"
