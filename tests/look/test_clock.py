"""A clock says how many working days are left, the date, and why that date."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from disputes.look.clock import read_face
from disputes.look.strip import draw_strip, explain
from law.calendar import WorkCalendar

NOTICE = "国办发明电〔2025〕7号"
AUTUMN = {date(2026, 9, day): "off" for day in (25, 26, 27)}
NATIONAL = {date(2026, 10, day): "off" for day in range(1, 8)}
MAKEUP = {date(2026, 9, 20): "makeup", date(2026, 10, 10): "makeup"}
CALENDAR = WorkCalendar({2026: NOTICE}, AUTUMN | NATIONAL | MAKEUP)
TODAY = date(2026, 9, 22)


def deadline(state="running", **changes):
    """A mediation accepted on 11 September: fifteen days end within a holiday."""
    facts = {
        "state": state,
        "started_on": date(2026, 9, 11),
        "due_nominal": date(2026, 9, 26),
        "alarm_on": date(2026, 9, 24),
        "due_legal": date(2026, 9, 28),
        "provisional": False,
        "suspended_on": None,
        "ended_on": None,
    }
    return SimpleNamespace(**(facts | changes))


def on_one_day(day, **changes):
    return deadline(due_nominal=day, alarm_on=day, due_legal=day, **changes)


def face(row, today=TODAY):
    with override("zh-hans"):
        return read_face(row, today, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("row", "kind", "left", "said"),
    [
        (deadline(), "soon", "剩 2 个工作日", "9月24日 周四"),
        (on_one_day(date(2026, 9, 28)), "ok", "剩 3 个工作日", "9月28日 周一"),
        (on_one_day(TODAY), "soon", "今天到期", "9月22日 周二"),
        (on_one_day(date(2026, 9, 17)), "over", "超期 4 个工作日", "9月17日 周四 止"),
        (
            deadline("suspended", suspended_on=date(2026, 9, 16)),
            "stop",
            "已中止",
            "9月16日 周三 起",
        ),
        (deadline("met", ended_on=date(2026, 9, 18)), "done", "按期办结", "9月18日 周五"),
        (deadline("expired"), "stop", "期限届满", "9月28日 周一"),
        (deadline("stopped", ended_on=date(2026, 9, 18)), "done", "不再计算", "9月18日 周五"),
    ],
)
def test_each_state_has_its_words(row, kind, left, said):
    shown = face(row)
    assert (shown.kind, shown.left, shown.date) == (kind, left, said)


def test_a_late_end_says_by_how_many_working_days():
    shown = face(on_one_day(date(2026, 9, 14), state="late", ended_on=date(2026, 9, 17)))
    assert (shown.kind, shown.left) == ("over", "逾期 3 个工作日办结")


def test_a_date_brought_forward_says_why():
    assert "9月26日 周六" in face(deadline()).pulled
    assert face(on_one_day(date(2026, 9, 24))).pulled == ""


def test_between_the_offices_date_and_the_laws_nothing_is_overdue():
    shown = face(deadline(), today=date(2026, 9, 28))
    assert (shown.kind, shown.left, shown.date) == ("soon", "已过办理截止", "法定届满 9月28日 周一")


def test_a_date_in_a_year_without_notice_is_provisional():
    row = on_one_day(date(2027, 7, 30), provisional=True)
    shown = face(row)
    assert (shown.kind, shown.left) == ("unsure", "暂估")
    assert "2027" in shown.provisional


def test_a_provisional_date_that_is_near_still_shows_its_days():
    row = on_one_day(date(2027, 1, 5), provisional=True)
    shown = face(row, today=date(2026, 12, 31))
    assert shown.kind == "soon"
    assert shown.provisional


def test_the_strip_marks_today_both_dates_and_the_days_off():
    with override("zh-hans"):
        strip = draw_strip(deadline(), TODAY, calendar=CALENDAR)
    kinds = {cell.number: cell.kinds for cell in strip.cells}
    assert len(strip.cells) == 18
    assert (kinds["11"], kinds["12"], kinds["22"]) == ("d-zero", "d-past", "d-now")
    assert (kinds["24"], kinds["25"], kinds["28"]) == ("d-due", "d-rest", "d-legal")
    texts = {label.text for label in strip.labels}
    assert texts == {"今天", "办理截止", "法定届满", "9月11日", "第15日"}


def test_labels_of_a_strip_never_lie_over_each_other():
    with override("en"):
        for days in range(1, 40):
            row = on_one_day(date(2026, 9, 11) + timedelta(days=days))
            strip = draw_strip(row, TODAY, calendar=CALENDAR)
            assert len({(label.x, label.y) for label in strip.labels}) == len(strip.labels)


def test_a_long_term_is_drawn_as_a_bar():
    strip = draw_strip(on_one_day(date(2026, 11, 11)), TODAY, calendar=CALENDAR)
    assert strip.cells == []
    assert strip.bars


@pytest.mark.parametrize("state", ["suspended", "met", "late", "expired", "stopped"])
def test_what_does_not_run_has_no_strip(state):
    assert draw_strip(deadline(state), TODAY, calendar=CALENDAR) is None


def test_a_term_counted_backwards_has_no_strip():
    row = on_one_day(date(2026, 9, 24), started_on=date(2026, 10, 9))
    assert draw_strip(row, TODAY, calendar=CALENDAR) is None


def test_the_sentence_says_what_the_strip_shows():
    with override("zh-hans"):
        said = explain(deadline(), TODAY, calendar=CALENDAR)
    assert said == (
        "第 11 天，共 15 天。末日 9月26日 周六 逢休息日，"
        "最迟 9月24日 周四 办结；法定届满 9月28日 周一。"
    )


def test_working_days_are_counted_as_such():
    row = deadline(
        started_on=date(2026, 9, 21),
        due_nominal=date(2026, 9, 24),
        due_legal=date(2026, 9, 24),
        counts_workdays=True,
    )
    with override("zh-hans"):
        assert explain(row, TODAY, calendar=CALENDAR).startswith("第 1 个工作日，共 3 个。")


def test_an_imported_clock_that_nobody_confirmed_is_not_overdue():
    shown = face(on_one_day(date(2025, 9, 16), armed=False))
    assert (shown.kind, shown.left) == ("stop", "待确认")


def test_the_day_that_opens_arbitration_is_no_failure_of_the_office():
    row = on_one_day(date(2026, 9, 17), rule=SimpleNamespace(rule_id="MED_STAT_EXIT", unit="day"))
    seen = face(row)
    assert (seen.kind, seen.left, seen.date) == ("stop", "依法可申请仲裁", "9月17日 周四 止")
