"""Who comes into a case later, and who says that the commission is the wrong one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_party


class AddedParty(Recorded):
    """The panel added a party; the term of the award starts again from the decision
    (劳动人事争议仲裁办案规则 articles 6, 7, 46(一)).
    """

    class Ground(models.TextChoices):
        DISPATCH = "dispatch", _("dispatch: agency and user enterprise are liable together")
        CONTRACTOR = "contractor", _("contracting: the employer that gave the work out")
        INVESTOR = "investor", _("unlicensed employer: its investor or founder")
        AFFILIATE = "affiliate", _("affiliated employers with mixed employment")
        INTEREST = "interest", _("third party with an interest in the result")
        OTHER = "other", _("another ground to take part")

    proceeding = case_row("added_parties")
    party = models.OneToOneField(
        "disputes.Party", on_delete=models.PROTECT, related_name="addition", verbose_name=_("party")
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("added party")
        verbose_name_plural = _("added parties")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground="other") | ~Q(reason=""), name="added_party_says_why"
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.party_id}"


class JurisdictionObjection(Recorded):
    """A respondent says that another commission is competent, and the answer
    (劳动人事争议仲裁办案规则 articles 9, 10).
    """

    proceeding = case_row("jurisdiction_objections")
    party = to_party(_("party"))
    raised_on = models.DateField(_("raised on"))
    grounds = models.TextField(_("grounds"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    transferred_to = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("transferred to"),
    )

    class Meta:
        verbose_name = _("objection to jurisdiction")
        verbose_name_plural = _("objections to jurisdiction")
        ordering = ["raised_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "party"], name="objection_once"),
            models.CheckConstraint(condition=~Q(grounds=""), name="objection_says_why"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, upheld__isnull=True, reasons="")
                | Q(
                    decided_on__isnull=False,
                    upheld__isnull=False,
                    decided_on__gte=F("raised_on"),
                )
                & ~Q(reasons=""),
                name="objection_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(upheld=True, transferred_to__isnull=False)
                | Q(upheld=False, transferred_to__isnull=True)
                | Q(upheld__isnull=True, transferred_to__isnull=True),
                name="objection_upheld_goes_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.raised_on}"
