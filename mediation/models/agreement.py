"""What the parties agreed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from disputes.models import Proceeding

ELEMENTS = ("worker_signed_on", "employer_signed_on", "mediator_signed_on", "sealed_on")

_whole = (
    models.Q(*[(f"{name}__isnull", False) for name in ELEMENTS], performance_by__isnull=False)
    & ~models.Q(terms="")
    & ~models.Q(performance_mode="")
)


class Agreement(models.Model):
    """The mediation agreement of a proceeding.

    It takes effect with the last of four elements: the signatures of both parties and of the
    mediator, and the seal of the organisation (调解仲裁法 article 14, 17号令 article 26). Where
    several employers are bound the employers' day is that of the last of them.
    """

    class Performance(models.TextChoices):
        ONCE = "once", _("paid at once")
        INSTALMENTS = "instalments", _("paid in instalments")
        ACT = "act", _("something is done, nothing is paid")
        BOTH = "both", _("paid, and something is done")

    proceeding = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="agreement"
    )
    terms = models.TextField(_("terms"))
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    performance_by = models.DateField(_("to be performed by"), null=True, blank=True)
    performance_mode = models.CharField(
        _("how it is performed"), max_length=12, choices=Performance.choices, blank=True
    )
    confirms_relationship = models.BooleanField(
        _("confirms that there is a labour relation"), default=False
    )
    copies = models.PositiveSmallIntegerField(_("copies"), default=3)
    worker_signed_on = models.DateField(_("signed by the worker on"), null=True, blank=True)
    employer_signed_on = models.DateField(_("signed by the employer on"), null=True, blank=True)
    mediator_signed_on = models.DateField(_("signed by the mediator on"), null=True, blank=True)
    sealed_on = models.DateField(_("sealed by the organisation on"), null=True, blank=True)
    # Somebody who agreed at the table will not sign after all: 调解不成, and the file goes on.
    declined = models.BooleanField(_("one side will not sign"), default=False)
    effective_on = models.DateField(_("effective since"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("mediation agreement")
        verbose_name_plural = _("mediation agreements")
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(effective_on__isnull=True) & ~_whole)
                | (
                    # Said in words: a comparison with nothing would be neither true nor false.
                    models.Q(effective_on__isnull=False)
                    & _whole
                    & models.Q(effective_on=Greatest(*ELEMENTS))
                ),
                name="agreement_effective_with_the_last_element",
            ),
            models.CheckConstraint(
                condition=models.Q(declined=False) | models.Q(effective_on__isnull=True),
                name="agreement_declined_has_no_effect",
            ),
            models.CheckConstraint(
                condition=models.Q(copies__gte=3), name="agreement_in_three_copies"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="agreement_amount_not_negative",
            ),
        ]
        triggers = [
            # 调解仲裁法 14: whoever is bound has signed; of several employers each. Looked at when
            # all is written, so that the agreement and its signatures may come in any order.
            pgtrigger.Trigger(
                name="agreement_of_all_employers",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__effective_on__isnull=False),
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.effective_on IS NOT NULL THEN RETURN NULL; END IF;
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM disputes_proceeding p
                        JOIN disputes_case c ON c.id = p.case_id AND c.source <> 'ledger'
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS employers,
                                   count(*) FILTER (WHERE s.signed_on IS NOT NULL) AS signed,
                                   count(*) FILTER (WHERE NOT s.bound) AS free,
                                   max(s.signed_on) AS last_on
                            FROM disputes_party y
                            LEFT JOIN mediation_employersignature s
                                   ON s.party_id = y.id AND s.agreement_id = NEW.id
                            WHERE y.case_id = c.id AND y.kind = 'employer'
                              AND (y.role <> 'third' OR EXISTS (
                                       SELECT 1 FROM mediation_term t
                                       WHERE t.agreement_id = NEW.id AND t.debtor_id = y.id))
                        ) found
                        WHERE p.id = NEW.proceeding_id AND employers > 1
                          AND (signed = 0 OR signed + free < employers
                               OR last_on IS DISTINCT FROM NEW.employer_signed_on)
                    ) THEN
                        RAISE EXCEPTION 'an employer that is bound has not signed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            # 33号令 5: of a collective case filed here every worker on the roster consents.
            pgtrigger.Trigger(
                name="agreement_of_all_represented",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__effective_on__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM disputes_proceeding p
                        JOIN disputes_case c ON c.id = p.case_id
                        WHERE p.id = NEW.proceeding_id AND c.collective AND c.source <> 'ledger'
                          AND (c.worker_count > 1 AND NOT EXISTS (
                                   SELECT 1 FROM disputes_member m WHERE m.case_id = c.id)
                               OR EXISTS (
                                   SELECT 1 FROM disputes_member m
                                   WHERE m.case_id = c.id AND m.left_on IS NULL AND NOT EXISTS (
                                       SELECT 1 FROM disputes_settlementconsent s
                                       WHERE s.member_id = m.id AND s.proceeding_id = p.id
                                         AND s.given)))
                    ) THEN
                        RAISE EXCEPTION 'somebody on the roster has not consented'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # 调解仲裁法 14: several workers who are no collective case sign each for herself.
            pgtrigger.Trigger(
                name="agreement_of_all_workers",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__effective_on__isnull=False),
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.effective_on IS NOT NULL THEN RETURN NEW; END IF;
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM disputes_proceeding p
                        JOIN disputes_case c ON c.id = p.case_id
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS workers, count(s.id) AS signed, max(s."on") AS last
                            FROM disputes_member m
                            LEFT JOIN disputes_settlementconsent s
                                   ON s.member_id = m.id AND s.proceeding_id = p.id AND s.given
                            WHERE m.case_id = c.id AND m.left_on IS NULL
                        ) found
                        WHERE p.id = NEW.proceeding_id AND c.worker_count > 1
                          AND NOT c.collective AND c.source <> 'ledger'
                          AND (workers = 0 OR signed < workers
                               OR last IS DISTINCT FROM NEW.worker_signed_on)
                    ) THEN
                        RAISE EXCEPTION 'one of several workers has not signed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.effective_on}"

    @property
    def enforceability(self):
        """The last application to make it enforceable, or None."""
        return max(self.applications.all(), key=lambda row: row.pk, default=None)

    @property
    def missing(self):
        """The elements without which the agreement has no effect yet, as field names."""
        names = ("terms", "performance_by", "performance_mode", *ELEMENTS)
        return [name for name in names if not getattr(self, name)]
