from datetime import date

import pytest
from django.utils import translation

from law.deadlines import ClockEvent, compute
from law.explanation import explain
from law.rules import rule_on


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_the_sheet_says_each_turn_and_each_day(db, calendar):
    rule = rule_on("ARB_AWARD", date(2025, 8, 22))
    events = [
        ClockEvent("suspend", date(2025, 9, 1), reason="鉴定"),
        ClockEvent("resume", date(2025, 9, 4)),
        ClockEvent("extend", date(2025, 9, 20), 20, "案情复杂"),
    ]
    sheet = explain(rule, compute(rule, date(2025, 8, 22), calendar, events))
    assert sheet.length == "45 calendar days"
    assert sheet.article.startswith("《中华人民共和国劳动争议调解仲裁法》第四十三条")
    assert [text for _day, text in sheet.lines] == [
        "受理仲裁申请之日; this day is not counted.",
        "The clock stops; from this day on nothing is counted. Reason: 鉴定",
        "The clock goes on; this day is counted again.",
        "Extended by 15 calendar days only: the law allows no more. Reason: 案情复杂",
        "45 calendar days are complete.",
    ]
    assert sheet.counted == 60
    assert sheet.days[9].reason == "suspended: 鉴定"


def test_the_sheet_says_that_the_last_day_rolled(db, calendar):
    rule = rule_on("SUE_15", date(2025, 4, 17))
    sheet = explain(rule, compute(rule, date(2025, 4, 17), calendar))
    assert sheet.lines[-1] == (
        date(2025, 5, 6),
        "The last day is off, so the time limit ends on the next working day.",
    )
    assert sheet.days[-1].reason == "working day; the last day rolls on"


def test_the_sheet_says_that_a_date_is_provisional(db, calendar):
    rule = rule_on("SUE_15", date(2026, 12, 25))
    sheet = explain(rule, compute(rule, date(2026, 12, 25), calendar))
    assert sheet.lines[-1][1] == "Provisional: the holiday notice for 2027 is not known yet."


def test_the_sheet_counts_back_from_a_hearing(db, calendar):
    rule = rule_on("ARB_HEARING_NOTICE", date(2026, 10, 12))
    sheet = explain(rule, compute(rule, date(2026, 10, 12), calendar))
    assert [text for _day, text in sheet.lines] == [
        "开庭之日; this day is not counted.",
        "5 working days before it.",
    ]
    assert sheet.days[0].on == date(2026, 10, 11)
