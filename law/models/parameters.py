from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from law.models.rules import Confidence


class LocalParameter(models.Model):
    """A figure that a place sets for a time: minimum wage, average wage and the like."""

    class Name(models.TextChoices):
        MIN_WAGE = "min_wage", _("Monthly minimum wage")
        AVG_WAGE = "avg_wage", _("Average monthly wage of the previous year")
        AVG_WAGE_YEAR = "avg_wage_year", _("Average yearly wage of the previous year")
        DISPOSABLE_INCOME = (
            "disposable_income",
            _("Disposable income of the previous year"),
        )

    name = models.CharField(_("Parameter"), max_length=40, choices=Name.choices)
    region = models.CharField(_("Region"), max_length=40)
    county = models.CharField(_("District or county"), max_length=40, blank=True)
    amount = models.DecimalField(_("Amount in yuan"), max_digits=14, decimal_places=2)
    in_force = DateRangeField(_("In force"))
    source = models.CharField(_("Source"), max_length=240)
    confidence = models.CharField(_("Confidence"), max_length=1, choices=Confidence.choices)

    class Meta:
        verbose_name = _("Local parameter")
        verbose_name_plural = _("Local parameters")
        ordering = ["name", "region", "county", "in_force"]
        constraints = [
            ExclusionConstraint(
                name="law_one_parameter_per_day",
                expressions=[
                    ("name", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    ("county", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="law_parameter_amount"),
            models.CheckConstraint(
                condition=models.Q(in_force__isempty=False),
                name="law_parameter_in_force",
            ),
        ]

    def __str__(self):
        return f"{self.get_name_display()} {self.region}{self.county} {self.amount}"
