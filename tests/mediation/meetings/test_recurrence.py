"""On which dates a series falls, and what holidays do to them."""

from datetime import date

import pytest

from mediation.domain.meetings.recurrence import dates_of, latest_end, place, rule_text, slots_of
from mediation.models import MeetingSeries
from tests.mediation.meetings.acts import rule

pytestmark = pytest.mark.django_db


def series(**facts):
    return MeetingSeries(**rule(**facts))


@pytest.mark.parametrize(
    ("facts", "dates", "text"),
    [
        (
            {"frequency": "weekly", "weekdays": [1, 3], "interval": 2, "nth": None,
             "starts_on": date(2026, 9, 8), "until": date(2026, 9, 25)},
            ["09-08", "09-10", "09-22", "09-24"],
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260925T060000Z;BYDAY=TU,TH",
        ),
        (
            {"frequency": "month_day", "month_day": 15, "weekdays": [], "nth": None,
             "until": date(2026, 11, 20)},
            ["09-15", "10-15", "11-15"],
            "FREQ=MONTHLY;UNTIL=20261120T060000Z;BYMONTHDAY=15",
        ),
        (
            {"frequency": "month_end", "weekdays": [], "nth": None, "until": date(2026, 11, 30)},
            ["09-30", "10-31", "11-30"],
            "FREQ=MONTHLY;UNTIL=20261130T060000Z;BYMONTHDAY=-1",
        ),
        (
            {"frequency": "month_nth", "nth": 2, "weekdays": [2], "until": date(2026, 11, 20)},
            ["09-09", "10-14", "11-11"],
            "FREQ=MONTHLY;UNTIL=20261120T060000Z;BYDAY=2WE",
        ),
        (
            {"frequency": "quarter_first", "nth": 1, "weekdays": [0], "until": date(2027, 4, 30)},
            ["10-05", "01-04", "04-05"],
            "FREQ=MONTHLY;INTERVAL=3;UNTIL=20270430T060000Z;BYDAY=1MO",
        ),
        (
            {"frequency": "quarter_last", "until": date(2027, 4, 1)},
            ["09-25", "12-25", "03-26"],
            "FREQ=MONTHLY;INTERVAL=3;UNTIL=20270401T060000Z;BYDAY=-1FR",
        ),
    ],
)  # fmt: skip
def test_every_rule_that_is_offered_gives_its_dates_and_its_text(facts, dates, text):
    one = series(**facts)
    assert [f"{day:%m-%d}" for day in dates_of(one)] == dates
    assert rule_text(one) == text


# 25 September 2026 is Mid-Autumn Festival, 1 to 7 October National Day, 10 October a make-up day.
@pytest.mark.parametrize(
    ("policy", "on", "state"),
    [
        ("next", date(2026, 9, 28), "moved"),
        ("previous", date(2026, 9, 24), "moved"),
        ("skip", None, "skipped"),
        ("ask", date(2026, 9, 25), "ask"),
    ],
)
def test_a_holiday_moves_the_date_as_the_series_says(policy, on, state):
    slot = place(date(2026, 9, 25), policy)
    assert (slot.on, slot.state) == (on, state)
    assert slot.why


def test_a_make_up_working_day_is_a_working_day():
    assert place(date(2026, 10, 10), "next").state == "kept"


def test_the_national_day_holiday_is_passed_over_whole():
    assert place(date(2026, 10, 1), "next").on == date(2026, 10, 8)
    assert place(date(2026, 10, 5), "previous").on == date(2026, 9, 30)


def test_a_year_without_a_notice_is_asked_about_and_not_guessed():
    states = [slot.state for slot in slots_of(series())]
    assert states == ["moved", "kept", "unknown", "unknown"]


def test_a_way_into_a_year_without_a_notice_is_not_taken():
    assert place(date(2026, 12, 31), "next").state == "kept"
    assert place(date(2026, 12, 27), "next").on == date(2026, 12, 28)


def test_a_series_ends_within_two_years():
    assert latest_end(date(2026, 9, 8)) == date(2028, 9, 8)
    assert latest_end(date(2026, 12, 31)).year == 2028
