import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        # Asks first whether the extension is there, so the owner need not be a superuser.
        BtreeGistExtension(),
        migrations.CreateModel(
            name="DeadlineRule",
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
                ("rule_id", models.CharField(max_length=40, verbose_name="Rule")),
                (
                    "title_zh",
                    models.CharField(max_length=80, verbose_name="Title in Chinese"),
                ),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="Title in English"),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("negotiation", "Negotiation"),
                            ("mediation", "Mediation"),
                            ("arbitration", "Arbitration"),
                            ("court", "After the award"),
                            ("aid", "Legal aid"),
                            ("inspection", "Labour inspection"),
                            ("injury", "Work injury"),
                            ("employment", "Employer's duties"),
                            ("letters", "Union letters"),
                            ("petition", "Petition"),
                            ("records", "Keeping of records"),
                        ],
                        max_length=20,
                        verbose_name="Stage",
                    ),
                ),
                (
                    "amount",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Length"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_day", "working days"),
                            ("calendar_day", "calendar days"),
                            ("month", "months"),
                            ("year", "years"),
                        ],
                        max_length=20,
                        verbose_name="Unit",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("forward", "after the event"),
                            ("backward", "before the event"),
                        ],
                        default="forward",
                        max_length=10,
                        verbose_name="Direction",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(max_length=40, verbose_name="Starting event (code)"),
                ),
                (
                    "anchor_zh",
                    models.CharField(max_length=120, verbose_name="Starting event"),
                ),
                (
                    "actor",
                    models.CharField(max_length=120, verbose_name="Who must act"),
                ),
                (
                    "expiry",
                    models.CharField(blank=True, max_length=240, verbose_name="What expiry means"),
                ),
                (
                    "party_right",
                    models.BooleanField(default=False, verbose_name="A party's right"),
                ),
                (
                    "rolls",
                    models.BooleanField(default=True, verbose_name="Last day rolls over days off"),
                ),
                (
                    "restarts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Events that start it again",
                    ),
                ),
                (
                    "extension_amount",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Usual extension"
                    ),
                ),
                (
                    "extension_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("working_day", "working days"),
                            ("calendar_day", "calendar days"),
                            ("month", "months"),
                            ("year", "years"),
                        ],
                        max_length=20,
                        verbose_name="Unit of the extension",
                    ),
                ),
                (
                    "extension_cap",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Longest extension in all"
                    ),
                ),
                (
                    "extension_approver",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        verbose_name="Who approves an extension",
                    ),
                ),
                ("article", models.CharField(max_length=240, verbose_name="Article")),
                (
                    "instrument",
                    models.CharField(max_length=120, verbose_name="Instrument"),
                ),
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
                (
                    "in_force",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="In force"),
                ),
            ],
            options={
                "verbose_name": "Time limit",
                "verbose_name_plural": "Time limits",
                "ordering": ["rule_id", "in_force"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("rule_id", "="), ("in_force", "&&")],
                        name="law_one_rule_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force__isempty", False),
                            ("in_force__startswith__isnull", False),
                        ),
                        name="law_rule_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gt", 0), _connector="OR"
                        ),
                        name="law_rule_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                ["working_day", "calendar_day", "month", "year"],
                            )
                        ),
                        name="law_rule_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["forward", "backward"])),
                        name="law_rule_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extension_unit__gt", ""),
                            models.Q(
                                ("extension_amount__isnull", True),
                                ("extension_cap__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="law_rule_extension",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HolidayNotice",
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
                    "year",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="Year"),
                ),
                (
                    "number",
                    models.CharField(max_length=60, verbose_name="Number of the notice"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("notice", "Notice of the State Council"),
                            ("package", "Calendar package"),
                        ],
                        default="notice",
                        max_length=10,
                        verbose_name="Source",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="Entered at"),
                ),
            ],
            options={
                "verbose_name": "Holiday notice",
                "verbose_name_plural": "Holiday notices",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["notice", "package"])),
                        name="law_notice_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="law_notice_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "date",
                    models.DateField(primary_key=True, serialize=False, verbose_name="Day"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("off", "Day off by notice"),
                            ("makeup", "Make-up working day"),
                            ("statutory", "Statutory holiday"),
                        ],
                        max_length=10,
                        verbose_name="Kind of day",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="law.holidaynotice",
                        verbose_name="Notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "Exceptional day",
                "verbose_name_plural": "Exceptional days",
                "ordering": ["date"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["off", "makeup", "statutory"])),
                        name="law_day_kind",
                    )
                ],
            },
        ),
    ]
