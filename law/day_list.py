"""List the days of a time limit one by one, for the explain sheet."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from law.calendar import ONE_DAY


@dataclass(frozen=True)
class CountedDay:
    """A day on the way to the end of a time limit.

    *number* is its place in the count, None for a day that is skipped; *reason* is a translated
    phrase that says why it counts or not.
    """

    on: date
    number: int | None
    reason: str

    @property
    def counted(self):
        """Whether the day is one of those that the law counts."""
        return self.number is not None


def list_days(run, nominal, legal, calendar):
    """Return a `CountedDay` for each day next to the start of *run* up to its *legal* end."""
    number, days = 0, []
    for day in _walk(run, legal):
        reason, counts = _judge(run, day, nominal, calendar)
        number += counts
        days.append(CountedDay(day, number if counts else None, reason))
    return tuple(days)


def _walk(run, legal):
    step = -ONE_DAY if run.backward else ONE_DAY
    day = run.start
    while day != legal:
        day += step
        yield day


def _judge(run, day, nominal, calendar):
    """Return (reason, whether *day* counts)."""
    pause = next((pause for pause in run.pauses if pause.covers(day)), None)
    if pause and not run.backward:
        return _paused(pause), False
    why = calendar.why(day)
    if not run.backward and day > nominal:
        return _("%(why)s; the last day rolls on") % {"why": why}, False
    return why, run.unit != "working_day" or calendar.is_workday(day)


def _paused(pause):
    if pause.reason:
        return _("suspended: %(reason)s") % {"reason": pause.reason}
    return _("suspended")
