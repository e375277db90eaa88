"""A meeting that comes back: the rule from which its dates are made."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingSeries(models.Model):
    """How often the agencies meet. Its dates are rows of ``Meeting``; the rule only makes them.

    Offered are only rules that every calendar program of the agencies can show.
    """

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("every week, or every few weeks")
        MONTH_DAY = "month_day", _("every month on a day")
        MONTH_END = "month_end", _("every month on its last day")
        MONTH_NTH = "month_nth", _("every month on a weekday")
        QUARTER_FIRST = "quarter_first", _("every quarter, in its first month on a weekday")
        QUARTER_LAST = "quarter_last", _("every quarter, in its last month on a weekday")

    class Holidays(models.TextChoices):
        NEXT = "next", _("on the next working day")
        PREVIOUS = "previous", _("on the working day before")
        SKIP = "skip", pgettext_lazy("meeting series", "not at all")
        ASK = "ask", _("ask me each time")

    class Nth(models.IntegerChoices):
        FIRST = 1, _("the first")
        SECOND = 2, _("the second")
        THIRD = 3, _("the third")
        FOURTH = 4, _("the fourth")
        LAST = -1, _("the last")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="meeting_series",
        verbose_name=_("convened by"),
    )
    name = models.CharField(_("name"), max_length=100)
    frequency = models.CharField(_("repeats"), max_length=13, choices=Frequency.choices)
    # Every how many weeks.
    interval = models.PositiveSmallIntegerField(_("weeks apart"), default=1)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday.choices),
        default=list,
        blank=True,
        verbose_name=_("weekdays"),
    )
    month_day = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    nth = models.SmallIntegerField(
        _("which of the month"), choices=Nth.choices, null=True, blank=True
    )
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"))
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    holidays = models.CharField(_("on a holiday"), max_length=8, choices=Holidays.choices)
    uid = models.CharField(max_length=80, unique=True)
    # Counted up when time, rule, place or status change, never for the agenda (RFC 5546).
    sequence = models.PositiveIntegerField(default=0)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="series_takes_time"),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=12), name="series_every_few_weeks"
            ),
            models.CheckConstraint(
                condition=~Q(frequency="weekly") | Q(weekdays__len__gte=1),
                name="series_weekly_on_weekdays",
            ),
            models.CheckConstraint(
                condition=~Q(frequency="month_day")
                | Q(month_day__isnull=False, month_day__gte=1, month_day__lte=28),
                name="series_on_a_day_that_every_month_has",
            ),
            models.CheckConstraint(
                condition=~Q(frequency__in=["month_nth", "quarter_first", "quarter_last"])
                | Q(nth__in=[1, 2, 3, 4, -1], weekdays__len=1),
                name="series_on_one_weekday",
            ),
        ]

    def __str__(self):
        return self.name
