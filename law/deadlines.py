"""Count the time limits of the law: pure functions of a rule, a start, a calendar and events."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from law.calendar import ONE_DAY, WorkCalendar
from law.clock import ClockEvent, Run, read_run
from law.day_list import CountedDay, list_days
from law.refusals import AmountMissing

__all__ = [
    "ClockEvent",
    "CountedDay",
    "Due",
    "Step",
    "add_months",
    "compute",
    "expiry_moment",
]

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Step:
    """One turn in the life of a time limit, for the explain sheet.

    *kind* is that of a clock event, or start, extend_late (not counted, the limit had ended),
    extend_capped, count, roll, open (still suspended) or provisional. *on* is its day, *amount*
    the number of units it is about, *unit* their kind, *reason* the words of the event.
    """

    kind: str
    on: date
    amount: int | None = None
    unit: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Due:
    """When a time limit ends.

    *nominal*: the last day counted, before any roll. *legal*: after rolling over days off, the
    day with whose end a party's right expires. *alarm*: the last working day not after
    *nominal*, by which an institution should have acted. *provisional*: some day that mattered
    lies in *missing_year*, whose holiday notice is not known, so the dates may still move.
    *suspended_since*: the clock stands still; the dates are then the earliest possible ones.
    *extended*: by how much, in the rule's unit of extension.
    """

    nominal: date
    legal: date
    alarm: date
    provisional: bool
    missing_year: int | None
    steps: tuple[Step, ...]
    suspended_since: date | None = None
    extended: int = 0
    run: Run | None = field(default=None, repr=False, compare=False)
    calendar: WorkCalendar | None = field(default=None, repr=False, compare=False)

    @cached_property
    def days(self) -> tuple[CountedDay, ...]:
        """Each day from the one next to the start to *legal*, counted or skipped, with its reason.

        Listed on first use: counting does not need the list, and a year has many days.
        """
        return list_days(self.run, self.nominal, self.legal, self.calendar)


def compute(
    rule,
    start: date,
    calendar: WorkCalendar,
    events: Iterable[ClockEvent] = (),
    amount: int | None = None,
) -> Due:
    """Return when the time limit *rule*, set going by the day *start*, ends.

    *start* itself is not counted (民法典201). Months and years end on the corresponding day, or
    the last of the month (民法典202); a last day that is off rolls to the next working day where
    the rule says so (民法典203). A backward rule counts the days before *start*. *amount*
    replaces the length of the rule, in its unit.

    *events* may come in any order. Days from that of a "suspend" to the day before its "resume"
    do not count; "restart" starts again after its day and ends a suspension; "extend" lengthens
    by its amount or the rule's usual one, up to the rule's cap, and only when dated not after the
    end that it lengthens; "stop" changes no date. Raises AmountMissing when neither the rule nor
    the caller gives a length.
    """
    length = rule.amount if amount is None else amount
    if length is None:
        raise AmountMissing(rule.title)
    run = read_run(rule, start, length, events)
    nominal, legal, extended, extensions = _end(rule, run, calendar)
    missing = _missing_year(run, nominal, legal, calendar)
    suspended = run.open_pause.since if _stands_still(run, nominal) else None
    return Due(
        nominal=nominal,
        legal=legal,
        alarm=calendar.last_workday_not_after(nominal),
        provisional=missing is not None,
        missing_year=missing,
        steps=_steps(start, run, nominal, legal, extensions, suspended, missing),
        suspended_since=suspended,
        extended=extended,
        run=run,
        calendar=calendar,
    )


def expiry_moment(due: Due) -> datetime:
    """Return the first moment after *due*: 00:00 in Shanghai of the day after its legal end."""
    return datetime.combine(due.legal + ONE_DAY, time(0), tzinfo=SHANGHAI)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day *months* later, or the last day of that month (民法典202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _end(rule, run, calendar):
    """Return (nominal, legal, extended, steps of the extensions)."""
    if run.backward:
        nominal = _count_back(run, calendar)
        return nominal, nominal, 0, ()
    nominal, legal = _roll(run, _count_on(run, run.start, run.length, run.unit, calendar), calendar)
    extended, steps = 0, []
    for event in run.extensions:
        step = _judge_extension(rule, event, extended, legal)
        steps.append(step)
        if step.kind != "extend_late":
            extended += step.amount
            nominal, legal = _roll(run, _extend(rule, run, extended, calendar), calendar)
    return nominal, legal, extended, tuple(steps)


def _judge_extension(rule, event, extended, legal):
    """Return the step that *event* makes, when *extended* was granted and *legal* is the end."""
    wanted = event.amount or rule.extension_amount or 0
    if event.on > legal:
        return Step("extend_late", event.on, wanted, rule.extension_unit, event.reason)
    left = wanted if rule.extension_cap is None else rule.extension_cap - extended
    kind = "extend" if wanted <= left else "extend_capped"
    return Step(kind, event.on, min(wanted, left), rule.extension_unit, event.reason)


def _extend(rule, run, extended, calendar):
    if rule.extension_unit in ("", run.unit):
        return _count_on(run, run.start, run.length + extended, run.unit, calendar)
    end = _count_on(run, run.start, run.length, run.unit, calendar)
    return _count_on(run, end, extended, rule.extension_unit, calendar)


def _count_on(run, start, length, unit, calendar):
    """Return the *length*-th unit after *start*, paused days left out."""
    if unit == "working_day":
        return _count_workdays(run.pauses, start, length, calendar)
    if unit == "calendar_day":
        end = start + timedelta(days=length)
    else:
        end = add_months(start, length * 12 if unit == "year" else length)
    for pause in run.pauses:
        since = max(pause.since, start + ONE_DAY)
        if since > end:
            break
        if pause.until > since:
            end += pause.until - since
    return end


def _count_workdays(pauses, start, length, calendar):
    end = calendar.workday_after(start, length)
    for pause in pauses:
        since = max(pause.since, start + ONE_DAY)
        if since > end:
            break
        if pause.until > since:
            length += calendar.workdays_between(since - ONE_DAY, pause.until - ONE_DAY)
            end = calendar.workday_after(start, length)
    return end


def _count_back(run, calendar):
    if run.unit == "working_day":
        return calendar.workday_before(run.start, run.length)
    if run.unit == "calendar_day":
        return run.start - timedelta(days=run.length)
    return add_months(run.start, -run.length * (12 if run.unit == "year" else 1))


def _missing_year(run, nominal, legal, calendar):
    """Return the first year without a notice among the days that the calendar was asked for."""
    if run.backward:
        return calendar.missing_year(nominal, run.start - ONE_DAY)
    first = run.start + ONE_DAY if run.unit == "working_day" else nominal
    return calendar.missing_year(first, legal)


def _roll(run, nominal, calendar):
    return nominal, calendar.next_workday(nominal) if run.rolls else nominal


def _stands_still(run, nominal):
    return run.open_pause is not None and run.open_pause.since <= nominal


def _steps(start, run, nominal, legal, extensions, suspended, missing):
    steps = [Step("start", start)]
    steps += [
        Step(turn.kind, turn.on, None, "", turn.reason)
        for turn in run.turns
        if turn.kind != "extend"
    ]
    steps += extensions
    steps.append(Step("count", nominal, run.length, run.unit))
    if legal != nominal:
        steps.append(Step("roll", legal))
    if suspended:
        steps.append(Step("open", suspended))
    if missing is not None:
        steps.append(Step("provisional", legal, missing))
    return tuple(steps)
