"""Where somebody was sent with a claim that does not go on to arbitration."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.party import Claim
from disputes.models.proceeding import Proceeding
from law.avenues import TITLES


class Referral(models.Model):
    """The applicant was told where a claim goes, why, and how to get there.

    The case is not closed by it: what can be mediated is mediated all the same.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    # None: all claims of the case.
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    where = models.CharField(
        _("where"), max_length=11, choices=[(code.value, title) for code, title in TITLES.items()]
    )
    place = models.CharField(_("organisation"), max_length=100)
    contact = models.CharField(_("how to reach it"), max_length=200)
    reason = models.CharField(_("why"), max_length=500)
    article = models.CharField(_("article"), max_length=100, blank=True)
    told_on = models.DateField(_("told on"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(contact="") & ~Q(reason=""),
                name="referral_says_where_how_and_why",
            ),
            models.UniqueConstraint(
                fields=["case", "claim", "where"],
                name="referral_once_per_claim",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.case_id} → {self.where}"
