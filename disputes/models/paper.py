"""Papers issued in a case, and facts of it that stand on papers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.batch import PaperBatch
from disputes.models.case import Case
from disputes.models.choices import Level
from disputes.models.party import Party
from disputes.models.proceeding import Proceeding
from disputes.models.sealed import SealedTextField
from disputes.models.timeline import TimelineEntry
from papers.models import Paper


class CasePaper(models.Model):
    """To which case, desk and recipient an issued paper belongs, and who else reads it."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="in_case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="papers")
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=pgettext_lazy("paper", "recipient"),
    )
    level = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, default=Level.CASE
    )
    reach = models.CharField(_("visible to"), max_length=8, choices=TimelineEntry.Reach.choices)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, null=True, editable=False, related_name="papers"
    )

    class Meta:
        verbose_name = _("paper of a case")
        verbose_name_plural = _("papers of a case")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "party"], name="paper_once_per_batch")
        ]

    def __str__(self):
        return f"{self.case_id} {self.paper_id}"


class Fact(models.Model):
    """One fact of a case, written down once and used by every form and paper that asks for it.

    The name is that of the element (要素), in Chinese as on the papers. Who stated it and what
    the other side says to it stand with it.
    """

    class Answer(models.TextChoices):
        OPEN = "open", _("not asked yet")
        ADMITTED = "admitted", _("not disputed")
        DISPUTED = "disputed", _("disputed")
        # Said to reach a settlement, no evidence later (企业劳动争议协商调解规定 article 11).
        CONCEDED = "conceded", _("granted for a settlement only")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fact_rows")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="fact_rows"
    )
    name = models.CharField(_("element"), max_length=40)
    value = SealedTextField(_("value"))
    stated_by = models.CharField(
        _("stated by"), max_length=10, choices=Party.Kind.choices, blank=True
    )
    answer = models.CharField(
        _("the other side"), max_length=8, choices=Answer.choices, default=Answer.OPEN
    )
    answer_note = SealedTextField(_("what the other side says"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("fact of a case")
        verbose_name_plural = _("facts of a case")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="fact_once_per_case"),
            models.CheckConstraint(
                condition=models.Q(answer__in=["open", "admitted", "disputed", "conceded"]),
                name="fact_answer_known",
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.name}"
