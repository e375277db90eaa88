"""Money that was advanced for a client and came back."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.books import Entry
from legal_aid.models.fund import Payment


class Repayment(models.Model):
    """Some of a paid advance came back to the fund, with its entry of the books."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="repayments")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="repayment")
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    on = models.DateField(_("came back on"))
    voucher = models.CharField(_("voucher number"), max_length=40, unique=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("money given back")
        verbose_name_plural = _("money given back")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(voucher=""), name="repayment_whole"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="repayments_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="repaid_what_was_advanced",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                declare=[("paid", "legal_aid_payment%ROWTYPE")],
                func="""
                    SELECT * INTO paid FROM legal_aid_payment WHERE id = NEW.payment_id;
                    IF paid.kind <> 'advance' OR paid.state <> 'paid' OR NEW.on < paid.paid_on THEN
                        RAISE EXCEPTION 'payment % is no advance to give back', NEW.payment_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF (SELECT sum(amount) FROM legal_aid_repayment
                        WHERE payment_id = NEW.payment_id) > paid.amount THEN
                        RAISE EXCEPTION 'more comes back than payment % was', NEW.payment_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.payment_id}: {self.amount}"
