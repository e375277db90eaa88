"""Until when a claim may still be brought without meeting the defence of limitation (仲裁时效).

调解仲裁法27: one year; interrupted it runs anew, suspended it goes on afterwards; wages of a
living employment do not lapse. Nothing here ever stops a party from applying.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from law.clock import ClockEvent
from law.deadlines import Due, compute

WARN_DAYS = 30
AID_DAYS = 7


@dataclass(frozen=True)
class Interruption:
    """Something that makes the limitation run anew (33号令27; 17号令31).

    *on*: when the worker asked, applied or was promised; *ended_on*: when the proceedings that
    this began ended, the same day if there were none, None while they are pending.
    """

    on: date
    ended_on: date | None
    reason: str = ""


@dataclass(frozen=True)
class Limitation:
    """Until when. *due* is None while it does not run at all: wages of a living employment.

    *pending*: an interruption still stands, so the date is only the earliest possible one.
    *applied* are the interruptions that came in time; *late* those after the end, without effect.
    """

    due: Due | None
    pending: bool = False
    applied: tuple[Interruption, ...] = ()
    late: tuple[Interruption, ...] = ()

    def days_left(self, at: date):
        """Return the days from *at* to the end, negative after it; None while it does not run."""
        return None if self.due is None else (self.due.legal - at).days

    def level(self, at: date):
        """Return "over", "aid" (fewer than 7 days), "warn" (fewer than 30) or "" on the day *at*.

        "aid" is when legal aid may be given before its application is decided (法律援助法44).
        """
        left = self.days_left(at)
        if left is None or left >= WARN_DAYS:
            return ""
        if left < 0:
            return "over"
        return "aid" if left < AID_DAYS else "warn"


def compute_limitation(
    rule,
    since: date | None,
    calendar,
    interruptions: Iterable[Interruption] = (),
    events: Iterable[ClockEvent] = (),
    at: date | None = None,
) -> Limitation:
    """Return the `Limitation` of a claim under *rule*.

    *since*: the day the worker knew or should have known; with LIMITATION_WAGE the day the
    employment ended, None while it lives. *events* suspend and resume. A pending interruption
    counts as ended on the day *at*, without it on the day it began.
    """
    if since is None:
        return Limitation(None)
    events, start, pending, applied, late = tuple(events), since, False, [], []
    due = compute(rule, start, calendar, events)
    for interruption in sorted(interruptions, key=lambda i: i.on):
        if interruption.on > due.legal:
            late.append(interruption)
            continue
        applied.append(interruption)
        pending = pending or interruption.ended_on is None
        start = max(start, _end_of(interruption, at))
        due = compute(rule, start, calendar, events)
    return Limitation(due, pending, tuple(applied), tuple(late))


def at_least_until(
    rule,
    since: date | None,
    calendar,
    interruptions: Iterable[Interruption] = (),
    events: Iterable[ClockEvent] = (),
    *,
    at: date,
) -> Limitation:
    """Return the `Limitation` as it would be if what interrupts it ended on the day *at*.

    This is what a page shows while mediation is pending: the claim lives at least that long.
    """
    return compute_limitation(rule, since, calendar, interruptions, events, at)


def _end_of(interruption, at):
    if interruption.ended_on is not None:
        return interruption.ended_on
    return max(interruption.on, at) if at else interruption.on
