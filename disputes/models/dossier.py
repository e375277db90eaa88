"""The whole file of a case as one PDF, made for one reader."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.case import Case


def dossier_path(row, name):
    """Return where the PDF is kept: a random name that tells nothing of person or case."""
    token = uuid4().hex
    return f"dossiers/{token[:2]}/{token[2:]}.pdf"


class Dossier(models.Model):
    """The file (卷宗) of a case as one person reads it: hers alone, and cleared after some days."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", pgettext_lazy("file of a case", "being put together")
        DONE = "done", pgettext_lazy("file of a case", "ready")
        FAILED = "failed", pgettext_lazy("file of a case", "could not be put together")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossiers")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("file of a case", "asked for by"),
    )
    asked_at = models.DateTimeField(pgettext_lazy("file of a case", "asked for"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    # Steps of the work, for the bar.
    steps = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    file = models.FileField(_("file"), upload_to=dossier_path, max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(
        pgettext_lazy("file of a case", "finished"), null=True, blank=True
    )
    # Why it failed, in a sentence for the reader.
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("file of a case as PDF")
        verbose_name_plural = _("files of cases as PDF")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["asked_by", "case", "-id"], name="dossier_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "asked_by"],
                condition=Q(state__in=["waiting", "running"]),
                name="dossier_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(file="") & ~Q(sha256=""),
                name="dossier_done_has_its_file",
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"

    @property
    def percent(self):
        """How far the work has come, 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.steps) if self.steps else 0

    @property
    def at_work(self):
        """Whether it still waits or is being put together."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
