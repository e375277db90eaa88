import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0001_calendar_and_rules")]

    operations = [
        migrations.CreateModel(
            name="LocalParameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("min_wage", "Monthly minimum wage"),
                            ("avg_wage", "Average monthly wage of the previous year"),
                            (
                                "avg_wage_year",
                                "Average yearly wage of the previous year",
                            ),
                            (
                                "disposable_income",
                                "Disposable income of the previous year",
                            ),
                        ],
                        max_length=40,
                        verbose_name="Parameter",
                    ),
                ),
                ("region", models.CharField(max_length=40, verbose_name="Region")),
                (
                    "county",
                    models.CharField(blank=True, max_length=40, verbose_name="District or county"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="Amount in yuan"
                    ),
                ),
                (
                    "in_force",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="In force"),
                ),
                ("source", models.CharField(max_length=240, verbose_name="Source")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("S", "Text of the article checked"),
                            ("P", "Secondary source"),
                            ("M", "To be verified"),
                            ("D", "Working rule, not law"),
                        ],
                        max_length=1,
                        verbose_name="Confidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "Local parameter",
                "verbose_name_plural": "Local parameters",
                "ordering": ["name", "region", "county", "in_force"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("name", "="),
                            ("region", "="),
                            ("county", "="),
                            ("in_force", "&&"),
                        ],
                        name="law_one_parameter_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="law_parameter_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force__isempty", False)),
                        name="law_parameter_in_force",
                    ),
                ],
            },
        ),
    ]
