"""The case: one dispute, one identity through three tiers."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.choices import Cause, DefenceLine, Grade, Level, Source


class Case(models.Model):
    """One dispute from the day it is filed to its end, wherever it is handled."""

    matter_number = models.CharField(_("matter number"), max_length=30, unique=True)
    federation = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("federation"),
    )
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    cause = models.CharField(_("main cause"), max_length=20, choices=Cause.choices)
    grade = models.CharField(
        _("grade"), max_length=8, choices=Grade.choices, default=Grade.ORDINARY
    )
    level = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, default=Level.CASE
    )
    # A sealed case exists for its handlers, their heads and the persons named, for nobody else.
    sealed = models.BooleanField(_("sealed"), default=False)
    facts = models.TextField(_("facts and reasons"), blank=True)
    worker_count = models.PositiveIntegerField(_("number of workers"), default=1)
    # Whether the workers ask for the same: with ten of them that makes a collective dispute.
    common_claim = models.BooleanField(_("common claim"), default=True, db_default=True)
    collective = models.BooleanField(_("collective dispute"), default=False)
    occurred_on = models.DateField(_("date of the dispute"), null=True, blank=True)
    received_on = models.DateField(_("date of the application"))
    # When somebody of the house or of its reporters first heard of it, if before it was filed.
    known_at = models.DateTimeField(_("first known"), null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="filed_cases",
        verbose_name=_("filed by"),
    )
    reporting_office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reported_cases",
        verbose_name=_("first reporter"),
    )
    goes_on_by_itself = models.BooleanField(
        _("agrees to go on at the regional tier when mediation fails"), default=False
    )
    # Facts of the end. While they are empty, the flow knows where the case is.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    defence_line = models.PositiveSmallIntegerField(
        _("line of defence"), choices=DefenceLine.choices, null=True, blank=True
    )
    # Where an imported row came from, and the key that lets a second import know it again.
    imported_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    # Made when the empty form is opened, so that a form sent twice files one case.
    filing_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    remarks = models.TextField(_("remarks"), blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worker_count__gte=1), name="case_has_a_worker"
            ),
            models.CheckConstraint(
                condition=models.Q(defence_line__isnull=True) | models.Q(ended_at__isnull=False),
                name="case_line_only_at_the_end",
            ),
            models.CheckConstraint(
                condition=models.Q(known_at__isnull=True)
                | models.Q(known_at__lte=models.F("filed_at")),
                name="case_known_before_filed",
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=Level.PUBLIC, level__lte=Level.SENSITIVE),
                name="case_level_known",
            ),
        ]
        indexes = [
            models.Index(fields=["ended_at", "-id"], name="case_open_newest"),
            models.Index(fields=["filed_by", "-id"], name="case_by_reporter"),
            models.Index(fields=["id"], condition=models.Q(sealed=True), name="case_sealed"),
            models.Index(
                fields=["id"], condition=models.Q(level=Level.SENSITIVE), name="case_sensitive"
            ),
        ]
        triggers = [
            # 调解仲裁法 7: what law.is_collective says, whoever writes the row. Once collective, a
            # dispute stays so: nobody takes the flag away to look better.
            pgtrigger.Trigger(
                name="collective_by_law",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.cause = 'collective_contract'
                       OR (NEW.worker_count >= 10 AND NEW.common_claim) THEN
                        NEW.collective := TRUE;
                    END IF;
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.collective AND NOT NEW.collective THEN
                            RAISE EXCEPTION 'a collective dispute stays collective'
                                USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.matter_number


class NumberSeries(models.Model):
    """The last number given in one series: per office, kind of paper and year, without gaps."""

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="number_series_once")
        ]

    def __str__(self):
        return f"{self.office_id} {self.kind} {self.year}: {self.last}"
