"""Ledgers that were handed in to be imported, and how that went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerImport(models.Model):
    """One workbook on its way into the record, with the report of what became of its rows."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("could not be imported")

    federation = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="ledger_imports",
        verbose_name=_("federation"),
    )
    file = models.FileField(_("ledger"), upload_to="ledgers/%Y/%m/")
    # As the clerk knows it; the stored name is the storage's own.
    name = models.CharField(_("file name"), max_length=200)
    uploaded_at = models.DateTimeField(_("handed in"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="ledger_imports",
        verbose_name=_("handed in by"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # How many lines the sheets say they have: what progress is measured against.
    expected_lines = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    imported = models.PositiveIntegerField(_("rows imported"), default=0)
    unchanged = models.PositiveIntegerField(_("rows already known"), default=0)
    rejected = models.PositiveIntegerField(_("rows rejected"), default=0)
    report = models.JSONField(default=dict, blank=True)
    rejects = models.FileField(_("rejected rows"), upload_to="ledgers/%Y/%m/", blank=True)
    # Why it failed, in a sentence for the clerk.
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("import of a ledger")
        verbose_name_plural = _("imports of ledgers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["federation", "-id"], name="ledger_import_newest")]

    def __str__(self):
        return self.name

    @property
    def percent(self):
        """How far the import has come, 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.rows // self.expected_lines) if self.expected_lines else 0

    @property
    def at_work(self):
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
