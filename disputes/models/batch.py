"""Papers of one kind for everybody on a roster, made in the background."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.proceeding import Proceeding
from disputes.models.sealed import SealedTextField


def batch_path(row, name):
    """Return where the files of a batch are kept: a random name that tells nothing."""
    return f"batches/{uuid4().hex}"


class PaperBatch(models.Model):
    """One order for a paper per worker, how far it has come, and its two files."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("could not be made")

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="paper_batches"
    )
    kind = models.CharField(_("kind of paper"), max_length=40)
    # What was typed for these papers, as JSON.
    typed = SealedTextField(default="{}")
    url = models.CharField(max_length=200)
    total = models.PositiveIntegerField(_("papers in all"))
    done = models.PositiveIntegerField(_("papers made"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    archive = models.FileField(_("all papers, one file each"), upload_to=batch_path, blank=True)
    book = models.FileField(_("all papers in one PDF"), upload_to=batch_path, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("batch of papers")
        verbose_name_plural = _("batches of papers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "kind"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="paper_batch_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="paper_batch_not_beyond"
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.kind}"

    @property
    def percent(self):
        """How far it has come, 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def at_work(self):
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
