"""Who disputes, about what, and what they agreed to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.choices import ClaimKind, EmploymentForm, IdType, Licence
from disputes.models.sealed import SealedTextField, index_of
from law.respondents import CAPACITIES
from offices.models import Office


def pairs_of(name):
    """Return the pairs of neighbouring characters of *name*, upper case, by which it is found."""
    letters = "".join(name.upper().split())
    return sorted({letters[i : i + 2] for i in range(len(letters) - 1)} or {letters})


class PartyManager(models.Manager):
    """The parties at the table, without the workers whom representatives stand for."""

    def get_queryset(self):
        return super().get_queryset().exclude(role=Party.Role.REPRESENTED)


class Party(models.Model):
    """A worker or an employer in a case.

    ``objects`` and ``case.parties`` are those at the table. Workers who only stand on the roster
    of a collective case are found through ``everyone`` and ``case.roster``.
    """

    class Role(models.TextChoices):
        APPLICANT = "applicant", _("applicant")
        RESPONDENT = "respondent", _("respondent")
        THIRD = "third", _("third party")
        REPRESENTED = "represented", _("represented worker")

    class Kind(models.TextChoices):
        WORKER = "worker", _("worker")
        EMPLOYER = "employer", _("employer")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    kind = models.CharField(_("kind of party"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    name_pairs = ArrayField(models.CharField(max_length=4), editable=False)
    id_type = models.CharField(_("document"), max_length=10, choices=IdType.choices, blank=True)
    id_number = SealedTextField(_("identity number"), blank=True)
    id_index = models.CharField(max_length=32, blank=True, editable=False)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    no_code_reason = models.CharField(_("why there is no code"), max_length=200, blank=True)
    phone = SealedTextField(_("phone"), blank=True)
    phone_index = models.CharField(max_length=32, blank=True, editable=False)
    phone_tail_index = models.CharField(max_length=32, blank=True, editable=False)
    address = SealedTextField(_("address for service"), blank=True)
    accepts_e_service = models.BooleanField(_("accepts electronic service"), default=False)
    contact_name = models.CharField(_("contact person"), max_length=50, blank=True)
    sex = models.CharField(
        _("sex"),
        max_length=1,
        blank=True,
        choices=[("f", _("female")), ("m", _("male"))],
    )
    employment_form = models.CharField(
        _("form of employment"),
        max_length=12,
        choices=EmploymentForm.choices,
        blank=True,
    )
    # Of workers: where at the employer, as far as it is known.
    department = models.CharField(
        _("department or workshop"), max_length=50, blank=True, default="", db_default=""
    )
    is_migrant = models.BooleanField(_("migrant worker"), default=False)
    is_dispatched = models.BooleanField(_("dispatched worker"), default=False)
    # Of respondents: as what it is named, "" for an employer like any other; and its licence.
    capacity = models.CharField(
        _("named as"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=list(CAPACITIES.items()),
    )
    licence = models.CharField(
        _("business licence"),
        max_length=7,
        blank=True,
        default="",
        db_default="",
        choices=Licence.choices,
    )
    industry = models.CharField(_("industry"), max_length=50, blank=True)
    headcount_band = models.CharField(_("headcount"), max_length=20, blank=True)

    objects = PartyManager()
    everyone = models.Manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "role", "id_index"],
                condition=~models.Q(id_index=""),
                name="party_once_per_role",
            )
        ]
        indexes = [
            GinIndex(fields=["name_pairs"], name="party_by_name"),
            models.Index(
                fields=["id_index"],
                condition=~models.Q(id_index=""),
                name="party_by_id",
            ),
            models.Index(
                fields=["phone_index"],
                condition=~models.Q(phone_index=""),
                name="party_by_phone",
            ),
            models.Index(
                fields=["phone_tail_index"],
                condition=~models.Q(phone_tail_index=""),
                name="party_by_phone_tail",
            ),
            models.Index(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="party_by_credit_code",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.make_indexes()
        super().save(*args, **kwargs)

    def make_indexes(self):
        """Fill the columns by which this party is found; needed before ``bulk_create``."""
        self.name_pairs = pairs_of(self.name)
        self.id_index = index_of(self.id_number)
        self.phone_index = index_of(self.phone)
        self.phone_tail_index = index_of(f"tail:{self.phone[-4:]}") if self.phone else ""
        return self


class ClaimQuerySet(models.QuerySet):
    def standing(self):
        """Return the claims that are still asked for, counterclaims included."""
        return self.filter(dropped_on__isnull=True)

    def of_applicant(self):
        """Return the claims that the applicant still asks for: what the case is about."""
        return self.standing().filter(counter=False)


class Claim(models.Model):
    """One thing that is asked for, and what became of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(_("type"), max_length=20, choices=ClaimKind.choices)
    period_from = models.DateField(_("from"), null=True, blank=True)
    period_to = models.DateField(_("to"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    detail = models.CharField(_("how it is calculated"), max_length=500, blank=True)
    # Brought by the respondent against the applicant.
    counter = models.BooleanField(_("counterclaim"), default=False)
    dropped_on = models.DateField(_("given up on"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="claim_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(period_from__isnull=True)
                | models.Q(period_to__isnull=True)
                | models.Q(period_to__gte=models.F("period_from")),
                name="claim_period_in_order",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Consent(models.Model):
    """What a party agreed to or refused, for one purpose and one recipient."""

    class Purpose(models.TextChoices):
        INFORMED = "informed", _("told that mediation is voluntary")
        PROCESSING = "processing", _("processing of personal data")
        # The recipient is then a kind of organisation (a value of ``Office.Kind``).
        SHARING = "sharing", _("passing personal data on")
        NEXT_TIER = "next_tier", _("going on at the regional tier")
        MEDIATION = "mediation", _("mediation")
        E_SERVICE = "e_service", _("electronic service")
        # The recipient is then the key of that person.
        SUPERVISOR = "supervisor", _("mediation by who issued an opinion against the employer")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    recipient = models.CharField(_("recipient"), max_length=100, blank=True)
    given = models.BooleanField(_("given"))
    at = models.DateTimeField(_("moment"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]
        constraints = [
            # Passing on is agreed to for each recipient by itself (个人信息保护法 article 23).
            models.CheckConstraint(
                condition=~models.Q(purpose="sharing") | ~models.Q(recipient=""),
                name="consent_to_sharing_names_whom",
            )
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.given}"

    @property
    def recipient_name(self):
        """To whom data may go, in words; "" where the consent names nobody or a person."""
        return str(dict(Office.Kind.choices).get(self.recipient, ""))
