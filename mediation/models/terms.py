"""What was agreed, term by term; who signed it; and whether it is kept."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models import Party
from disputes.models.sealed import SealedTextField
from mediation.models.agreement import Agreement


def signature_path(row, name):
    """Return where a signature is kept: a random name that tells nothing."""
    token = uuid4().hex
    return f"signatures/{token[:2]}/{token[2:]}"


class Term(models.Model):
    """One thing that one side owes under the agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="term_rows")
    ordinal = models.PositiveSmallIntegerField(pgettext_lazy("term", "number"))
    debtor = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("who owes")
    )
    content = models.CharField(_("what"), max_length=500)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    account = SealedTextField(pgettext_lazy("term", "account"), blank=True)
    default_clause = models.CharField(_("what happens otherwise"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of an agreement")
        verbose_name_plural = _("terms of an agreement")
        ordering = ["agreement", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ordinal"], name="term_ordinal_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="term_amount_positive"
            ),
            models.CheckConstraint(condition=~Q(content=""), name="term_says_what"),
        ]

    def __str__(self):
        return f"{self.agreement_id} / {self.ordinal}"


class Instalment(models.Model):
    """What is to be done by one day, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("not yet due")
        PERFORMED = "performed", _("performed")
        UNPERFORMED = "unperformed", _("not performed")

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField(pgettext_lazy("term", "number"))
    due_on = models.DateField(pgettext_lazy("instalment", "due on"))
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.OPEN)
    performed_on = models.DateField(_("performed on"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("moment"), null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "ordinal"], name="instalment_ordinal_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="instalment_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(state="performed", performed_on__isnull=False)
                | Q(state__in=["open", "unperformed"], performed_on__isnull=True),
                name="instalment_performed_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=~Q(state="performed"), name="instalment_open"
            )
        ]

    def __str__(self):
        return f"{self.term_id} {self.due_on}"


class Signing(models.Model):
    """One of the four elements: who signed or sealed, when, how, and over which text."""

    class Who(models.TextChoices):
        WORKER = "worker", _("the worker")
        EMPLOYER = "employer", _("the employer")
        MEDIATOR = "mediator", _("the mediator")
        SEAL = "seal", _("the seal of the organisation")

    class Method(models.TextChoices):
        PAD = "pad", _("on the screen")
        SCAN = "scan", _("on paper, scanned")
        PAPER = "paper", _("on paper, original in the file")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signings")
    who = models.CharField(_("signed by"), max_length=8, choices=Who.choices)
    # Which of several employers; empty where there is one.
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("employer"),
    )  # fmt: skip
    method = models.CharField(_("how"), max_length=5, choices=Method.choices)
    signed_on = models.DateField(_("signed on"))
    file = models.FileField(_("signature"), upload_to=signature_path, max_length=100, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # The text that was signed, so that nobody can put another one under the signature.
    text_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signature under an agreement")
        verbose_name_plural = _("signatures under an agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "who", "party"],
                nulls_distinct=False,
                name="agreement_signed_once_by_each",
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=True) | Q(who="employer"),
                name="signature_of_one_employer",
            ),
            models.CheckConstraint(
                condition=Q(method="paper", file="", sha256="")
                | ~Q(method="paper") & ~Q(file="") & ~Q(sha256=""),
                name="signature_kept_with_its_hash",
            ),
            models.CheckConstraint(
                condition=~Q(who="seal") | ~Q(method="pad"), name="seal_is_not_drawn"
            ),
        ]

    def __str__(self):
        return f"{self.agreement_id} {self.who}"


class Enforceability(models.Model):
    """An application to make the agreement enforceable: review or confirmation, one at a time.

    One that was refused or withdrawn leaves the other way open.
    企业劳动争议协商调解规定 article 27, 劳动人事争议仲裁办案规则 articles 74 and 75.
    """

    class Way(models.TextChoices):
        REVIEW = "review", _("arbitration review")
        COURT = "court", _("judicial confirmation")

    class Result(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("enforceability", "granted")
        REFUSED = "refused", pgettext_lazy("enforceability", "refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="applications")
    way = models.CharField(_("way"), max_length=6, choices=Way.choices)
    applied_on = models.DateField(_("applied on"))
    result = models.CharField(_("result"), max_length=9, choices=Result.choices, blank=True)
    result_on = models.DateField(_("result on"), null=True, blank=True)
    number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    reasons = models.CharField(_("reasons"), max_length=500, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("application to make an agreement enforceable")
        verbose_name_plural = _("applications to make agreements enforceable")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(result__in=["", "granted"]),
                name="enforceability_one_way_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(result="", result_on__isnull=True)
                | ~Q(result="") & Q(result_on__isnull=False),
                name="enforceability_result_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(result_on__isnull=True) | Q(result_on__gte=F("applied_on")),
                name="enforceability_result_after_application",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["review", "court"]), name="enforceability_way_known"
            ),
        ]

    def __str__(self):
        return f"{self.agreement_id} {self.way}"
