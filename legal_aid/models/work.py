"""What a lawyer did in a matter, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.engagement import Engagement


class WorkEntry(models.Model):
    """One line of the work log: on which day, what, for how many hours."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("talk with the client")
        READING = "reading", _("reading the file")
        EVIDENCE = "evidence", _("gathering evidence")
        DRAFTING = "drafting", _("drafting of papers")
        MEDIATION = "mediation", _("taking part in mediation")
        HEARING = "hearing", _("hearing")
        OTHER = "other", _("other work")

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="work")
    on = models.DateField(_("date"))
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind.choices)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    text = models.CharField(_("in words"), max_length=500)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("line of a work log")
        verbose_name_plural = _("lines of work logs")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="work_hours"),
            models.CheckConstraint(condition=~Q(text=""), name="work_in_words"),
        ]

    def __str__(self):
        return f"{self.on} {self.hours}"


class Closing(models.Model):
    """The closing report of a matter, the client's rating, the check of its quality."""

    class Outcome(models.TextChoices):
        SETTLED = "settled", _("settled in mediation")
        STATEMENT = "statement", _("settled before the commission")
        WON = "won", _("won")
        PARTLY = "partly", _("partly won")
        LOST = "lost", _("lost")
        ADVISED = "advised", _("advice or papers given")
        WITHDRAWN = "withdrawn", _("withdrawn by the client")

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="closing")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    recovered = models.DecimalField(_("recovered (yuan)"), max_digits=12, decimal_places=2)
    report = models.TextField(_("closing report"))
    closed_at = models.DateTimeField(_("handed in"))
    rating = models.PositiveSmallIntegerField(_("client's rating"), null=True, blank=True)
    rating_words = models.CharField(_("client's words"), max_length=500, blank=True)
    quality = models.PositiveSmallIntegerField(_("quality (0 to 100)"), null=True, blank=True)
    quality_words = models.CharField(_("remarks on quality"), max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("quality checked"), null=True, blank=True)
    # The whole file as one document, kept as it was when it was archived.
    dossier = models.OneToOneField(
        "legal_aid.Enclosure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closing",
        verbose_name=_("archived file"),
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("closing report")
        verbose_name_plural = _("closing reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(recovered__gte=0) & ~Q(report=""), name="closing_whole"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="closing_rated_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(quality__isnull=True)
                | Q(quality__lte=100, checked_by__isnull=False, checked_at__isnull=False),
                name="closing_quality_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, dossier__isnull=True)
                | Q(
                    archived_at__isnull=False,
                    dossier__isnull=False,
                    archived_by__isnull=False,
                    checked_at__isnull=False,
                ),
                name="closing_archived_whole",
            ),
        ]

    def __str__(self):
        return f"{self.engagement_id}: {self.outcome}"
