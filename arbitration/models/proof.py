"""Until when proof is taken, what each side handed in, and what the other says of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_party


class ProofPeriod(Recorded):
    """Until when the parties hand in proof; the latest row counts
    (劳动人事争议仲裁办案规则 article 44).
    """

    proceeding = case_row("proof_periods")
    until = models.DateField(_("last day"))
    notified_on = models.DateField(_("parties notified on"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("period of proof")
        verbose_name_plural = _("periods of proof")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("notified_on")), name="proof_period_ahead"
            )
        ]

    def __str__(self):
        return f"{self.proceeding_id} – {self.until}"


class ProofItem(Recorded):
    """One line of a party's list of proof."""

    proceeding = case_row("proof_items")
    party = to_party(_("party"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    purpose = models.CharField(_("what it is to prove"), max_length=500)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    is_original = models.BooleanField(_("original"), default=False)
    submitted_on = models.DateField(_("handed in on"))
    # After the period: taken or not is for the panel to say, but it is marked.
    is_late = models.BooleanField(_("after the period"), default=False)
    material = models.ForeignKey(
        "disputes.Evidence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("material"),
    )
    exchanged_on = models.DateField(_("passed to the other side on"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of proof")
        verbose_name_plural = _("items of proof")
        ordering = ["party", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "party", "number"], name="proof_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""), name="proof_says_what_for"
            ),
            models.CheckConstraint(
                condition=Q(exchanged_on__isnull=True) | Q(exchanged_on__gte=F("submitted_on")),
                name="proof_exchanged_after_it_came",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class ProofOpinion(Recorded):
    """What one side says of an item that the other handed in (劳动争议调解仲裁法 article 38)."""

    class Opinion(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("disputed")

    item = models.ForeignKey(ProofItem, on_delete=models.PROTECT, related_name="opinions")
    party = to_party(_("party"))
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices)
    doubts_authenticity = models.BooleanField(_("authenticity"), default=False)
    doubts_legality = models.BooleanField(_("legality"), default=False)
    doubts_relevance = models.BooleanField(_("relevance"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    said_on = models.DateField(_("said on"))

    class Meta:
        verbose_name = _("opinion on proof")
        verbose_name_plural = _("opinions on proof")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "party"], name="proof_opinion_once"),
            models.CheckConstraint(
                condition=Q(
                    opinion="confirmed",
                    doubts_authenticity=False,
                    doubts_legality=False,
                    doubts_relevance=False,
                )
                | Q(opinion="disputed")
                & (Q(doubts_authenticity=True) | Q(doubts_legality=True) | Q(doubts_relevance=True))
                & ~Q(reason=""),
                name="proof_disputed_says_what_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.get_opinion_display()}"

    @property
    def doubts(self):
        """What is doubted, as labels in the language of the reader."""
        names = ("doubts_authenticity", "doubts_legality", "doubts_relevance")
        return [self._meta.get_field(name).verbose_name for name in names if getattr(self, name)]
