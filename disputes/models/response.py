"""How soon a dispute was known, met with, and answered for: the first in time (第一时间)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.case import Case
from disputes.models.proceeding import Proceeding


class Measure(models.TextChoices):
    """What is measured."""

    KNOWN = "known", _("known and recorded")
    CONTACT = "contact", _("first contact with the parties")
    ANSWER = "answer", _("answer to the first reporter")


class Urgency(models.TextChoices):
    """Which limit counts for a case: by its kind."""

    ORDINARY = "ordinary", pgettext_lazy("urgency", "ordinary case")
    MAJOR = "major", pgettext_lazy("urgency", "major case")
    COLLECTIVE = "collective", pgettext_lazy("urgency", "collective dispute")


class ResponseLimit(models.Model):
    """Within what time something must have happened, for cases of one kind, from a day on."""

    class Unit(models.TextChoices):
        HOUR = "hour", _("hours")
        WORKING_DAY = "working_day", pgettext_lazy("unit", "working days")

    measure = models.CharField(_("what is measured"), max_length=8, choices=Measure.choices)
    urgency = models.CharField(_("kind of case"), max_length=10, choices=Urgency.choices)
    amount = models.PositiveSmallIntegerField(_("time limit"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    in_force = DateRangeField(_("in force"))
    source = models.CharField(_("where it is written"), max_length=200)

    class Meta:
        verbose_name = _("limit of the first in time")
        verbose_name_plural = _("limits of the first in time")
        ordering = ["measure", "urgency", "-in_force"]
        constraints = [
            ExclusionConstraint(
                name="response_limit_once_a_day",
                expressions=[
                    ("measure", RangeOperators.EQUAL),
                    ("urgency", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=720), name="response_limit_amount"
            ),
            models.CheckConstraint(
                condition=Q(in_force__isempty=False), name="response_limit_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.get_measure_display()} {self.get_urgency_display()}"


class Response(models.Model):
    """One thing that should happen soon after a moment, and when it did.

    *case* is that of the proceeding, or a report that was merged into it and whose reporter is
    answered too. Once met, the moment stays.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responses")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="responses")
    measure = models.CharField(_("what is measured"), max_length=8, choices=Measure.choices)
    since = models.DateTimeField(_("counted from"))
    due_at = models.DateTimeField(_("due"))
    met_at = models.DateTimeField(_("done"), null=True, blank=True)
    # What somebody wrote about it: how, with whom, what was answered.
    note = models.CharField(_("how, and with whom"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    told_at = models.DateTimeField(_("alarmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "case", "measure"], name="response_once"),
            models.CheckConstraint(condition=Q(due_at__gte=F("since")), name="response_due_later"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(met_at__gte=F("since")),
                name="response_met_later",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(met_at__isnull=True), name="response_open"
            ),
            models.Index(
                fields=["case"],
                condition=Q(met_at__isnull=True) | Q(met_at__gt=F("due_at")),
                name="response_open_or_late",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="responses_stay_met",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__met_at__isnull=False),
                func="""
                    IF NEW.met_at IS DISTINCT FROM OLD.met_at OR NEW.since <> OLD.since
                       OR NEW.due_at <> OLD.due_at THEN
                        RAISE EXCEPTION 'a response that was met stays'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="responses_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.measure}"
