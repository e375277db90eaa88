"""Who is away, from when until when, and who acts meanwhile."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from offices.models.posting import Period


class AbsenceQuerySet(models.QuerySet):
    def active(self, on):
        """Return the absences of the date *on*, both ends included."""
        return self.filter(since__lte=on, until__gte=on)

    def ahead(self, on):
        """Return those that have not ended on the date *on*."""
        return self.filter(until__gte=on)

    def overlapping(self, since, until):
        """Return those that share a day with *since* to *until*, both dates included."""
        return self.filter(since__lte=until, until__gte=since).filter(until__gte=F("since"))

    def covered(self, on):
        """Return those of the date *on* whose substitute is not away herself."""
        away = Absence.objects.filter(user=OuterRef("substitute"), since__lte=on, until__gte=on)
        return self.active(on).filter(~Exists(away), substitute__isnull=False)


class Absence(models.Model):
    """A person is away from one day to another, both included, and why is nobody's business.

    The substitute (B角) acts on the files that she holds, as far as his own duties at the same
    office go. An absence taken back on its first day ends on the day before: it counted on no day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="absences",
        verbose_name=_("person"),
    )
    since = models.DateField(_("first day away"))
    until = models.DateField(_("last day away"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="stands_in",
        null=True,
        blank=True,
        verbose_name=_("substitute"),
    )
    made_at = models.DateTimeField(_("entered"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since") - timedelta(days=1)),
                name="absence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="absence_substitute_is_another",
            ),
            ExclusionConstraint(
                name="absence_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (Period("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["substitute", "until"], name="absence_of_substitute"),
        ]

    def __str__(self):
        return f"{self.user} {self.since}–{self.until}"
