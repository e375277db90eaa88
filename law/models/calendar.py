from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayNotice(models.Model):
    """The State Council's holiday notice of one year, or the package that stands in for it."""

    class Source(models.TextChoices):
        NOTICE = "notice", _("Notice of the State Council")
        PACKAGE = "package", _("Calendar package")

    year = models.PositiveSmallIntegerField(_("Year"), unique=True)
    number = models.CharField(_("Number of the notice"), max_length=60)
    source = models.CharField(
        _("Source"), max_length=10, choices=Source.choices, default=Source.NOTICE
    )
    entered_at = models.DateTimeField(_("Entered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Holiday notice")
        verbose_name_plural = _("Holiday notices")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=["notice", "package"]),
                name="law_notice_source",
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="law_notice_number"),
        ]

    def __str__(self):
        return f"{self.year} {self.number}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says; days that are not stored are ordinary."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off by notice")
        MAKEUP = "makeup", _("Make-up working day")
        STATUTORY = "statutory", _("Statutory holiday")

    date = models.DateField(_("Day"), primary_key=True)
    kind = models.CharField(_("Kind of day"), max_length=10, choices=Kind.choices)
    notice = models.ForeignKey(
        HolidayNotice,
        on_delete=models.CASCADE,
        related_name="days",
        verbose_name=_("Notice"),
    )

    class Meta:
        verbose_name = _("Exceptional day")
        verbose_name_plural = _("Exceptional days")
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["off", "makeup", "statutory"]),
                name="law_day_kind",
            ),
        ]

    def __str__(self):
        return f"{self.date.isoformat()} {self.get_kind_display()}"
