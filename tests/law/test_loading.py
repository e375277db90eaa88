from datetime import date

from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from law.loading import load_law, load_when_empty
from law.models import CalendarDay, DeadlineRule, HolidayNotice


def test_loading_again_changes_nothing(db):
    assert load_law() == []


def test_the_command_prints_what_it_changed(db, capsys):
    DeadlineRule.objects.filter(rule_id="MED_CLOSE").update(article="")
    HolidayNotice.objects.filter(year=2026).delete()
    call_command("load_law")
    assert capsys.readouterr().out.splitlines() == [
        "added holiday notice 2026",
        "changed deadlinerule MED_CLOSE 2012-01-01",
        "2 changes",
    ]
    call_command("load_law")
    assert capsys.readouterr().out.splitlines() == ["0 changes"]


def test_every_year_names_its_source(db):
    sources = dict(HolidayNotice.objects.values_list("year", "source"))
    assert sources == {
        **dict.fromkeys(range(2008, 2024), "package"),
        **dict.fromkeys((2024, 2025, 2026), "notice"),
    }
    assert HolidayNotice.objects.get(year=2026).number == "国办发明电〔2025〕7号"


def test_a_notice_that_a_person_entered_stays(db):
    HolidayNotice.objects.filter(year=2026).update(number="更正", entered_at=timezone.now())
    CalendarDay.objects.filter(date=date(2026, 10, 10)).delete()
    assert load_law() == []
    assert HolidayNotice.objects.get(year=2026).number == "更正"


def test_a_notice_in_place_of_the_package_stays(db):
    HolidayNotice.objects.filter(year=2023).update(number="通知", source="notice")
    assert load_law() == []


def test_a_day_that_a_later_notice_took_over_stays_with_it(db):
    later = HolidayNotice.objects.create(year=2027, number="〔2026〕1号", entered_at=timezone.now())
    CalendarDay.objects.filter(date=date(2026, 10, 10)).update(notice=later, kind="off")
    assert load_law() == []


def test_a_rule_that_a_newer_one_ended_stays_ended(db):
    rule = DeadlineRule.objects.get(rule_id="MED_CLOSE")
    rule.in_force = DateRange(rule.in_force.lower, date(2027, 1, 1))
    rule.save()
    assert load_law() == []


def test_a_migrated_database_has_its_law_and_keeps_it(db):
    HolidayNotice.objects.all().delete()
    load_when_empty()
    assert HolidayNotice.objects.count() == 19
    HolidayNotice.objects.filter(year=2026).delete()
    load_when_empty()
    assert HolidayNotice.objects.count() == 18
