"""Counting deadlines again after a holiday notice: whole, resumable, each change kept."""

import os
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import InternalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from disputes import jobs
from disputes.domain import clocks, recomputing
from disputes.domain.moves import forecast_moves, touching
from disputes.models import Deadline, DeadlineChange, RecomputeRun
from law.calendar import load_calendar
from law.holidays import read_notice
from notices.models import Notice
from tests import factories
from tests.factories import MONDAY

NOTICE = Path(__file__).parents[1] / "data" / "law" / "notice_2027_fictional.txt"
# Counted on from here, fifteen calendar days end on 9 February 2027: in the fictional holiday.
ACCEPTED = date(2027, 1, 25)
# Ten working days: without a notice the Spring Festival is not left out.
RECEIVED = date(2027, 1, 28)


@pytest.fixture
def notice():
    return read_notice(NOTICE.read_text(encoding="utf-8"))


def start(proceeding, rule="MED_CLOSE", on=ACCEPTED, **facts):
    return clocks.start_clock(
        proceeding.case, rule, on=on, at=MONDAY, proceeding=proceeding, **facts
    )


def confirm(notice, by=None):
    run = recomputing.confirm_notice(notice, at=MONDAY, by=by)
    jobs.recompute_deadlines(run.pk)
    return RecomputeRun.objects.get(pk=run.pk)


def test_a_deadline_of_next_year_is_provisional_and_becomes_firm(district_case, notice):
    deadline = start(district_case)
    assert deadline.provisional
    assert deadline.due_legal == date(2027, 2, 9)
    run = confirm(notice)
    deadline.refresh_from_db()
    assert not deadline.provisional
    assert (deadline.due_nominal, deadline.due_legal, deadline.alarm_on) == (
        date(2027, 2, 9),
        date(2027, 2, 12),
        date(2027, 2, 4),
    )
    assert (run.state, run.moved) == (RecomputeRun.State.DONE, 1)
    assert run.firmed >= 1


def test_working_days_are_counted_again(arbitration_case, notice):
    deadline = start(arbitration_case, "ARB_DEFENSE", RECEIVED)
    assert deadline.due_legal == date(2027, 2, 11)
    confirm(notice)
    deadline.refresh_from_db()
    # 29 and 31 January, 1 to 4, 12, 14, 15 and 16 February.
    assert deadline.due_legal == date(2027, 2, 16)


def test_each_change_is_kept_with_its_old_and_its_new_dates(district_case, notice):
    deadline = start(district_case)
    run = confirm(notice)
    change = DeadlineChange.objects.get(deadline=deadline)
    assert change.run == run
    assert (change.old_legal, change.new_legal) == (date(2027, 2, 9), date(2027, 2, 12))
    assert (change.old_alarm, change.new_alarm) == (date(2027, 2, 9), date(2027, 2, 4))
    assert (change.old_provisional, change.new_provisional) == (True, False)
    assert change.moved


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_lets_nobody_rewrite_a_change(district_case, notice, act):
    start(district_case)
    confirm(notice)
    rows = DeadlineChange.objects.all()
    with pytest.raises(InternalError), transaction.atomic():
        rows.update(new_legal=date(2027, 3, 1)) if act == "update" else rows.delete()


def test_a_year_that_only_becomes_firm_is_no_move(district_case, notice):
    """The limitation ends on a working day either way."""
    limitation = start(district_case, "LIMITATION", date(2026, 3, 10))
    run = confirm(notice)
    limitation.refresh_from_db()
    assert not limitation.provisional
    assert run.moved == 0
    assert not DeadlineChange.objects.get(deadline=limitation).moved
    assert not Notice.objects.filter(key__startswith="recount").exists()


def test_what_ended_is_left_alone(district_case, notice):
    deadline = start(district_case)
    clocks.stop_clock(deadline, on=date(2027, 1, 26), at=MONDAY)
    confirm(notice)
    deadline.refresh_from_db()
    assert deadline.due_legal == date(2027, 2, 9)


def test_what_lies_in_other_years_is_not_looked_at(district_case, notice):
    old = start(district_case, "MED_CLOSE", date(2026, 10, 9))
    new = start(district_case, "REVIEW_APPLY", date(2027, 1, 4))
    later = start(district_case, "COURT_CONFIRM", date(2028, 1, 4))
    found = touching(notice.year)
    assert new in found
    assert old not in found
    assert later not in found


