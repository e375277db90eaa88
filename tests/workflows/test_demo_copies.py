"""A demo of very many cases: copies that are as whole as the cases they were made of."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import AuditEntry
from disputes.domain.search import find_cases
from disputes.models import Case, Party, Proceeding
from tests import factories
from tests.workflows.costs import PEOPLE, addresses, costs_of
from tests.workflows.walks.wholeness import faults
from workflows.alarms import alarm_deadlines
from workflows.demo import multiplying, production
from workflows.demo.accounts import make_accounts
from workflows.demo.production import Production
from workflows.demo.register import need_register
from workflows.demo.stage import Stage
from workflows.demo.tables import links, tables

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 20)
# Plans of open cases, and of ended ones: by agreement, by an award, withdrawn,
# with a recusal, a suspension, a court.
WALKED = (1, 8, 30, 76, 78, 80, 83, 84, 85, 98, 103, 106)
COPIES = range(110, 170)
MORE = range(170, 310)


@pytest.fixture
def demo():
    """Twelve cases that were walked, and sixty copies."""
    run = Production(310, 1, TODAY)
    need_register()
    make_accounts(on=TODAY)
    stage, plans = Stage(on=TODAY), production.make_plans(run)
    for index in sorted(WALKED, key=lambda index: plans[index].filed_at):
        production.play(run, plans, index, stage=stage)
    while alarm_deadlines(at=run.horizon):
        pass
    multiplying.multiply(run, WALKED, COPIES, progress=lambda done, wanted: None)
    return run


def test_copies_are_whole_and_of_their_own(demo, subtests):
    """One demo for all these questions: making it is what takes the time."""
    walked = Case.objects.filter(filing_token__in=[demo.token(index) for index in WALKED])
    copies = Case.objects.exclude(pk__in=walked)

    with subtests.test("as many as were asked for, each with its token"):
        tokens = {demo.token(index) for index in COPIES}
        assert set(copies.values_list("filing_token", flat=True)) == tokens

    with subtests.test("one open tier or an end, lawful clocks, numbers without gaps"):
        assert faults(at=demo.horizon, seal=False) == []

    with subtests.test("every key names a row of the same copy"):
        assert dangling() == []

    with subtests.test("open and ended ones, over two years, none in the future"):
        assert copies.filter(ended_at=None).exists()
        assert copies.filter(ended_at__isnull=False).count() > 40
        assert copies.filter(filed_at__gte=demo.horizon).count() == 0
        years = {timezone.localdate(row.filed_at).year for row in copies}
        assert len(years) >= 2

    with subtests.test("people of their own, found by number, telephone and name"):
        workers = Party.objects.filter(case__in=copies, kind="worker")
        numbers = [worker.id_number for worker in workers]
        assert len(set(numbers)) == len(numbers) == len(COPIES)
        worker = workers[7]
        for words in (worker.id_number, worker.phone, worker.name):
            assert worker.case in find_cases(Case.objects.all(), words)
        again = Party(
            case=worker.case, name=worker.name, id_number=worker.id_number, phone=worker.phone
        ).make_indexes()
        for name in ("name_pairs", "id_index", "phone_index", "phone_tail_index"):
            assert getattr(again, name) == getattr(worker, name)

    with subtests.test("nobody's name is left from the case that was copied"):
        names = set(
            Party.objects.filter(case__in=walked, kind="worker").values_list("name", flat=True)
        )
        for case in copies:
            own = set(case.parties.values_list("name", flat=True))
            for entry in case.timeline.all():
                assert not [name for name in names - own if name in entry.text]

    with subtests.test("the log tells of them, and the next case gets the next key and number"):
        assert AuditEntry.objects.filter(door="demo", reason__startswith="60 demo cases").exists()
        last = Case.objects.order_by("pk").last()
        centre = Proceeding.objects.filter(tier=2).first().office
        following = factories.make_case(centre, at=demo.horizon)
        assert following.case_id > last.pk
        assert faults(at=demo.horizon, seal=False) == []


def test_a_copy_keeps_to_days_on_which_every_deadline_is_as_long(demo):
    templates = multiplying.find_templates(demo, WALKED)
    shifts = {shift for each in templates if not each.is_open for shift in each.shifts}
    assert shifts
    assert all(shift < 0 and shift % 7 == 0 for shift in shifts)
    assert {each.shifts[0] for each in templates if each.is_open} == {0}
    assert min(shifts) >= -timedelta(weeks=multiplying.WEEKS).days


def test_no_page_asks_more_of_a_house_that_holds_three_times_as_much(demo, time_machine, settings):
    settings.DEMO = True
    time_machine.move_to(demo.horizon)
    before = costs_of((name, path) for name in PEOPLE for path in addresses())
    multiplying.multiply(demo, WALKED, MORE, progress=lambda done, wanted: None)
    after = costs_of(before)
    assert len(before) > 200
    assert {key: (before[key], cost) for key, cost in after.items() if cost > before[key]} == {}
    assert after.keys() == before.keys()


def dangling():
    """Return the columns in which a key names no row of the same case."""
    found = []
    with connection.cursor() as cursor:
        for model in tables():
            for column, there in links(model).items():
                cursor.execute(
                    f"SELECT count(*) FROM {model._meta.db_table} a LEFT JOIN"
                    f" {there._meta.db_table} b ON b.{there._meta.pk.column} = a.{column}"
                    f" WHERE a.{column} IS NOT NULL AND b.{there._meta.pk.column} IS NULL"
                )
                if cursor.fetchone() != (0,):
                    found.append(f"{model._meta.label}.{column}")
    return found
