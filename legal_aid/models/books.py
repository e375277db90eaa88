"""The books of the fund, which always balance."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.fund import Payment, Project


class Account(models.TextChoices):
    """The accounts of the fund's books."""

    BANK = "bank", _("money at the bank")
    GRANTS = "grants", _("money granted to the fund")
    SUBSIDY = "subsidy", _("spent on subsidies")
    EXPERT = "expert", _("spent on expert opinions")
    NOTICE = "notice", _("spent on public notices")
    TRAVEL = "travel", _("spent on travel")
    ADVANCE = "advance", _("advanced for clients")


class Entry(models.Model):
    """One entry of the books: lines that together are nothing. Written once."""

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="entries")
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="entry"
    )
    on = models.DateField(_("date"))
    number = models.PositiveIntegerField(_("number"))
    voucher = models.CharField(_("voucher number"), max_length=40)
    text = models.CharField(_("in words"), max_length=200)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("entry of the books")
        verbose_name_plural = _("entries of the books")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=~Q(voucher=""), name="entry_has_a_voucher"),
        ]
        triggers = [
            pgtrigger.Protect(name="entries_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            # Every yuan that leaves or comes back leads to a payment, and so to a case or an item.
            pgtrigger.Trigger(
                name="entry_leads_somewhere",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("moved", "numeric"), ("told", "numeric")],
                func="""
                    SELECT sum(debit) INTO moved FROM legal_aid_line WHERE entry_id = NEW.id;
                    IF NEW.payment_id IS NOT NULL THEN
                        SELECT amount INTO told FROM legal_aid_payment
                        WHERE id = NEW.payment_id AND state = 'paid';
                    ELSIF EXISTS (SELECT 1 FROM legal_aid_line WHERE entry_id = NEW.id
                                  AND account NOT IN ('bank', 'grants')) THEN
                        SELECT amount INTO told FROM legal_aid_repayment WHERE entry_id = NEW.id;
                    ELSE
                        told := moved;
                    END IF;
                    IF told IS DISTINCT FROM moved THEN
                        RAISE EXCEPTION 'entry % of the books leads to no payment', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="entry_has_lines",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM legal_aid_line WHERE entry_id = NEW.id) < 2 THEN
                        RAISE EXCEPTION 'entry % of the books has fewer than two lines', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.text}"


class Line(models.Model):
    """One side of an entry: debit or credit, in yuan."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(_("account"), max_length=8, choices=Account.choices)
    debit = models.DecimalField(_("debit"), max_digits=12, decimal_places=2, default=0)
    credit = models.DecimalField(_("credit"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("line of the books")
        verbose_name_plural = _("lines of the books")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="line_on_one_side",
            )
        ]
        indexes = [models.Index(fields=["account"], name="line_of_account")]
        triggers = [
            pgtrigger.Protect(name="lines_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            # At the end of the transaction, so that an entry is written line by line.
            pgtrigger.Trigger(
                name="entries_balance",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT sum(debit) - sum(credit) FROM legal_aid_line
                        WHERE entry_id = NEW.entry_id) <> 0 THEN
                        RAISE EXCEPTION 'entry % of the books does not balance', NEW.entry_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.debit}/{self.credit}"
