"""The strip of days under a big clock: one cell a day, or a bar where there are too many."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from disputes.look.clock import read_dates, say_missing_year
from disputes.look.words import say_day, say_short_day, speaks_chinese
from law.calendar import load_calendar

WIDTH = 392
MOST_CELLS = 31
ABOVE, BELOW = 11, 52
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """One day: its left edge and width, its classes, the number in it."""

    x: float
    width: float
    kinds: str
    number: str
    middle: float
    text_kind: str


@dataclass(frozen=True)
class Label:
    """A word above or below the strip."""

    x: float
    y: int
    anchor: str
    kind: str
    text: str


@dataclass
class Strip:
    """A drawing of *width* × *height* user units: cells or bars, marks and labels."""

    width: float
    height: int = 56
    cells: list = field(default_factory=list)
    bars: list = field(default_factory=list)
    labels: list = field(default_factory=list)


def draw_strip(deadline, today, *, calendar=None):
    """Return the `Strip` of a running deadline on *today*; None when there is nothing to count."""
    dates = read_dates(deadline)
    if dates.started is None or dates.state != "running":
        return None
    calendar = calendar or load_calendar()
    last = max(dates.legal, min(today, dates.legal + 10 * ONE_DAY))
    if last <= dates.started:
        return None  # counted back from an event that is still to come
    days = [dates.started + n * ONE_DAY for n in range((last - dates.started).days + 1)]
    if len(days) > MOST_CELLS:
        return _draw_bar(dates, today)
    return _draw_cells(dates, today, days, calendar)


def explain(deadline, today, *, calendar=None):
    """Return in words what the strip shows."""
    calendar = calendar or load_calendar()
    dates = read_dates(deadline)
    parts = [_say_progress(dates, today, calendar), _say_end(dates, today, calendar)]
    parts.append(say_missing_year(dates, calendar))
    # Chinese sentences follow each other without a space.
    return ("" if speaks_chinese() else " ").join(part for part in parts if part)


def _say_progress(dates, today, calendar):
    if dates.started is None or dates.state != "running" or today > dates.legal:
        return ""
    count = calendar.workdays_between if dates.workdays else (lambda a, b: (b - a).days)
    gone, total = count(dates.started, today), count(dates.started, dates.nominal)
    if gone < 1 or gone > total:
        return ""
    text = _("Working day %(n)s of %(total)s.") if dates.workdays else _("Day %(n)s of %(total)s.")
    return text % {"n": gone, "total": total}


def _say_end(dates, today, calendar):
    days = {
        "nominal": say_day(dates.nominal, today=today),
        "alarm": say_day(dates.alarm, today=today),
        "legal": say_day(dates.legal, today=today),
    }
    if dates.state == "suspended":
        return _("While it is suspended no day counts; the date moves when it resumes.")
    if dates.state != "running":
        return ""
    if today > dates.legal:
        return _("Expired by law on %(legal)s.") % days
    if dates.legal == dates.nominal == dates.alarm:
        return _("Finish on %(alarm)s at the latest.") % days
    return (
        _(
            "The last day, %(nominal)s, is a day off: finish on %(alarm)s at the latest;"
            " by law the term expires on %(legal)s."
        )
        % days
    )


def _draw_cells(dates, today, days, calendar):
    pitch = min(22, WIDTH / len(days))
    gap = 4 if pitch >= 18 else 2
    strip = Strip(width=round(pitch * len(days) - gap + 1, 1))
    for index, day in enumerate(days):
        x = round(index * pitch + 0.5, 1)
        kinds, text_kind = _kinds(dates, today, day, calendar)
        width = round(pitch - gap, 1)
        number = str(day.day) if pitch >= 15 else ""
        strip.cells.append(Cell(x, width, kinds, number, round(x + width / 2, 1), text_kind))
    at = {day: cell.middle for day, cell in zip(days, strip.cells, strict=True)}
    strip.labels = _place(_wanted(dates, today, at), strip.width)
    return strip


def _kinds(dates, today, day, calendar):
    """Return the classes of a cell and of the number in it."""
    kinds, text_kind = [], ""
    if day == dates.started:
        kinds.append("d-zero")
    elif day == today:
        kinds.append("d-now")
        text_kind = "on-now"
    elif day < today and day <= dates.legal:
        kinds.append("d-past")
        text_kind = "on-past"
    elif day > dates.legal:
        kinds.append("d-over")
    elif not calendar.is_workday(day):
        kinds.append("d-rest")
    else:
        text_kind = "lab"
    if day == dates.alarm and day >= today:
        kinds.append("d-due")
        text_kind = text_kind if day == today else "lab-due"
    elif day == dates.legal and day > today:
        kinds.append("d-legal")
        text_kind = "lab"
    return " ".join(kinds), text_kind


def _wanted(dates, today, at):
    """Return the labels in order of importance: x, class, text, whether it starts above."""
    one_date = dates.alarm == dates.legal
    wanted = [(at.get(today), "lab-now", _("today"), True)]
    due = _("expires") if one_date else _("finish by")
    wanted.append((at.get(dates.alarm), "lab-due", due, False))
    if not one_date:
        wanted.append((at.get(dates.legal), "lab", _("expires by law"), True))
    wanted.append((at.get(dates.started), "", say_short_day(dates.started), False))
    if dates.nominal not in (dates.alarm, dates.legal):
        number = (dates.nominal - dates.started).days
        wanted.append((at.get(dates.nominal), "", _("day %(n)s") % {"n": number}, False))
    return [entry for entry in wanted if entry[0] is not None]


def _place(wanted, width):
    """Return labels that do not lie over each other; what finds no room is left out."""
    taken, labels = {ABOVE: [], BELOW: []}, []
    for x, kind, text, above in wanted:
        left, right, anchor, at = _extent(x, text, width)
        for y in (ABOVE, BELOW) if above else (BELOW, ABOVE):
            if all(right + 4 < a or left - 4 > b for a, b in taken[y]):
                taken[y].append((left, right))
                labels.append(Label(at, y, anchor, kind, text))
                break
    return labels


def _extent(x, text, width):
    """Return left, right, anchor and x of a text of 11 units a Chinese sign, 6 a Latin letter."""
    half = sum(6 if sign.isascii() else 11 for sign in text) / 2
    if x - half < 0:
        return 0, 2 * half, "start", 0
    if x + half > width:
        return width - 2 * half, width, "end", width
    return x - half, x + half, "middle", x


def _draw_bar(dates, today):
    last = max(dates.legal, today)
    span = max(1, (last - dates.started).days)

    def at(day):
        return round((day - dates.started).days / span * (WIDTH - 2) + 1, 1)

    strip = Strip(width=WIDTH)
    now = min(max(today, dates.started), last)
    strip.bars = [
        {"x": 1, "width": WIDTH - 2, "kind": "d"},
        {"x": 1, "width": at(min(now, dates.legal)) - 1, "kind": "d d-past"},
        {"x": at(dates.legal) - 3, "width": 3, "kind": "d d-legal"},
    ]
    if today > dates.legal:
        strip.bars.append(
            {
                "x": at(dates.legal),
                "width": at(now) - at(dates.legal),
                "kind": "d d-over",
            }
        )
    if dates.alarm != dates.legal:
        strip.bars.append({"x": at(dates.alarm) - 3, "width": 4, "kind": "d d-due"})
    strip.bars.append({"x": max(1, at(now) - 2), "width": 4, "kind": "d d-now"})
    places = {day: at(day) for day in (now, dates.alarm, dates.legal, dates.started)}
    strip.labels = _place(_wanted(dates, today, places), WIDTH)
    return strip
