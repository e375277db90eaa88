"""What ties the record to its course."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task


class TierProcess(Process):
    """The engine's process, under a name of ours. A proxy: a table would break the engine."""

    class Meta:
        proxy = True
        default_permissions = ()


class Course(models.Model):
    """The course of one proceeding: the legal fact on one side, the engine's on the other."""

    proceeding = models.OneToOneField(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="course"
    )
    process = models.OneToOneField(Process, on_delete=models.PROTECT, related_name="course")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self):
        return f"{self.proceeding_id} – {self.process_id}"


class StuckTimer(models.Model):
    """A clock that came due and could not do its work. Shown to the administrator."""

    task = models.OneToOneField(
        Task, on_delete=models.CASCADE, related_name="stuck", verbose_name=_("step")
    )
    error = models.TextField(_("error"))
    attempts = models.PositiveIntegerField(_("attempts"), default=1)
    first_failed_at = models.DateTimeField(_("first failed"))
    last_failed_at = models.DateTimeField(_("last failed"))

    class Meta:
        verbose_name = _("stuck clock")
        verbose_name_plural = _("stuck clocks")
        ordering = ["first_failed_at"]

    def __str__(self):
        return self.error
