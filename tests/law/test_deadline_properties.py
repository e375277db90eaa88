"""What must hold of every time limit, whatever its figures."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import ClockEvent, compute
from law.source import packaged_calendar
from tests.law.conftest import PlainRule

CALENDAR = packaged_calendar()
ONE_DAY = timedelta(days=1)
STARTS = st.dates(date(2008, 1, 1), date(2025, 6, 30))
UNITS = st.sampled_from([("working_day", 60), ("calendar_day", 90), ("month", 6), ("year", 1)])


@st.composite
def rules(draw):
    unit, most = draw(UNITS)
    return PlainRule(draw(st.integers(1, most)), unit)


@st.composite
def pauses(draw, start):
    """Draw separate suspensions as (first day, day of resuming), after *start*."""
    found, day = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = day + timedelta(days=draw(st.integers(0, 40)))
        until = since + timedelta(days=draw(st.integers(0, 30)))
        found.append((since, until))
        day = until + ONE_DAY
    return found


def events(found):
    return [
        event
        for since, until in found
        for event in (ClockEvent("suspend", since), ClockEvent("resume", until))
    ]


def corresponding(start, months):
    """Find the corresponding day by walking month by month."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def count_day_by_day(rule, start, found):
    """An independent count: walk the days and tick off those that the law counts."""
    left = rule.amount
    if rule.unit in ("month", "year"):
        months = rule.amount * (12 if rule.unit == "year" else 1)
        left = (corresponding(start, months) - start).days
    day = start
    while left:
        day += ONE_DAY
        paused = any(since <= day < until for since, until in found)
        if not paused and (rule.unit != "working_day" or CALENDAR.is_workday(day)):
            left -= 1
    legal = day
    while not CALENDAR.is_workday(legal):
        legal += ONE_DAY
    return day, legal


@given(rules(), STARTS, st.data())
def test_counting_is_the_same_as_walking_day_by_day(rule, start, data):
    found = data.draw(pauses(start))
    due = compute(rule, start, CALENDAR, events(found))
    assert (due.nominal, due.legal) == count_day_by_day(rule, start, found)


@given(rules(), STARTS, st.data())
def test_the_listed_days_are_those_that_were_counted(rule, start, data):
    found = data.draw(pauses(start))
    due = compute(rule, start, CALENDAR, events(found))
    days = due.days
    assert [day.on for day in days] == [
        start + timedelta(days=n) for n in range(1, (due.legal - start).days + 1)
    ]
    counted = [day for day in days if day.counted]
    assert [day.number for day in counted] == list(range(1, len(counted) + 1))
    assert counted[-1].on == due.nominal
    if rule.unit in ("working_day", "calendar_day"):
        assert len(counted) == rule.amount


@given(rules(), STARTS, st.data())
def test_more_excluded_days_never_end_a_time_limit_earlier(rule, start, data):
    found = data.draw(pauses(start))
    fewer = data.draw(st.sampled_from([found[:n] for n in range(len(found) + 1)]))
    shorter = [(since, data.draw(st.dates(since, until))) for since, until in fewer]
    most = compute(rule, start, CALENDAR, events(found))
    some = compute(rule, start, CALENDAR, events(shorter))
    assert some.nominal <= most.nominal
    assert some.legal <= most.legal


@given(rules(), STARTS, st.data())
def test_suspending_and_resuming_on_one_day_changes_nothing(rule, start, data):
    day = data.draw(st.dates(start - timedelta(days=10), start + timedelta(days=400)))
    twice = [ClockEvent("suspend", day), ClockEvent("resume", day)]
    assert compute(rule, start, CALENDAR, twice).legal == compute(rule, start, CALENDAR).legal


@given(rules(), STARTS, st.data())
def test_the_order_of_the_log_does_not_matter(rule, start, data):
    found = [pause for pause in data.draw(pauses(start)) if pause[0] < pause[1]]
    log = data.draw(st.permutations(events(found)))
    assert compute(rule, start, CALENDAR, log) == compute(rule, start, CALENDAR, events(found))


@given(rules(), STARTS, st.integers(1, 30))
def test_a_longer_limit_never_ends_earlier(rule, start, more):
    longer = PlainRule(rule.amount + more, rule.unit)
    assert compute(rule, start, CALENDAR).legal <= compute(longer, start, CALENDAR).legal


@given(rules(), STARTS)
def test_the_ends_stand_in_order_on_working_days(rule, start):
    due = compute(rule, start, CALENDAR)
    assert due.alarm <= due.nominal <= due.legal
    assert CALENDAR.is_workday(due.alarm)
    assert CALENDAR.is_workday(due.legal)
    assert CALENDAR.workdays_between(due.alarm, due.legal) <= 1


@given(STARTS, st.integers(1, 30))
def test_counting_back_and_forth_meets(start, amount):
    backward = PlainRule(amount, "working_day", direction="backward")
    notice = compute(backward, CALENDAR.next_workday(start), CALENDAR).legal
    assert CALENDAR.workday_after(notice, amount) == CALENDAR.next_workday(start)


@given(st.dates(date(2008, 1, 1), date(2024, 12, 31)))
def test_a_year_ends_on_the_same_day_or_on_the_last_of_february(start):
    due = compute(PlainRule(1, "year"), start, CALENDAR)
    if (start.month, start.day) == (2, 29):
        assert (due.nominal.month, due.nominal.day) == (2, 28)
    else:
        assert due.nominal == start.replace(year=start.year + 1)
