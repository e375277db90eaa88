from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from law import edition
from law.calendar import DayType, WorkCalendar, load_calendar
from law.models import CalendarDay, HolidayNotice
from law.source import packaged_calendar

CALENDAR = packaged_calendar()
DAYS = st.dates(date(2008, 2, 1), date(2026, 11, 30))
ONE_DAY = timedelta(days=1)


def walk(day, step):
    while True:
        day += step
        yield day


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2024, 2, 9), DayType.WORKDAY),
        (date(2025, 1, 28), DayType.STATUTORY),
        (date(2025, 10, 6), DayType.STATUTORY),
        (date(2025, 10, 7), DayType.RESTDAY),
        (date(2026, 2, 14), DayType.WORKDAY),
        (date(2026, 11, 21), DayType.RESTDAY),
        (date(2008, 2, 6), DayType.STATUTORY),
        (date(2014, 1, 30), DayType.WORKDAY),
        (date(2015, 9, 3), DayType.STATUTORY),
    ],
)
def test_a_day_is_what_its_notice_says(day, kind):
    assert CALENDAR.day_type(day) == kind


@given(DAYS, st.integers(1, 300))
def test_the_nth_workday_after_is_that_of_counting_day_by_day(day, number):
    workdays = (d for d in walk(day, ONE_DAY) if CALENDAR.is_workday(d))
    expected = next(d for place, d in enumerate(workdays, 1) if place == number)
    assert CALENDAR.workday_after(day, number) == expected


@given(DAYS, st.integers(1, 300))
def test_the_nth_workday_before_is_that_of_counting_back_day_by_day(day, number):
    workdays = (d for d in walk(day, -ONE_DAY) if CALENDAR.is_workday(d))
    expected = next(d for place, d in enumerate(workdays, 1) if place == number)
    assert CALENDAR.workday_before(day, number) == expected


@given(DAYS, st.integers(0, 400))
def test_workdays_between_counts_the_last_day_and_not_the_first(day, length):
    end = day + timedelta(days=length)
    days = (day + timedelta(days=n) for n in range(1, length + 1))
    assert CALENDAR.workdays_between(day, end) == sum(map(CALENDAR.is_workday, days))
    assert CALENDAR.workdays_between(end, day) == -CALENDAR.workdays_between(day, end)


@given(DAYS)
def test_the_next_and_the_last_workday_enclose_only_days_off(day):
    ahead, behind = CALENDAR.next_workday(day), CALENDAR.last_workday_not_after(day)
    assert CALENDAR.is_workday(ahead)
    assert CALENDAR.is_workday(behind)
    assert behind <= day <= ahead
    if CALENDAR.is_workday(day):
        assert behind == day == ahead
    else:
        assert CALENDAR.workdays_between(behind, ahead) == 1


def test_reasons_name_the_notice(settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        assert CALENDAR.why(date(2026, 9, 20)) == "make-up working day (国办发明电〔2025〕7号)"
        assert CALENDAR.why(date(2026, 10, 1)) == "statutory holiday (国办发明电〔2025〕7号)"
        assert CALENDAR.why(date(2026, 10, 5)) == "day off by notice (国办发明电〔2025〕7号)"
        assert CALENDAR.why(date(2026, 11, 21)) == "weekend"
        assert CALENDAR.why(date(2026, 11, 20)) == "working day"


def test_a_year_without_a_notice_has_its_weekdays_but_new_year():
    assert not CALENDAR.has_notice(2027)
    assert CALENDAR.notice_number(2027) == ""
    assert CALENDAR.day_type(date(2027, 1, 1)) == DayType.STATUTORY
    assert CALENDAR.is_workday(date(2027, 10, 1))
    assert CALENDAR.missing_year(date(2026, 12, 30), date(2027, 1, 7)) == 2027
    assert CALENDAR.missing_year(date(2026, 1, 1), date(2026, 12, 31)) is None


def test_a_notice_can_be_tried_on():
    tried = CALENDAR.with_notice(2027, "试〔2026〕1号", {date(2027, 10, 1): "statutory"})
    assert tried.day_type(date(2027, 10, 1)) == DayType.STATUTORY
    assert tried.notice_number(2027) == "试〔2026〕1号"
    assert tried.day_type(date(2027, 1, 1)) == DayType.WORKDAY
    assert CALENDAR.day_type(date(2027, 10, 1)) == DayType.WORKDAY
    assert tried.day_type(date(2026, 10, 1)) == DayType.STATUTORY


def test_the_database_knows_what_the_files_know(db):
    stored = load_calendar()
    assert stored.years == CALENDAR.years
    day = date(2008, 1, 1)
    while day.year < 2028:
        assert stored.day_type(day) == CALENDAR.day_type(day)
        day += ONE_DAY


def test_the_calendar_is_read_once(db, django_assert_num_queries):
    load_calendar()
    with django_assert_num_queries(0):
        assert load_calendar() is load_calendar()


def test_a_request_asks_once_whether_it_changed(db, django_assert_num_queries):
    first = load_calendar()
    edition.recheck()
    with django_assert_num_queries(1):
        assert load_calendar() is first


def test_a_change_behind_our_back_is_seen_at_the_next_check(db):
    before = load_calendar()
    notice = HolidayNotice.objects.create(
        year=2027, number="〔2026〕1号", entered_at=timezone.now()
    )
    CalendarDay.objects.bulk_create(
        [CalendarDay(date=date(2027, 10, 1), kind="statutory", notice=notice)]
    )
    edition.recheck()
    after = load_calendar()
    assert after.version != before.version
    assert after.day_type(date(2027, 10, 1)) == DayType.STATUTORY


def test_the_calendar_looks_again_after_a_minute(db, monkeypatch):
    load_calendar()
    HolidayNotice.objects.create(year=2027, number="〔2026〕1号")
    assert not load_calendar().has_notice(2027)
    monkeypatch.setattr(edition, "SECONDS_BETWEEN_CHECKS", -1)
    assert load_calendar().has_notice(2027)


def test_an_empty_calendar_still_knows_weekends():
    calendar = WorkCalendar({}, {})
    assert calendar.workday_after(date(2025, 1, 1), 5) == date(2025, 1, 8)
