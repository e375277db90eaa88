"""What the panel decided, claim by claim."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Standing(models.Manager):
    """Decisions that stand: without statements on which a party went back."""

    def get_queryset(self):
        """Leave out what a party went back on."""
        return super().get_queryset().filter(regretted_on=None)


class Decision(models.Model):
    """The panel gave an award, or put into a statement what the parties agreed on.

    A partial award decides some claims first (劳动争议调解仲裁法 article 43); the decision that
    is not partial decides the rest and ends the case.
    """

    class Kind(models.TextChoices):
        AWARD = "award", _("award")
        STATEMENT = "statement", _("mediation statement")

    proceeding = models.ForeignKey(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="arbitral_decisions"
    )
    partial = models.BooleanField(_("decides some claims first"), default=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"))
    # A party went back on the statement before both had it (劳动争议调解仲裁法 article 42).
    regretted_on = models.DateField(_("gone back on"), null=True, blank=True)
    regretted_by = models.ForeignKey(
        "disputes.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who went back on it"),
    )
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = Standing()
    every = models.Manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="arbitral_decision_reasoned"),
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=Q(partial=False, regretted_on__isnull=True),
                name="arbitral_decision_once",
            ),
            models.CheckConstraint(
                condition=Q(regretted_on__isnull=True, regretted_by__isnull=True)
                | Q(
                    regretted_on__gte=F("decided_on"),
                    regretted_by__isnull=False,
                    kind="statement",
                    partial=False,
                ),
                name="only_a_statement_is_gone_back_on",
            ),
            models.UniqueConstraint(
                fields=["proceeding"], condition=Q(partial=True), name="partial_award_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.decided_on}"


class ClaimAward(models.Model):
    """What became of one claim. Final and non-final claims go into separate awards."""

    class Supported(models.TextChoices):
        FULL = "full", _("granted")
        PART = "part", _("granted in part")
        NONE = "none", _("rejected")

    class Paper(models.TextChoices):
        FINAL = "final", _("final award")
        NON_FINAL = "non_final", _("non-final award")
        STATEMENT = "statement", _("mediation statement")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    claim = models.ForeignKey("disputes.Claim", on_delete=models.PROTECT, related_name="awards")
    supported = models.CharField(_("decision"), max_length=4, choices=Supported.choices)
    amount_awarded = models.DecimalField(
        _("amount awarded (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    # Which paper the claim stands in; that of an award says whether it is final.
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices)
    # What the rule proposed; another choice is explained.
    proposed = models.CharField(max_length=10, choices=Paper.choices, editable=False)
    override_reason = models.CharField(_("why not as the law proposes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("award on a claim")
        verbose_name_plural = _("awards on claims")
        ordering = ["claim"]
        constraints = [
            # In a partial award or in the last one, never in both.
            models.UniqueConstraint(fields=["claim"], name="award_once_per_claim"),
            models.CheckConstraint(
                condition=Q(amount_awarded__isnull=True) | Q(amount_awarded__gt=0),
                name="award_amount_positive",
            ),
            models.CheckConstraint(
                condition=~Q(supported="none") | Q(amount_awarded__isnull=True),
                name="award_nothing_for_a_rejected_claim",
            ),
            models.CheckConstraint(
                condition=Q(paper=F("proposed")) | ~Q(override_reason=""),
                name="award_override_explained",
            ),
            models.CheckConstraint(
                condition=Q(paper="statement", proposed="statement")
                | ~Q(paper="statement") & ~Q(proposed="statement"),
                name="award_statement_is_no_award",
            ),
        ]

    def __str__(self):
        return f"{self.claim_id}: {self.get_supported_display()}"

    @property
    def final(self):
        """Whether the award on this claim is final for the employer; None in a statement."""
        return None if self.paper == self.Paper.STATEMENT else self.paper == self.Paper.FINAL


class Liability(models.Model):
    """One of several respondents bears what was awarded on a claim.

    Those of one award bear it together (劳动争议调解仲裁法 article 22, 劳动人事争议仲裁办案规则
    articles 6 and 7).
    """

    award = models.ForeignKey(ClaimAward, on_delete=models.PROTECT, related_name="liabilities")
    party = models.ForeignKey(
        "disputes.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("respondent")
    )

    class Meta:
        verbose_name = _("liability of a respondent")
        verbose_name_plural = _("liabilities of respondents")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["award", "party"], name="liability_once")]
        triggers = [
            pgtrigger.Trigger(
                name="liable_is_a_respondent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM arbitration_claimaward a
                        JOIN disputes_claim c ON c.id = a.claim_id
                        JOIN disputes_party p ON p.case_id = c.case_id
                        WHERE a.id = NEW.award_id AND p.id = NEW.party_id
                          AND p.role = 'respondent' AND a.supported <> 'none'
                    ) THEN
                        RAISE EXCEPTION 'only a respondent bears an award'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.award_id}: {self.party_id}"
