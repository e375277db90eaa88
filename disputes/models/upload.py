"""Large files on their way in, piece by piece."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disputes.models.evidence import Evidence, evidence_path
from disputes.models.proceeding import Proceeding


class Upload(models.Model):
    """A file of which the first *received* bytes are here; the rest may come after a break.

    The pieces are written where the material will keep its file, so that nothing is copied at
    the end. Until then no list and no page of the case shows it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    received = models.PositiveBigIntegerField(_("received"), default=0)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200)
    # What was said of it in the form: the line of the list of evidence.
    said = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun"))
    touched_at = models.DateTimeField(_("last piece"))
    evidence = models.OneToOneField(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("upload in pieces")
        verbose_name_plural = _("uploads in pieces")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["by", "proceeding"], name="upload_of"),
            models.Index(fields=["touched_at"], name="upload_touched"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, received__lte=F("size")), name="upload_within_its_size"
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(received=F("size")),
                name="upload_whole_before_kept",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def percent(self):
        """How much of it is here, 0 to 100."""
        return 100 * self.received // self.size
