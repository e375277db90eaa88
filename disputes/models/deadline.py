"""The legal clock of a case: derived rows, and the log of events they are derived from."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.party import Party
from disputes.models.proceeding import Proceeding
from law.grounds import find_ground

# Notices to a party: shown, but nothing that an office must finish by then.
NOT_OURS = ("MED_STAT_EXIT", "LIMITATION", "LIMITATION_WAGE")


class DeadlineQuerySet(models.QuerySet):
    def kept_by_offices(self):
        """Return the deadlines by which an office has to act, not those that are a party's own."""
        return self.filter(proceeding__isnull=False, rule__party_right=False).exclude(
            rule__rule_id__in=NOT_OURS
        )

    def running(self):
        """Return the deadlines that still run or stand suspended."""
        return self.filter(state__in=[Deadline.State.RUNNING, Deadline.State.SUSPENDED])


class Deadline(models.Model):
    """A time limit that the law sets in a case. Never edited by hand: it follows its events."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        SUSPENDED = "suspended", _("suspended")
        MET = "met", _("met")
        LATE = "late", _("met late")
        EXPIRED = "expired", _("expired")
        STOPPED = "stopped", _("stopped")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    proceeding = models.ForeignKey(
        Proceeding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deadlines",
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines"
    )
    rule = models.ForeignKey(
        "law.DeadlineRule",
        on_delete=models.PROTECT,
        related_name="deadlines",
        verbose_name=_("rule"),
    )
    started_on = models.DateField(_("starts after"))
    # For rules that leave the length to the parties or to a letter, in the unit of the rule.
    amount = models.PositiveSmallIntegerField(_("own length"), null=True, blank=True)
    due_nominal = models.DateField(_("last day counted"))
    due_legal = models.DateField(_("expires by law"))
    alarm_on = models.DateField(_("to be done by"))
    provisional = models.BooleanField(_("provisional"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    # Imported deadlines wait until a clerk confirms them: they neither alarm nor expire.
    armed = models.BooleanField(_("armed"), default=True)
    alarmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    overdue_alarmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["alarm_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "proceeding", "party", "rule"],
                condition=models.Q(state__in=["running", "suspended"]),
                nulls_distinct=False,
                name="deadline_runs_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state__in=["running", "suspended"]) & models.Q(ended_on__isnull=True)
                )
                | (
                    ~models.Q(state__in=["running", "suspended"]) & models.Q(ended_on__isnull=False)
                ),
                name="deadline_ended_when_it_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(due_legal__gte=models.F("due_nominal")),
                name="deadline_rolls_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="deadline_lasts_a_while",
            ),
        ]
        indexes = [
            models.Index(
                fields=["alarm_on"],
                condition=models.Q(state="running", armed=True),
                name="deadline_running_by_alarm",
            ),
            models.Index(
                fields=["due_legal"],
                condition=models.Q(state="running", armed=True, overdue_alarmed_at__isnull=True),
                name="deadline_not_told_overdue",
            ),
            models.Index(fields=["proceeding", "state"], name="deadline_of_proceeding"),
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["running", "suspended"]),
                name="deadline_open",
            ),
        ]

    def __str__(self):
        return f"{self.rule_id} {self.due_legal}"

    @property
    def alarm(self):
        """The last working day on which the office can still act in time."""
        return self.alarm_on

    @property
    def title(self):
        """What the deadline is for, in the language of the reader."""
        return self.rule.title

    @property
    def counts_workdays(self):
        """Whether its rule counts working days."""
        return self.rule.unit == "working_day"


class ClockEvent(models.Model):
    """Something that starts, suspends, resumes, restarts, extends or stops a deadline."""

    class Kind(models.TextChoices):
        START = "start", _("starts")
        SUSPEND = "suspend", _("is suspended")
        RESUME = "resume", _("resumes")
        RESTART = "restart", _("starts again")
        EXTEND = "extend", _("is extended")
        STOP = "stop", _("stops")

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=8, choices=Kind.choices)
    on = models.DateField(_("date"))
    amount = models.PositiveSmallIntegerField(_("amount"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # The code of the ground that the law accepts, see law/grounds.py.
    ground = models.CharField(_("ground"), max_length=20, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    notified_on = models.DateField(_("parties told on"), null=True, blank=True)
    evidence = models.ForeignKey(
        "disputes.Evidence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The proof of service from whose day the clock runs (民事诉讼法 article 87).
    service = models.ForeignKey(
        "disputes.Service",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clock_events",
        verbose_name=_("service of a paper"),
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("clock event")
        verbose_name_plural = _("clock events")
        ordering = ["on", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="clock_events_stay", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.on}"

    @property
    def ground_title(self):
        """The ground in words, "" when none was given."""
        ground = find_ground(self.deadline.rule, self.kind, self.ground)
        return str(ground.title) if ground else ""

    @property
    def ground_article(self):
        """Where the ground is written, "" when none was given."""
        ground = find_ground(self.deadline.rule, self.kind, self.ground)
        return ground.article if ground else ""
