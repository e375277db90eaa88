"""Who helps: law firms, their clients, lawyers, and when they are away."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from disputes.models import Cause


class Days(Func):
    """The days from the first to the last, both included, as a range of PostgreSQL."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class Firm(models.Model):
    """A law firm or another organisation that sends lawyers to a legal-aid centre."""

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="firms")
    name = models.CharField(_("name of the firm"), max_length=100)
    licence_number = models.CharField(_("licence number"), max_length=40)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("law firm")
        verbose_name_plural = _("law firms")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="firm_once_per_centre"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(licence_number=""), name="firm_named_and_licensed"
            ),
        ]

    def __str__(self):
        return self.name


class Client(models.Model):
    """Somebody whom a firm advises or advised: none of its lawyers acts against it."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="clients")
    name = models.CharField(_("client"), max_length=100)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    until = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("client of a firm")
        verbose_name_plural = _("clients of firms")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "name"], name="client_once_per_firm"),
            models.CheckConstraint(condition=~Q(name=""), name="client_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Lawyer(models.Model):
    """A person of the pool: her licence, what she is good at, where and for how long she serves."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="lawyer",
        verbose_name=_("person"),
    )
    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="lawyers")
    firm = models.ForeignKey(
        Firm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lawyers",
        verbose_name=_("law firm"),
    )
    licence_number = models.CharField(_("licence number"), max_length=40, unique=True)
    licence_until = models.DateField(_("licence valid until"))
    specialities = ArrayField(
        models.CharField(max_length=20, choices=Cause.choices),
        default=list,
        blank=True,
        verbose_name=_("specialities"),
    )
    # The districts she serves; none named: all of them.
    areas = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name=_("districts")
    )
    since = models.DateField(_("serves since"))
    until = models.DateField(_("serves until"), null=True, blank=True)
    most_open = models.PositiveSmallIntegerField(_("open cases at most"), default=10)

    class Meta:
        verbose_name = _("lawyer of the pool")
        verbose_name_plural = _("lawyers of the pool")
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(licence_number=""), name="lawyer_licensed"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="lawyer_serves_forward",
            ),
            models.CheckConstraint(condition=Q(most_open__gte=1), name="lawyer_takes_cases"),
        ]

    def __str__(self):
        return self.user.name

    def serves_on(self, on):
        """Return whether the date *on* lies in her period of service."""
        return self.since <= on and (self.until is None or on <= self.until)

    def is_licensed_on(self, on):
        """Return whether her licence is valid on the date *on*."""
        return on <= self.licence_until


class Leave(models.Model):
    """Days on which a lawyer takes no new cases and keeps no duty, both ends included."""

    lawyer = models.ForeignKey(Lawyer, on_delete=models.CASCADE, related_name="leaves")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="leave_goes_forward"),
            ExclusionConstraint(
                name="leave_once_a_day",
                expressions=[
                    ("lawyer", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.since} – {self.until}"
