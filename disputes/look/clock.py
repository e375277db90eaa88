"""What a deadline shows: how many working days are left, which date, and why that date."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disputes.look.words import as_day, say_day
from law.calendar import load_calendar

SOON = 2  # working days or fewer: soon due
# Its end is nobody's failure: it opens the way to arbitration.
OPENS = "MED_STAT_EXIT"
NEAR = 10  # a provisional date nearer than this still shows its days


@dataclass(frozen=True)
class Face:
    """The two lines of a clock. *kind* is one of ok, soon, over, stop, done, unsure."""

    kind: str
    icon: str
    left: str
    date: str
    pulled: str = ""
    provisional: str = ""


@dataclass(frozen=True)
class Dates:
    """The dates of a deadline that a clock reads; all are `date` or None."""

    state: str
    started: date | None
    nominal: date
    legal: date
    alarm: date
    provisional: bool
    suspended: date | None
    ended: date | None
    workdays: bool
    opens: bool


def read_dates(deadline):
    """Return the `Dates` of a deadline row, or of anything that carries the same names."""
    return Dates(
        state=str(deadline.state),
        started=as_day(_first(deadline, "started_on", "started_at")),
        nominal=as_day(deadline.due_nominal),
        legal=as_day(deadline.due_legal),
        alarm=as_day(_first(deadline, "alarm_on", "alarm")),
        provisional=bool(_first(deadline, "provisional")),
        suspended=as_day(_first(deadline, "suspended_on")),
        ended=as_day(_first(deadline, "ended_on")),
        workdays=_counts_workdays(deadline),
        opens=getattr(getattr(deadline, "rule", None), "rule_id", "") == OPENS,
    )


def read_face(deadline, today, *, calendar=None):
    """Return the `Face` of *deadline* on the date *today*."""
    dates = read_dates(deadline)
    if not getattr(deadline, "armed", True) and dates.ended is None:
        return Face("stop", "question", _("To be confirmed"), _("by the ledger, does not run"))
    faces = {
        "suspended": _suspended,
        "met": _met,
        "late": _late,
        "expired": _expired,
        "stopped": _stopped,
    }
    return faces.get(dates.state, _running)(dates, today, calendar or load_calendar())


def _running(dates, today, calendar):
    if today > dates.legal and dates.opens:
        passed = _("until %(day)s") % {"day": say_day(dates.legal, today=today)}
        return Face("stop", "info", _("Arbitration open by law"), passed)
    if today > dates.legal:
        return _overdue(dates, today, calendar)
    if today > dates.alarm:
        return _face(
            dates, today, calendar, "soon", "warn", _("Past our own date"),
            _("expires by law %(day)s") % {"day": say_day(dates.legal, today=today)},
        )  # fmt: skip
    left = calendar.workdays_between(today, dates.alarm)
    if dates.provisional and left > NEAR:
        return _face(dates, today, calendar, "unsure", "question", _("Provisional"))
    soon = left <= SOON
    return _face(
        dates, today, calendar, "soon" if soon else "ok", "warn" if soon else "clock",
        say_left(dates, today, calendar),
    )  # fmt: skip


def say_left(dates, today, calendar):
    """Return how much is left: 剩 2 个工作日, 今天到期."""
    if today == dates.alarm:
        return _("Due today")
    left = calendar.workdays_between(today, dates.alarm)
    return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}


def say_over(dates, today, calendar):
    """Return by how much the legal date has passed: 超期 4 个工作日."""
    over = calendar.workdays_between(dates.legal, today)
    if not over:
        return _("Overdue")
    return ngettext("%(n)s working day overdue", "%(n)s working days overdue", over) % {"n": over}


def say_missing_year(dates, calendar):
    """Return why the date is provisional: the year whose holidays nobody has announced."""
    if not dates.provisional:
        return ""
    year = calendar.missing_year(dates.alarm, dates.legal) or dates.legal.year
    return _("The holidays of %(year)s are not announced yet, so the date may move.") % {
        "year": year
    }


def say_pull(dates, today):
    """Return why the office's date lies before the last day counted, or ""."""
    if dates.alarm >= dates.nominal:
        return ""
    return _("The last day, %(day)s, is a day off; brought forward to the working day before.") % {
        "day": say_day(dates.nominal, today=today)
    }


def _overdue(dates, today, calendar):
    return _face(
        dates, today, calendar, "over", "over", say_over(dates, today, calendar),
        _("until %(day)s") % {"day": say_day(dates.legal, today=today)},
    )  # fmt: skip


def _face(dates, today, calendar, kind, icon, left, text=None):
    return Face(
        kind=kind,
        icon=icon,
        left=left,
        date=text or say_day(dates.alarm, today=today),
        pulled=say_pull(dates, today) if text is None else "",
        provisional=say_missing_year(dates, calendar),
    )


def _suspended(dates, today, calendar):
    since = dates.suspended
    text = _("since %(day)s") % {"day": say_day(since, today=today)} if since else ""
    return Face("stop", "pause", _("Suspended"), text)


def _met(dates, today, calendar):
    return Face("done", "ok", _("Done in time"), _ended(dates, today))


def _late(dates, today, calendar):
    over = calendar.workdays_between(dates.legal, dates.ended) if dates.ended else 0
    left = ngettext("Done %(n)s working day late", "Done %(n)s working days late", over)
    text = left % {"n": over} if over > 0 else _("Done late")
    return Face("over", "over", text, _ended(dates, today))


def _expired(dates, today, calendar):
    return Face("stop", "over", _("Term expired"), say_day(dates.legal, today=today))


def _stopped(dates, today, calendar):
    return Face("done", "stop", _("No longer runs"), _ended(dates, today))


def _ended(dates, today):
    return say_day(dates.ended, today=today) if dates.ended else ""


def _first(thing, *names):
    for name in names:
        value = getattr(thing, name, None)
        if value is not None:
            return value
    return None


def _counts_workdays(deadline):
    told = _first(deadline, "counts_workdays")
    if told is not None:
        return bool(told)
    unit = getattr(getattr(deadline, "rule", None), "unit", "")
    return "work" in str(unit).lower()
