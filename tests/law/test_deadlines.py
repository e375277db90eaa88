from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from law.deadlines import ClockEvent, add_months, compute, expiry_moment
from law.refusals import AmountMissing


def test_the_start_is_not_counted(calendar, rule):
    due = compute(rule(3, "working_day"), date(2025, 9, 24), calendar)
    assert [day.on for day in due.days if day.counted] == [
        date(2025, 9, 25),
        date(2025, 9, 26),
        date(2025, 9, 28),
    ]
    assert due.legal == date(2025, 9, 28)


def test_a_last_day_off_rolls_and_the_alarm_comes_before(calendar, rule):
    due = compute(rule(45, "calendar_day"), date(2025, 8, 22), calendar)
    assert (due.nominal, due.legal) == (date(2025, 10, 6), date(2025, 10, 9))
    assert due.alarm == date(2025, 9, 30)


def test_a_make_up_working_day_does_not_roll(calendar, rule):
    due = compute(rule(15, "calendar_day"), date(2026, 9, 5), calendar)
    assert due.nominal == due.legal == due.alarm == date(2026, 9, 20)


def test_a_rule_that_does_not_roll_ends_on_its_nominal_day(calendar, rule):
    due = compute(rule(45, "calendar_day", rolls=False), date(2025, 8, 22), calendar)
    assert due.legal == date(2025, 10, 6)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2025, 5, 31), -3, date(2025, 2, 28)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start, months, end):
    assert add_months(start, months) == end


def test_years_count_over_a_leap_day(calendar, rule):
    due = compute(rule(2, "year"), date(2024, 2, 29), calendar)
    assert due.nominal == date(2026, 2, 28)
    # A Saturday that is worked.
    assert due.legal == date(2026, 2, 28)


def test_a_backward_rule_counts_the_days_before(calendar, rule):
    due = compute(rule(5, "working_day", direction="backward"), date(2026, 10, 12), calendar)
    assert due.nominal == due.legal == due.alarm == date(2026, 9, 29)
    assert [day.on.day for day in due.days if day.counted] == [10, 9, 8, 30, 29]


def test_backward_calendar_days_never_roll_forward(calendar, rule):
    due = compute(rule(30, "calendar_day", direction="backward"), date(2025, 11, 3), calendar)
    assert due.nominal == due.legal == date(2025, 10, 4)
    assert due.alarm == date(2025, 9, 30)


def test_an_amount_handed_in_replaces_that_of_the_rule(calendar, rule):
    due = compute(rule(None, "calendar_day"), date(2025, 3, 3), calendar, amount=10)
    assert due.nominal == date(2025, 3, 13)


def test_without_any_amount_there_is_no_answer(calendar, rule):
    with pytest.raises(AmountMissing, match="期限"):
        compute(rule(None, "calendar_day"), date(2025, 3, 3), calendar)


def suspended(since, until):
    return [ClockEvent("suspend", since, reason="中止审理"), ClockEvent("resume", until)]


def test_suspended_days_do_not_count(calendar, rule):
    events = suspended(date(2025, 3, 10), date(2025, 3, 20))
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.nominal == date(2025, 4, 27)
    assert sum(day.counted for day in due.days) == 45
    assert {day.on for day in due.days if "中止审理" in day.reason} == {
        date(2025, 3, day) for day in range(10, 20)
    }


def test_suspended_working_days_are_made_up_by_working_days(calendar, rule):
    events = suspended(date(2025, 9, 26), date(2025, 10, 9))
    due = compute(rule(5, "working_day"), date(2025, 9, 24), calendar, events)
    counted = [day.on for day in due.days if day.counted]
    assert counted == [date(2025, 9, 25)] + [date(2025, 10, day) for day in (9, 10, 11, 13)]


def test_a_suspension_after_the_end_changes_nothing(calendar, rule):
    events = suspended(date(2025, 5, 1), date(2025, 6, 1))
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.nominal == date(2025, 4, 17)


def test_suspending_twice_is_suspending_once(calendar, rule):
    events = [
        ClockEvent("suspend", date(2025, 3, 12)),
        *suspended(date(2025, 3, 10), date(2025, 3, 20)),
    ]
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.nominal == date(2025, 4, 27)


def test_while_suspended_the_date_is_the_earliest_possible(calendar, rule):
    events = [ClockEvent("suspend", date(2025, 3, 10))]
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.suspended_since == date(2025, 3, 10)
    assert due.nominal == date(2025, 4, 17)
    assert [step.kind for step in due.steps][-1] == "open"


