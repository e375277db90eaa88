"""What the courts did with a case after arbitration."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_party


class CourtCase(Recorded):
    """A suit, an appeal, an application to set aside, to enforce or not to enforce."""

    class Kind(models.TextChoices):
        SUIT = "suit", _("suit")
        APPEAL = "appeal", _("appeal")
        SETASIDE = "setaside", _("application to set aside a final award")
        ENFORCEMENT = "enforcement", _("application for enforcement")
        NO_ENFORCEMENT = "no_enforcement", _("application against enforcement")

    class Outcome(models.TextChoices):
        JUDGMENT = "judgment", _("judgment of first instance")
        FINAL_JUDGMENT = "final_judgment", _("final judgment")
        MEDIATED = "mediated", _("settled in court")
        WITHDRAWN = "withdrawn", _("suit withdrawn")
        DISMISSED = "dismissed", _("suit dismissed without a hearing of the claims")
        NOT_TAKEN = "not_taken", _("not taken: the award does not say whether it is final")
        SET_ASIDE = "set_aside", _("award set aside")
        UPHELD = "upheld", _("application rejected, the award stands")
        ENFORCED = "enforced", _("enforced")
        NOT_ENFORCED = "not_enforced", _("enforcement refused")

    OUTCOMES = {
        Kind.SUIT: (
            Outcome.JUDGMENT,
            Outcome.MEDIATED,
            Outcome.WITHDRAWN,
            Outcome.DISMISSED,
            Outcome.NOT_TAKEN,
        ),
        Kind.APPEAL: (Outcome.FINAL_JUDGMENT, Outcome.MEDIATED, Outcome.WITHDRAWN),
        Kind.SETASIDE: (Outcome.SET_ASIDE, Outcome.UPHELD, Outcome.WITHDRAWN),
        Kind.ENFORCEMENT: (Outcome.ENFORCED, Outcome.WITHDRAWN),
        Kind.NO_ENFORCEMENT: (Outcome.NOT_ENFORCED, Outcome.UPHELD, Outcome.WITHDRAWN),
    }

    proceeding = case_row("court_cases")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    party = to_party(_("brought by"))
    court = models.CharField(_("court"), max_length=100)
    number = models.CharField(_("number at the court"), max_length=60, blank=True)
    filed_on = models.DateField(_("filed on"))
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(_("decided on"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("case at court")
        verbose_name_plural = _("cases at court")
        ordering = ["filed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(court=""), name="court_case_names_the_court"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_on__isnull=True, amount__isnull=True)
                | ~Q(outcome="") & Q(ended_on__isnull=False, ended_on__gte=F("filed_on")),
                name="court_case_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="court_case_amount_not_negative",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "kind", "party"],
                condition=Q(outcome=""),
                name="court_case_one_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class CourtPaper(models.Model):
    """A party received the judgment or ruling of a case at court."""

    court_case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="papers")
    party = to_party(_("party"))
    received_on = models.DateField(_("received on"))

    class Meta:
        verbose_name = _("judgment or ruling received")
        verbose_name_plural = _("judgments or rulings received")
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["court_case", "party"], name="court_paper_once")
        ]

    def __str__(self):
        return f"{self.court_case_id}: {self.party_id} {self.received_on}"
