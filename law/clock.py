"""Read the events of a clock: where counting starts, which days stand still, what extends it."""

from dataclasses import dataclass
from datetime import date

KINDS = ("suspend", "resume", "restart", "extend", "stop")


@dataclass(frozen=True)
class ClockEvent:
    """What happened to a running time limit on the `date` *on*.

    *kind* is one of KINDS; *amount* is the length of an extension in the rule's unit of
    extension, None for the usual one; *reason* is shown on the explain sheet.
    """

    kind: str
    on: date
    amount: int | None = None
    reason: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of clock event: {self.kind!r}")


@dataclass(frozen=True)
class Pause:
    """The days from *since* up to but not including *until*; None while it still stands."""

    since: date
    until: date | None
    reason: str = ""

    def covers(self, day):
        """Return whether the clock stands still on *day*."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Run:
    """A time limit ready to be counted: its length and what its events make of it.

    *start* is the day before the first counted one, that of the last restart if there was any.
    *pauses* are the ended ones that may matter, in order; *open_pause* still stands.
    """

    start: date
    length: int
    unit: str
    backward: bool
    rolls: bool
    pauses: tuple[Pause, ...] = ()
    open_pause: Pause | None = None
    extensions: tuple[ClockEvent, ...] = ()
    turns: tuple[ClockEvent, ...] = ()


def read_run(rule, start, length, events=()):
    """Return the `Run` of *rule* with *length* units after the `date` *start*."""
    turns = tuple(sorted(events, key=lambda event: event.on)) if events else ()
    for event in turns:
        if event.kind == "restart" and event.on > start:
            start = event.on
    pauses, open_pause = _pauses(turns) if turns else ((), None)
    extensions = tuple(e for e in turns if e.kind == "extend" and e.on >= start)
    backward = rule.direction == "backward"
    return Run(
        start, length, rule.unit, backward, rule.rolls, pauses, open_pause, extensions, turns
    )


def _pauses(turns):
    """Pair each suspension with the event that ends it; a second suspension changes nothing.

    What starts again or ends does not stand still any more.
    """
    ended, since = [], None
    for event in turns:
        if event.kind == "suspend" and since is None:
            since = event
        elif event.kind in ("resume", "restart", "stop") and since is not None:
            ended.append(Pause(since.on, event.on, since.reason))
            since = None
    return tuple(ended), since and Pause(since.on, None, since.reason)
