from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How well the figure was checked against the text of the law."""

    STATUTE = "S", _("Text of the article checked")
    SECONDARY = "P", _("Secondary source")
    MEMORY = "M", _("To be verified")
    DESIGN = "D", _("Working rule, not law")


class DeadlineRule(models.Model):
    """One time limit of the law as it stands between two dates. A change is a new row."""

    class Unit(models.TextChoices):
        WORKING_DAY = "working_day", _("working days")
        CALENDAR_DAY = "calendar_day", _("calendar days")
        MONTH = "month", _("months")
        YEAR = "year", _("years")

    class Direction(models.TextChoices):
        FORWARD = "forward", _("after the event")
        BACKWARD = "backward", _("before the event")

    class Stage(models.TextChoices):
        NEGOTIATION = "negotiation", _("Negotiation")
        MEDIATION = "mediation", _("Mediation")
        ARBITRATION = "arbitration", _("Arbitration")
        COURT = "court", _("After the award")
        AID = "aid", _("Legal aid")
        INSPECTION = "inspection", _("Labour inspection")
        INJURY = "injury", _("Work injury")
        EMPLOYMENT = "employment", _("Employer's duties")
        LETTERS = "letters", _("Union letters")
        PETITION = "petition", _("Petition")
        RECORDS = "records", _("Keeping of records")

    rule_id = models.CharField(_("Rule"), max_length=40)
    title_zh = models.CharField(_("Title in Chinese"), max_length=80)
    title_en = models.CharField(_("Title in English"), max_length=120, blank=True)
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage.choices)
    amount = models.PositiveSmallIntegerField(_("Length"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=20, choices=Unit.choices)
    direction = models.CharField(
        _("Direction"),
        max_length=10,
        choices=Direction.choices,
        default=Direction.FORWARD,
    )
    anchor = models.CharField(_("Starting event (code)"), max_length=40)
    anchor_zh = models.CharField(_("Starting event"), max_length=120)
    actor = models.CharField(_("Who must act"), max_length=120)
    expiry = models.CharField(_("What expiry means"), max_length=240, blank=True)
    party_right = models.BooleanField(_("A party's right"), default=False)
    rolls = models.BooleanField(_("Last day rolls over days off"), default=True)
    restarts = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("Events that start it again"),
        default=list,
        blank=True,
    )
    extension_amount = models.PositiveSmallIntegerField(_("Usual extension"), null=True, blank=True)
    extension_unit = models.CharField(
        _("Unit of the extension"), max_length=20, choices=Unit.choices, blank=True
    )
    extension_cap = models.PositiveSmallIntegerField(
        _("Longest extension in all"), null=True, blank=True
    )
    extension_approver = models.CharField(
        _("Who approves an extension"), max_length=120, blank=True
    )
    article = models.CharField(_("Article"), max_length=240)
    instrument = models.CharField(_("Instrument"), max_length=120)
    confidence = models.CharField(_("Confidence"), max_length=1, choices=Confidence.choices)
    in_force = DateRangeField(_("In force"))

    class Meta:
        verbose_name = _("Time limit")
        verbose_name_plural = _("Time limits")
        ordering = ["rule_id", "in_force"]
        constraints = [
            ExclusionConstraint(
                name="law_one_rule_per_day",
                expressions=[
                    ("rule_id", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(in_force__isempty=False)
                & models.Q(in_force__startswith__isnull=False),
                name="law_rule_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="law_rule_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__in=["working_day", "calendar_day", "month", "year"]),
                name="law_rule_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=["forward", "backward"]),
                name="law_rule_direction",
            ),
            models.CheckConstraint(
                condition=models.Q(extension_unit__gt="")
                | models.Q(extension_amount__isnull=True, extension_cap__isnull=True),
                name="law_rule_extension",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """The title in the language of the reader, Chinese where there is no other."""
        chinese = (get_language() or "zh").startswith("zh")
        return self.title_zh if chinese or not self.title_en else self.title_en

    @property
    def may_be_extended(self):
        """Whether the law knows an extension of this time limit at all."""
        return bool(self.extension_unit)
