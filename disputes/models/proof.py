"""What each side hands in to prove its case, and what the other side says of it: at every tier."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.evidence import Evidence
from disputes.models.party import Party
from disputes.models.proceeding import Proceeding


def _to_party():
    return models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("party")
    )


def _by():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )


class ProofItem(models.Model):
    """One line of a party's list of proof, as it was handed in at one tier."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="proof_items")
    party = _to_party()
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    purpose = models.CharField(_("what it is to prove"), max_length=500)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    is_original = models.BooleanField(_("original"), default=False)
    submitted_on = models.DateField(_("handed in on"))
    # After the period of proof: taken or not is for the panel to say, but it is marked.
    is_late = models.BooleanField(_("after the period"), default=False)
    material = models.ForeignKey(
        Evidence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proof_items",
        verbose_name=_("material"),
    )
    # The line of an earlier tier from which it was taken over.
    taken_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    exchanged_on = models.DateField(_("passed to the other side on"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    by = _by()

    class Meta:
        verbose_name = _("item of proof")
        verbose_name_plural = _("items of proof")
        ordering = ["party", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "party", "number"], name="proof_line_once"
            ),
            models.UniqueConstraint(
                fields=["proceeding", "taken_from"], name="proof_line_taken_once"
            ),
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


class ProofOpinion(models.Model):
    """What one side says of an item that the other handed in (劳动争议调解仲裁法 article 38).

    It belongs to the tier at which it was said: what was confirmed to reach a settlement is no
    evidence afterwards (企业劳动争议协商调解规定 article 11).
    """

    class Opinion(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("disputed")

    class Manner(models.TextChoices):
        TOGETHER = "together", pgettext_lazy("opinion on proof", "in a session or hearing")
        WRITTEN = "written", pgettext_lazy("opinion on proof", "in writing")
        APART = "apart", pgettext_lazy("opinion on proof", "on a day of its own")

    item = models.ForeignKey(ProofItem, on_delete=models.PROTECT, related_name="opinions")
    party = _to_party()
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices)
    doubts_authenticity = models.BooleanField(_("authenticity"), default=False)
    doubts_legality = models.BooleanField(_("legality"), default=False)
    doubts_relevance = models.BooleanField(_("relevance"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    manner = models.CharField(
        pgettext_lazy("opinion on proof", "How it was said"),
        max_length=8,
        choices=Manner.choices,
        default=Manner.TOGETHER,
    )
    said_on = models.DateField(_("said on"))
    at = models.DateTimeField(_("moment"))
    by = _by()

    class Meta:
        verbose_name = _("opinion on proof")
        verbose_name_plural = _("opinions on proof")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "party"], name="proof_said_once"),
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
