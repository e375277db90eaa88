"""The fund for legal aid: its projects, its standards, its payments."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.engagement import Engagement


def _person(words, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=words,
        **options,
    )


def _money(words, **options):
    return models.DecimalField(words, max_digits=12, decimal_places=2, **options)


class PaymentKind(models.TextChoices):
    """What the fund pays for."""

    SUBSIDY = "subsidy", _("lawyer's subsidy")
    EXPERT = "expert", _("expert opinion")
    NOTICE = "notice", _("public notice")
    TRAVEL = "travel", _("travel")
    ADVANCE = "advance", _("money advanced for the client")


class Project(models.Model):
    """One project of the fund and its budget for a year."""

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("project"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    budget = _money(_("budget (yuan)"))
    basis = models.CharField(_("approved by which paper"), max_length=200)
    made_at = models.DateTimeField(_("moment"))
    made_by = _person(_("entered by"))

    class Meta:
        verbose_name = _("project of the fund")
        verbose_name_plural = _("projects of the fund")
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "year", "name"], name="project_once"),
            models.CheckConstraint(
                condition=Q(budget__gt=0) & ~Q(name="") & ~Q(basis=""), name="project_whole"
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.name}"


class Standard(models.Model):
    """The most that is paid for one thing of a kind, from a day on."""

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of payment"), max_length=8, choices=PaymentKind.choices)
    most = _money(_("at most (yuan)"))
    since = models.DateField(_("in force since"))

    class Meta:
        verbose_name = _("standard of payment")
        verbose_name_plural = _("standards of payment")
        ordering = ["kind", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "kind", "since"], name="standard_once"),
            models.CheckConstraint(condition=Q(most__gt=0), name="standard_positive"),
        ]

    def __str__(self):
        return f"{self.kind} {self.most}"


class Payment(models.Model):
    """Asked for, approved or not, paid: by three different people, for a case or an item."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for approval")
        APPROVED = "approved", _("approved, to be paid")
        REFUSED = "refused", _("not approved")
        PAID = "paid", _("paid")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="payments", verbose_name=_("project")
    )
    kind = models.CharField(_("kind of payment"), max_length=8, choices=PaymentKind.choices)
    engagement = models.ForeignKey(
        Engagement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("matter"),
    )
    item = models.CharField(_("approved item"), max_length=200, blank=True)
    amount = _money(_("amount (yuan)"))
    payee = _person(_("payee"), null=True, blank=True)
    payee_name = models.CharField(_("payee outside of the house"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked for"))
    handler = _person(_("asked for by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    approver = _person(_("decided by"), null=True, blank=True)
    decision_words = models.CharField(_("remark of the decision"), max_length=500, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    payer = _person(_("paid by"), null=True, blank=True)
    voucher = models.CharField(_("voucher number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("payment of the fund")
        verbose_name_plural = _("payments of the fund")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=Q(engagement__isnull=False) | ~Q(item=""),
                name="payment_for_case_or_item",
            ),
            models.CheckConstraint(
                condition=Q(payee__isnull=False, payee_name="")
                | Q(payee__isnull=True) & ~Q(payee_name=""),
                name="payment_has_one_payee",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True)
                | ~Q(approver=F("handler")) & (Q(payee__isnull=True) | ~Q(approver=F("payee"))),
                name="payment_approver_apart",
            ),
            models.CheckConstraint(
                condition=Q(payee__isnull=True) | ~Q(handler=F("payee")),
                name="payment_handler_not_payee",
            ),
            models.CheckConstraint(
                condition=Q(payer__isnull=True)
                | ~Q(payer=F("approver")) & (Q(payee__isnull=True) | ~Q(payer=F("payee"))),
                name="payment_payer_apart",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", approver__isnull=True, payer__isnull=True)
                | Q(state__in=["approved", "refused"], approver__isnull=False, payer__isnull=True)
                | Q(
                    state="paid",
                    approver__isnull=False,
                    payer__isnull=False,
                    paid_on__isnull=False,
                )
                & ~Q(voucher=""),
                name="payment_step_by_step",
            ),
            models.UniqueConstraint(
                fields=["voucher"], condition=~Q(voucher=""), name="payment_voucher_once"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(kind="subsidy") & ~Q(state="refused"),
                name="payment_one_subsidy",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state"], name="payment_of_project"),
            models.Index(fields=["paid_on"], name="payment_by_day"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="payments_within_budget",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func="""
                    IF NEW.state IN ('approved', 'paid') AND (
                        SELECT sum(amount) FROM legal_aid_payment
                        WHERE project_id = NEW.project_id AND state IN ('approved', 'paid')
                    ) - (
                        SELECT coalesce(sum(back.amount), 0) FROM legal_aid_repayment back
                        JOIN legal_aid_payment paid ON paid.id = back.payment_id
                        WHERE paid.project_id = NEW.project_id
                    ) > (SELECT budget FROM legal_aid_project WHERE id = NEW.project_id) THEN
                        RAISE EXCEPTION 'payments exceed the budget of project %', NEW.project_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="decided_payments_stay",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(old__state="asked"),
                func="""
                    IF (OLD.project_id, OLD.kind, OLD.engagement_id, OLD.item, OLD.amount,
                        OLD.payee_id, OLD.payee_name, OLD.handler_id)
                    IS DISTINCT FROM (NEW.project_id, NEW.kind, NEW.engagement_id, NEW.item,
                        NEW.amount, NEW.payee_id, NEW.payee_name, NEW.handler_id) THEN
                        RAISE EXCEPTION 'payment % is decided and stays as it is', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="paid_is_in_the_books",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF NEW.state = 'paid' AND NOT EXISTS (
                        SELECT 1 FROM legal_aid_entry WHERE payment_id = NEW.id
                    ) THEN
                        RAISE EXCEPTION 'payment % is not in the books', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.amount}"

    @property
    def is_out(self):
        """Whether it is money advanced for a client: it comes back when he is paid."""
        return self.kind == PaymentKind.ADVANCE and self.state == self.State.PAID

    @property
    def receiver(self):
        """Who is paid, in words."""
        return str(self.payee) if self.payee_id else self.payee_name
