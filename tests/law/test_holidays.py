from datetime import UTC, date, datetime

import pytest

from law.calendar import DayType, load_calendar
from law.holidays import compare_notice, enter_notice, read_notice, statutory_holidays
from law.models import CalendarDay, HolidayNotice
from law.refusals import WrongInput
from law.source import read_calendar

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOTICE_2026 = """
关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、
周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
2025年11月4日
"""
LINES_2027 = """
2027-01-01 法定
2027-01-02 休
2027-01-03 休
2027-01-04 休
2027-01-09 班
"""


def stored(year):
    _notices, days = read_calendar()
    return {day: kind for day, (kind, of_year) in days.items() if of_year == year}


def test_a_published_notice_is_read():
    notice = read_notice(NOTICE_2026)
    assert (notice.year, notice.number) == (2026, "国办发明电〔2025〕7号")
    assert notice.days == stored(2026)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_statutory_holidays_are_those_of_the_law(year):
    assert statutory_holidays(year) == {d for d, k in stored(year).items() if k == "statutory"}


def test_a_notice_may_come_line_by_line():
    notice = read_notice(LINES_2027, number="试〔2026〕1号")
    assert notice.year == 2027
    assert notice.days[date(2027, 1, 4)] == "off"
    assert notice.days[date(2027, 1, 9)] == "makeup"
    assert notice.days[date(2027, 10, 1)] == "statutory"


def test_a_notice_may_come_as_json():
    text = '{"2027": {"notice": "试〔2026〕1号", "off_days": ["2027-01-04"]}}'
    notice = read_notice(text)
    assert (notice.year, notice.number) == (2027, "试〔2026〕1号")
    assert notice.days[date(2027, 1, 4)] == "off"


def test_a_notice_may_reach_into_the_old_year():
    notice = read_notice(
        "2026年12月31日至2027年1月2日放假。2027年1月9日、10日上班。", year=2027, number="试"
    )
    assert notice.days[date(2026, 12, 31)] == "off"
    assert notice.days[date(2027, 1, 10)] == "makeup"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国办发明电〔2026〕1号",
        "现将2027年元旦放假通知如下",
        "2027-01-04 也许",
        "2027-01-04 班",
        "2027-05-01 班",
        "2027-02-30 休",
        "2026-05-04 休 2027-01-04 休",
        "{}",
        '{"2027": {"off_days": 5}}',
        '{"2027": ',
        "2027年部分节假日:13月1日放假",
    ],
)
def test_what_is_no_notice_is_refused(text):
    with pytest.raises(WrongInput):
        read_notice(text, number="试")


def test_a_notice_without_a_number_is_refused():
    with pytest.raises(WrongInput):
        read_notice(LINES_2027)


def test_a_notice_shows_the_days_that_it_changes(calendar):
    changes = {
        c.on: (c.before, c.after)
        for c in compare_notice(calendar, read_notice(LINES_2027, number="试"))
    }
    assert changes[date(2027, 1, 4)] == (DayType.WORKDAY, DayType.RESTDAY)
    assert changes[date(2027, 1, 9)] == (DayType.RESTDAY, DayType.WORKDAY)
    assert date(2027, 1, 1) not in changes


def test_a_known_notice_changes_nothing(calendar):
    assert compare_notice(calendar, read_notice(NOTICE_2026)) == ()


def test_entering_a_notice_makes_its_year_firm(db):
    assert not load_calendar().has_notice(2027)
    row = enter_notice(read_notice(LINES_2027, number="试〔2026〕1号"), at=AT)
    assert (row.year, row.source, row.entered_at) == (2027, "notice", AT)
    assert load_calendar().notice_number(2027) == "试〔2026〕1号"
    assert load_calendar().day_type(date(2027, 1, 9)) == DayType.WORKDAY


def test_a_corrected_notice_replaces_the_first(db):
    enter_notice(read_notice(LINES_2027, number="试〔2026〕1号"), at=AT)
    enter_notice(read_notice(LINES_2027.replace("01-09", "01-10"), number="试〔2026〕2号"), at=AT)
    assert HolidayNotice.objects.filter(year=2027).count() == 1
    assert load_calendar().day_type(date(2027, 1, 9)) == DayType.RESTDAY
    assert load_calendar().day_type(date(2027, 1, 10)) == DayType.WORKDAY


def test_a_notice_takes_over_days_of_the_old_year(db):
    row = HolidayNotice.objects.get(year=2026)
    CalendarDay.objects.create(date=date(2026, 12, 31), kind="off", notice=row)
    enter_notice(read_notice("2026年12月31日放假。", year=2027, number="试"), at=AT)
    assert CalendarDay.objects.get(date=date(2026, 12, 31)).notice.year == 2027
