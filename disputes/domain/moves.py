"""Which open deadlines a holiday notice moves, and where to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from disputes.domain import clocks
from disputes.models import Deadline
from law.calendar import load_calendar
from law.models import DeadlineRule
from law.refusals import LawRefusal

BATCH = 2000
# The next ones of the moved deadlines, among which a preview looks for those to be named.
NEXT = 2000


@dataclass(frozen=True)
class Move:
    """A *deadline* as it is stored, and its columns as they are counted now."""

    deadline: Deadline
    dates: dict

    @property
    def moved(self):
        """Whether a date changes, and not only how firm it is."""
        return any(
            getattr(self.deadline, name) != value
            for name, value in self.dates.items()
            if name != "provisional"
        )

    @property
    def firmed(self):
        """Whether the dates were provisional and are so no longer."""
        return self.deadline.provisional and not self.dates["provisional"]

    @property
    def later(self):
        """Whether the office gets more time."""
        return self.dates["alarm_on"] > self.deadline.alarm_on


@dataclass
class Forecast:
    """What a notice would do: deadlines *seen*, *moved* by rule, *firmed*, the *next* ones.

    *moved* counts by (id of the rule's row, whether later or not).
    """

    seen: int = 0
    firmed: int = 0
    moved: Counter = field(default_factory=Counter)
    next: list = field(default_factory=list)

    @property
    def moved_count(self):
        return self.moved.total()


def touching(year):
    """Return the open deadlines whose count may ask about a day that the notice of *year* names.

    A notice names days of its year and of the December before it.
    """
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    return Deadline.objects.running().filter(
        Q(started_on__lte=last) | Q(alarm_on__lte=last),
        Q(started_on__gte=first) | Q(due_legal__gte=first),
    )


def find_moves(deadlines, calendar, rules):
    """Return the ``Move`` of each of *deadlines* that is not as *calendar* says.

    *rules* maps the keys of rule rows to the rows. One query, for the events of all deadlines.
    """
    events = clocks.events_of([deadline.pk for deadline in deadlines])
    return [
        move
        for deadline in deadlines
        if (move := _move(deadline, events.get(deadline.pk, ()), calendar, rules))
    ]


def _move(deadline, events, calendar, rules):
    deadline.rule = rules[deadline.rule_id]
    try:
        dates = clocks.dates_of(clocks.count(deadline, events, calendar))
    except LawRefusal:
        # What cannot be counted was never counted: it stays as it is.
        return None
    if all(getattr(deadline, name) == value for name, value in dates.items()):
        return None
    return Move(deadline, dates)


def all_rules():
    """Return {key: row} of every version of every time limit."""
    return DeadlineRule.objects.in_bulk()


def forecast_moves(notice):
    """Return the ``Forecast`` of entering *notice*, without changing anything."""
    calendar = load_calendar().with_notice(notice.year, notice.number, notice.days)
    rules, forecast, found = all_rules(), Forecast(), []
    for deadlines in _batches(touching(notice.year)):
        moves = find_moves(deadlines, calendar, rules)
        forecast.seen += len(deadlines)
        forecast.firmed += sum(move.firmed for move in moves)
        moved = [move for move in moves if move.moved]
        forecast.moved.update((move.deadline.rule_id, move.later) for move in moved)
        found = sorted(found + moved, key=lambda m: (m.dates["alarm_on"], m.deadline.pk))[:NEXT]
    forecast.next = found
    return forecast


def _batches(deadlines):
    last = 0
    while batch := list(deadlines.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