def test_a_backward_count_touches_the_year_too(arbitration_case, notice):
    hearing = start(arbitration_case, "ARB_HEARING_NOTICE", date(2027, 2, 17))
    assert hearing.due_legal == date(2027, 2, 10)
    confirm(notice)
    hearing.refresh_from_db()
    assert hearing.due_legal == date(2027, 2, 4)


def test_events_are_counted_in(district_case, notice):
    deadline = start(district_case)
    clocks.suspend_clock(deadline, on=date(2027, 1, 26), at=MONDAY, reason="等待鉴定")
    confirm(notice)
    clocks.resume_clock(Deadline.objects.get(pk=deadline.pk), on=date(2027, 2, 1), at=MONDAY)
    deadline.refresh_from_db()
    assert deadline.due_nominal == date(2027, 2, 15)


def test_a_length_of_its_own_is_counted_again(district_case, notice):
    deadline = start(district_case, "LETTER_REPLY", amount=15)
    confirm(notice)
    deadline.refresh_from_db()
    assert deadline.due_legal == date(2027, 2, 12)


def test_a_forecast_changes_nothing_and_tells_what_comes(district_case, notice):
    deadline = start(district_case)
    start(district_case, "ARB_DEFENSE", RECEIVED)
    forecast = forecast_moves(notice)
    assert forecast.moved_count == 2
    assert forecast.moved[deadline.rule_id, False] == 1
    assert [move.deadline.pk for move in forecast.next][0] == deadline.pk
    deadline.refresh_from_db()
    assert deadline.provisional
    assert not load_calendar().has_notice(2027)
    assert confirm(notice).moved == forecast.moved_count


def test_the_handler_is_told_once(district_case, district_mediator, notice):
    district_case.handler = district_mediator
    district_case.save()
    deadline = start(district_case)
    run = confirm(notice)
    jobs.recompute_deadlines(run.pk)
    told = Notice.objects.get(recipient=district_mediator, key__startswith="recount")
    assert told.facts == {
        "number": district_case.number,
        "due": "2027-02-12",
        "notice": notice.number,
    }
    assert str(deadline.pk) in told.url


def test_without_a_handler_the_head_is_told(district_case, regional_head, notice):
    start(district_case)
    confirm(notice)
    assert Notice.objects.filter(recipient=regional_head, key__startswith="recount").exists()


def test_alarms_ring_again_for_what_moved(district_case, notice):
    deadline = start(district_case)
    Deadline.objects.filter(pk=deadline.pk).update(alarmed_at=MONDAY, overdue_alarmed_at=MONDAY)
    confirm(notice)
    deadline.refresh_from_db()
    assert deadline.alarmed_at is deadline.overdue_alarmed_at is None


def test_a_second_run_changes_nothing(district_case, notice):
    start(district_case)
    confirm(notice)
    before = DeadlineChange.objects.count()
    again = recomputing.request_run(notice.year, notice.number, at=MONDAY)
    jobs.recompute_deadlines(again.pk)
    again.refresh_from_db()
    assert (again.state, again.moved, again.firmed) == (RecomputeRun.State.DONE, 0, 0)
    assert DeadlineChange.objects.count() == before


def test_a_second_look_finds_what_was_counted_by_the_old_calendar(district_case, notice):
    confirm(notice)
    deadline = start(district_case)
    Deadline.objects.filter(pk=deadline.pk).update(
        due_legal=date(2027, 2, 9), alarm_on=date(2027, 2, 9), provisional=True
    )
    (run,) = recomputing.request_second_looks(at=MONDAY + timedelta(days=1))
    jobs.recompute_deadlines(run.pk)
    deadline.refresh_from_db()
    assert (deadline.due_legal, deadline.provisional) == (date(2027, 2, 12), False)
    assert recomputing.request_second_looks(at=MONDAY + timedelta(days=3)) == []


def test_small_batches_give_the_same(district_case, notice):
    for rule in ("MED_CLOSE", "REVIEW_APPLY", "COURT_CONFIRM"):
        start(district_case, rule)
    expected = forecast_moves(notice).moved_count
    run = recomputing.confirm_notice(notice, at=MONDAY)
    while recomputing.count_batch(run.pk, at=MONDAY, size=1):
        pass
    run.refresh_from_db()
    assert (run.state, run.moved) == (RecomputeRun.State.DONE, expected)
    assert run.seen == run.expected


