"""Materials of a case."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.choices import Level
from disputes.models.proceeding import Proceeding
from disputes.models.timeline import TimelineEntry


def evidence_path(row, name):
    """Return where a file is kept: a random name that tells nothing of person or case."""
    token = uuid4().hex
    return f"evidence/{token[:2]}/{token[2:]}"


class Evidence(models.Model):
    """A file that a party or an office put into the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    proceeding = models.ForeignKey(
        Proceeding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, default=Level.CASE
    )
    reach = models.CharField(
        _("visible to"),
        max_length=8,
        choices=TimelineEntry.Reach.choices,
        default=TimelineEntry.Reach.ONWARD,
    )
    # Who handed it in and what for: the line of the list of evidence.
    party = models.ForeignKey(
        "disputes.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    purpose = models.CharField(_("what it is to prove"), max_length=500, blank=True)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    is_original = models.BooleanField(_("original seen"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]

    def __str__(self):
        return self.name
