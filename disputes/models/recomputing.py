"""Counting deadlines again after a holiday notice: how far it is, and what each change was."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.deadline import Deadline


class RecomputeRun(models.Model):
    """One pass over the open deadlines that a year's holiday notice can move."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("being counted again")
        DONE = "done", _("counted again")
        FAILED = "failed", _("stopped by a fault")

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number of the notice"), max_length=60)
    requested_at = models.DateTimeField(_("requested at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    # Where it goes on after an interruption: rows up to this key are counted, except those that
    # somebody held at that moment.
    last_pk = models.BigIntegerField(default=0)
    held = ArrayField(models.BigIntegerField(), default=list)
    expected = models.PositiveIntegerField(_("deadlines to count"), default=0)
    seen = models.PositiveIntegerField(_("deadlines counted"), default=0)
    moved = models.PositiveIntegerField(_("deadlines moved"), default=0)
    firmed = models.PositiveIntegerField(_("deadlines made firm"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # What went wrong, for somebody who can act.
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("recount of deadlines")
        verbose_name_plural = _("recounts of deadlines")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="recompute_at_work",
            )
        ]

    def __str__(self):
        return f"{self.year} {self.number}"

    @property
    def at_work(self):
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self):
        """How far it has come, 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.seen // self.expected) if self.expected else 0


class DeadlineChange(models.Model):
    """A deadline before and after it was counted again. Written once."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="changes")
    run = models.ForeignKey(
        RecomputeRun, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    at = models.DateTimeField(_("moment"))
    old_nominal = models.DateField(_("last day counted, before"))
    old_legal = models.DateField(_("expires by law, before"))
    old_alarm = models.DateField(_("to be done by, before"))
    old_provisional = models.BooleanField(_("provisional, before"))
    new_nominal = models.DateField(_("last day counted"))
    new_legal = models.DateField(_("expires by law"))
    new_alarm = models.DateField(_("to be done by"))
    new_provisional = models.BooleanField(_("provisional"))

    class Meta:
        verbose_name = _("change of a deadline")
        verbose_name_plural = _("changes of deadlines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "deadline"], name="deadline_change_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="deadline_changes_stay", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.deadline_id} {self.old_legal} → {self.new_legal}"

    @property
    def moved(self):
        """Whether a date changed, and not only how firm it is."""
        old = (self.old_nominal, self.old_legal, self.old_alarm)
        return old != (self.new_nominal, self.new_legal, self.new_alarm)
