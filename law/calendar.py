"""Which days are working days. Immutable, in memory: a question costs microseconds."""

from bisect import bisect_right
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from law.edition import kept_while_unchanged, stamps

ONE_DAY = timedelta(days=1)
# New Year's Day is off in every year, whatever its notice will say.
_YEARS_TO_GUESS = range(1970, 2151)


class DayType(StrEnum):
    """What a day is worth: overtime on it costs 150, 200 or 300 per cent (劳动法44)."""

    WORKDAY = "WORKDAY"
    RESTDAY = "RESTDAY"
    STATUTORY = "STATUTORY"


class WorkCalendar:
    """The working days of China according to the State Council's yearly holiday notices.

    *numbers* maps each year that has a notice to its number; *days* maps each exceptional `date`
    to "off", "makeup" or "statutory". In a year without a notice Monday to Friday count as
    working days, 1 January excepted, and every result is provisional.
    """

    def __init__(self, numbers, days, version=""):
        self._numbers = dict(numbers)
        self._kinds = {day.toordinal(): kind for day, kind in days.items()}
        self.version = version
        for year in _YEARS_TO_GUESS:
            if year not in self._numbers:
                self._kinds.setdefault(date(year, 1, 1).toordinal(), "statutory")
        self._weekdays_off = sorted(
            ordinal
            for ordinal, kind in self._kinds.items()
            if kind != "makeup" and _weekday(ordinal)
        )
        self._weekends_on = sorted(
            ordinal
            for ordinal, kind in self._kinds.items()
            if kind == "makeup" and not _weekday(ordinal)
        )

    @property
    def years(self):
        """The years that have a notice, ascending."""
        return tuple(sorted(self._numbers))

    def has_notice(self, year):
        """Return whether the holiday notice of *year* is known."""
        return year in self._numbers

    def notice_number(self, year):
        """Return the number of the notice of *year*, "" without one."""
        return self._numbers.get(year, "")

    def missing_year(self, first, last):
        """Return the first year without a notice that the days *first* to *last* touch, or None."""
        return next(
            (year for year in range(first.year, last.year + 1) if year not in self._numbers),
            None,
        )

    def is_workday(self, day):
        """Return whether *day* is a working day, make-up working days included."""
        kind = self._kinds.get(day.toordinal())
        return day.weekday() < 5 if kind is None else kind == "makeup"

    def is_exceptional(self, day):
        """Return whether a notice, or New Year's Day, makes *day* other than its weekday says."""
        return day.toordinal() in self._kinds

    def day_type(self, day):
        """Return the `DayType` of *day*."""
        if self._kinds.get(day.toordinal()) == "statutory":
            return DayType.STATUTORY
        return DayType.WORKDAY if self.is_workday(day) else DayType.RESTDAY

    def why(self, day):
        """Return a translated phrase: why *day* is what it is, with the number of the notice."""
        kind = self._kinds.get(day.toordinal())
        number = self._numbers.get(day.year)
        if number is None:
            return self._why_without_notice(day, kind)
        if kind == "makeup":
            return _("make-up working day (%(notice)s)") % {"notice": number}
        if kind == "statutory":
            return _("statutory holiday (%(notice)s)") % {"notice": number}
        if kind == "off":
            return _("day off by notice (%(notice)s)") % {"notice": number}
        return _("working day") if day.weekday() < 5 else _("weekend")

    def _why_without_notice(self, day, kind):
        if kind == "statutory":
            return _("New Year's Day")
        if kind is None and day.weekday() >= 5:
            return _("weekend, unless the notice for %(year)s says otherwise") % {"year": day.year}
        return _("working day, unless the notice for %(year)s says otherwise") % {"year": day.year}

    def next_workday(self, day):
        """Return *day* if it is a working day, otherwise the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def last_workday_not_after(self, day):
        """Return *day* if it is a working day, otherwise the last working day before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def workdays_between(self, start, end):
        """Return how many working days follow *start* up to and including *end*.

        Negative when *end* lies before *start*.
        """
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def workday_after(self, day, number):
        """Return the *number*-th working day after *day*, *day* itself not counted."""
        return self._find(self._count(day.toordinal()) + number, day.toordinal() + number)

    def workday_before(self, day, number):
        """Return the *number*-th working day before *day*, *day* itself not counted."""
        before = day.toordinal() - 1
        return self._find(self._count(before) - number + 1, before - 2 * number)

    def with_notice(self, year, number, days):
        """Return this calendar with the notice of *year* entered or replaced.

        *days* maps the exceptional `date`s of the notice to their kinds. Serves to see what a
        notice would move before it is confirmed.
        """
        kept = {
            date.fromordinal(ordinal): kind
            for ordinal, kind in self._kinds.items()
            if date.fromordinal(ordinal).year in self._numbers
            and date.fromordinal(ordinal).year != year
        }
        return WorkCalendar(
            self._numbers | {year: number},
            kept | dict(days),
            f"{self.version}+{number}",
        )

    def _count(self, ordinal):
        """Working days from the beginning of time up to and including *ordinal*."""
        weeks, rest = divmod(ordinal, 7)
        return (
            weeks * 5
            + min(rest, 5)
            - bisect_right(self._weekdays_off, ordinal)
            + bisect_right(self._weekends_on, ordinal)
        )

    def _find(self, count, ordinal):
        """The working day with which *count* is reached; *ordinal* is a guess before or near it."""
        while (missing := count - self._count(ordinal)) > 0:
            ordinal += missing
        while self._count(ordinal - 1) >= count:
            ordinal -= 1
        return date.fromordinal(ordinal)


def _weekday(ordinal):
    # The ordinal 1 is a Monday.
    return (ordinal - 1) % 7 < 5


@kept_while_unchanged("calendar")
def load_calendar():
    """Return the `WorkCalendar` of the database; read once per process and after each change."""
    from law.models import CalendarDay, HolidayNotice

    return WorkCalendar(
        dict(HolidayNotice.objects.values_list("year", "number")),
        dict(CalendarDay.objects.values_list("date", "kind")),
        stamps()["calendar"],
    )
