"""The days of a holiday notice beside what they were before."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from law.calendar import DayType
from law.holidays import compare_notice
from law.models import CalendarDay

_KINDS = dict(CalendarDay.Kind.choices)


@dataclass(frozen=True)
class NoticeDay:
    """A day of a notice: what it is now, what it becomes, and by which words."""

    on: date
    before: str
    after: str
    kind: str
    kind_title: str
    changes: bool


def days_of_notice(calendar, notice):
    """Return the ``NoticeDay`` of each day that *notice* names or changes, in order.

    Days that the notice before it named and this one does not are among them.
    """
    after = calendar.with_notice(notice.year, notice.number, notice.days)
    changed = {change.on for change in compare_notice(calendar, notice)}
    return [
        NoticeDay(
            on=day,
            before=say_type(calendar.day_type(day), day),
            after=say_type(after.day_type(day), day),
            kind=notice.days.get(day, ""),
            kind_title=_KINDS.get(notice.days.get(day), ""),
            changes=day in changed,
        )
        for day in sorted(changed | set(notice.days))
    ]


def say_type(kind, day):
    """Return what a day of the type *kind* is, in words."""
    if kind == DayType.STATUTORY:
        return _("statutory holiday, 300% pay")
    if kind == DayType.WORKDAY:
        return _("make-up working day") if day.weekday() > 4 else _("working day")
    return _("weekend") if day.weekday() > 4 else _("day off")
