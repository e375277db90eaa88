"""Which of several employers an agreement binds, and when each signed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models import Party
from mediation.models.agreement import Agreement


class EmployerSignature(models.Model):
    """One of several employers under an agreement: signed or stamped on a day, or not bound.

    There are rows only where more than one employer is at the table. What is agreed with one
    binds no other (劳动争议调解仲裁法 article 14): each that is bound signs for itself.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="employer_signatures"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("employer")
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    bound = models.BooleanField(_("bound by the agreement"), default=True)

    class Meta:
        verbose_name = _("signature of one of several employers")
        verbose_name_plural = _("signatures of several employers")
        ordering = ["agreement", "party"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"], name="employer_signs_an_agreement_once"
            ),
            models.CheckConstraint(
                condition=Q(bound=True) | Q(signed_on__isnull=True),
                name="employer_signs_what_binds_it",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signatures_in_force_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM mediation_agreement
                        WHERE id = OLD.agreement_id AND effective_on IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'the agreement is in force'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.agreement_id} {self.party_id}"