def test_a_restart_counts_anew_after_its_day(calendar, rule):
    events = [
        *suspended(date(2025, 3, 10), date(2025, 3, 20)),
        ClockEvent("restart", date(2025, 3, 28)),
    ]
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.nominal == date(2025, 5, 12)


def test_a_restart_ends_a_suspension(calendar, rule):
    events = [ClockEvent("suspend", date(2025, 3, 10)), ClockEvent("restart", date(2025, 3, 28))]
    due = compute(rule(45, "calendar_day"), date(2025, 3, 3), calendar, events)
    assert due.suspended_since is None
    assert due.nominal == date(2025, 5, 12)


@pytest.fixture
def award(rule):
    return rule(
        45, "calendar_day", extension_amount=15, extension_unit="calendar_day", extension_cap=15
    )


def test_an_extension_is_counted_from_the_nominal_end(award, calendar):
    due = compute(award, date(2025, 8, 22), calendar, [ClockEvent("extend", date(2025, 9, 30))])
    assert due.nominal == date(2025, 10, 21)
    assert due.extended == 15


def test_an_extension_is_capped(award, calendar):
    events = [
        ClockEvent("extend", date(2025, 9, 1), 10),
        ClockEvent("extend", date(2025, 9, 2), 10),
    ]
    due = compute(award, date(2025, 8, 22), calendar, events)
    assert due.nominal == date(2025, 10, 21)
    assert [(s.kind, s.amount) for s in due.steps if s.kind.startswith("extend")] == [
        ("extend", 10),
        ("extend_capped", 5),
    ]


def test_an_extension_on_the_last_legal_day_counts_and_one_after_it_does_not(award, calendar):
    on_time = compute(award, date(2025, 8, 22), calendar, [ClockEvent("extend", date(2025, 10, 9))])
    late = compute(award, date(2025, 8, 22), calendar, [ClockEvent("extend", date(2025, 10, 10))])
    assert on_time.nominal == date(2025, 10, 21)
    assert late.nominal == date(2025, 10, 6)
    assert "extend_late" in [step.kind for step in late.steps]


def test_an_extension_in_another_unit_follows_the_first_end(calendar, rule):
    extendable = rule(1, "month", extension_amount=10, extension_unit="working_day")
    due = compute(extendable, date(2025, 3, 3), calendar, [ClockEvent("extend", date(2025, 3, 4))])
    assert due.nominal == calendar.workday_after(date(2025, 4, 3), 10)


def test_an_extension_before_a_restart_is_gone(award, calendar):
    events = [ClockEvent("extend", date(2025, 9, 1)), ClockEvent("restart", date(2025, 9, 5))]
    due = compute(award, date(2025, 8, 22), calendar, events)
    assert due.nominal == date(2025, 10, 20)
    assert due.extended == 0


def test_a_stop_changes_no_date(award, calendar):
    due = compute(award, date(2025, 8, 22), calendar, [ClockEvent("stop", date(2025, 9, 1))])
    assert due.nominal == date(2025, 10, 6)


def test_an_unknown_kind_of_event_is_refused():
    with pytest.raises(ValueError, match="pause"):
        ClockEvent("pause", date(2025, 1, 1))


def test_a_deadline_in_a_year_without_a_notice_is_provisional(calendar, rule):
    due = compute(rule(5, "working_day"), date(2026, 12, 30), calendar)
    assert due.provisional
    assert due.missing_year == 2027
    assert due.legal == date(2027, 1, 7)


def test_it_becomes_firm_when_the_notice_is_entered(calendar, rule):
    days = {date(2027, 1, day): "off" for day in (1, 2, 3, 4)}
    firm = calendar.with_notice(2027, "〔2026〕1号", days)
    due = compute(rule(5, "working_day"), date(2026, 12, 30), firm)
    assert not due.provisional
    assert due.legal == date(2027, 1, 8)


def test_a_last_day_that_rolls_into_an_unknown_year_is_provisional(calendar, rule):
    moved = calendar.with_notice(2026, "试", {date(2026, 12, 31): "off"})
    due = compute(rule(1, "calendar_day"), date(2026, 12, 30), moved)
    assert due.provisional
    assert due.legal == date(2027, 1, 4)


def test_calendar_days_within_known_years_are_firm(calendar, rule):
    due = compute(rule(15, "calendar_day"), date(2026, 12, 10), calendar)
    assert not due.provisional


def test_expiry_is_the_first_moment_of_the_next_day_in_shanghai(calendar, rule):
    due = compute(rule(15, "calendar_day"), date(2025, 4, 17), calendar)
    assert due.legal == date(2025, 5, 6)
    assert expiry_moment(due) == datetime(2025, 5, 7, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert timezone.is_aware(expiry_moment(due))