def queries_of_a_batch(run):
    with CaptureQueriesContext(connection) as queries:
        recomputing.count_batch(run.pk, at=MONDAY)
    assert DeadlineChange.objects.filter(run=run).exists()
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_rows(register, regional_head, notice):
    first = factories.make_case(register.guta)
    start(first)
    run = recomputing.confirm_notice(notice, at=MONDAY)
    load_calendar()
    asked = queries_of_a_batch(run)
    for _case in range(3):
        another = factories.make_case(register.guta)
        start(another)
        start(another, "REVIEW_APPLY")
    Deadline.objects.filter(due_legal__year=2027).update(
        due_legal=date(2027, 6, 1), due_nominal=date(2027, 6, 1)
    )
    again = recomputing.request_run(notice.year, notice.number, at=MONDAY)
    # One of them asks who is kept away from these cases.
    assert queries_of_a_batch(again) == asked <= 21


def test_a_fault_is_visible_and_the_run_goes_on_after_it(
    district_case, administrator, notice, monkeypatch
):
    deadline = start(district_case)
    run = recomputing.confirm_notice(notice, at=MONDAY, by=administrator)

    def fail(*args, **kwargs):
        raise RuntimeError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(recomputing, "notify_each", fail)
        with pytest.raises(RuntimeError):
            jobs.recompute_deadlines(run.pk)
    run.refresh_from_db()
    assert (run.state, run.problem) == (RecomputeRun.State.FAILED, "RuntimeError: disk full")
    assert not DeadlineChange.objects.exists()
    assert Notice.objects.filter(recipient=administrator, kind=Notice.Kind.FAULT).exists()
    jobs.recompute_deadlines(run.pk)
    run.refresh_from_db()
    deadline.refresh_from_db()
    assert (run.state, run.problem, deadline.provisional) == (RecomputeRun.State.DONE, "", False)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_comes_last_and_is_not_forgotten(district_case, notice):
    first, second = start(district_case), start(district_case, "REVIEW_APPLY")
    run = recomputing.confirm_notice(notice, at=MONDAY)
    held, free = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Deadline.objects.select_for_update().get(pk=first.pk)
            held.set()
            free.wait(10)
        connections.close_all()

    clerk = threading.Thread(target=hold)
    clerk.start()
    held.wait(10)
    assert recomputing.count_batch(run.pk, at=MONDAY)
    run.refresh_from_db()
    second.refresh_from_db()
    assert (run.held, second.provisional) == ([first.pk], False)
    free.set()
    clerk.join()
    jobs.recompute_deadlines(run.pk)
    first.refresh_from_db()
    assert not first.provisional


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_run_do_it_once(district_case, notice):
    for rule in ("MED_CLOSE", "REVIEW_APPLY", "COURT_CONFIRM", "SUE_15"):
        start(district_case, rule)
    run = recomputing.confirm_notice(notice, at=MONDAY)

    def work():
        while recomputing.count_batch(run.pk, at=MONDAY, size=1):
            pass
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    jobs.resume_recounts()
    run.refresh_from_db()
    assert (run.state, run.seen) == (RecomputeRun.State.DONE, run.expected)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["before commit", "after commit", "between writes"])
def test_a_killed_worker_leaves_nothing_half_done(register, notice, point):
    proceedings = [factories.make_case(register.guta) for _ in range(3)]
    deadlines = [start(proceeding) for proceeding in proceedings]
    run = recomputing.confirm_notice(notice, at=MONDAY)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.disputes.killed_recount", point, str(run.pk)],
        env=os.environ | {"DATABASE_URL": _url(), "DJANGO_SETTINGS_MODULE": "config.test_settings"},
        cwd=settings.BASE_DIR,
        check=False,
    )
    assert killed.returncode == -9
    for deadline in deadlines:
        deadline.refresh_from_db()
        assert deadline.changes.count() == (not deadline.provisional)
    run.refresh_from_db()
    assert run.seen == touching(2027).filter(pk__lte=run.last_pk).count()
    assert run.state != RecomputeRun.State.DONE
    jobs.resume_recounts()
    run.refresh_from_db()
    assert run.state == RecomputeRun.State.DONE
    for deadline in deadlines:
        deadline.refresh_from_db()
        assert (deadline.due_legal, deadline.provisional) == (date(2027, 2, 12), False)
        assert deadline.changes.count() == 1


def _url():
    base = connection.settings_dict
    host = base["OPTIONS"].get("host") or base["HOST"]
    url = f"postgresql://{base['USER']}:{base['PASSWORD']}@/{base['NAME']}?host={host}"
    return f"{url}&port={base['PORT']}" if base["PORT"] else url
