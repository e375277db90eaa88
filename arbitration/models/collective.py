"""What the parties of a collective case are told at once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded


class CollectiveNotice(Recorded):
    """One notice of everything within five working days of docketing: the panel, the term of the
    defence, the time for proof, day and place of the hearing (劳动人事争议仲裁办案规则 article 64).
    """

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="collective_notice"
    )
    notified_on = models.DateField(_("parties notified on"))
    defence_until = models.DateField(_("defence until"))
    proof_until = models.DateField(_("proof until"))
    hearing_at = models.DateTimeField(_("hearing at"))
    place = models.CharField(_("place of the hearing"), max_length=100)

    class Meta:
        verbose_name = _("notice in a collective case")
        verbose_name_plural = _("notices in collective cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(defence_until__gt=F("notified_on"), proof_until__gt=F("notified_on")),
                name="collective_notice_of_what_comes",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="collective_notice_says_where"),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.notified_on}"
