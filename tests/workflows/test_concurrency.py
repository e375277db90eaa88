"""Several people, several workers, and workers that die: nothing twice, nothing half."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client

from disputes.models import Case, Outcome, Proceeding
from mediation.domain import acceptance
from tests import factories
from tests.factories import MONDAY
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import open_titles, task_of, timers
from workflows.courses import Busy, complete_step
from workflows.timers import due_timers, fire_due

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*functions):
    """Run *functions* in threads that start together; return their results or exceptions."""
    barrier, answers = threading.Barrier(len(functions)), [None] * len(functions)

    def run(index, function):
        try:
            barrier.wait()
            answers[index] = function()
        except Exception as error:
            answers[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def going_on(register, enterprise_mediator, enterprise_head):
    proceeding = factories.make_case(register.enterprise, consents={"next_tier": True})
    accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    return proceeding


def test_two_people_who_complete_the_same_step_at_once_complete_it_once(
    district_case, district_mediator, regional_head
):
    task = task_of(district_case, "examine")

    def examine(user):
        facts = {"in_scope": True, "complete": True, "by": user, "at": MONDAY}
        return lambda: complete_step(
            type(task).objects.get(pk=task.pk), acceptance.examine, **facts
        )

    answers = all_at_once(examine(district_mediator), examine(regional_head))
    assert sorted(type(answer).__name__ for answer in answers) == ["Examination", "StepTaken"]
    assert district_case.examinations.count() == 1
    assert open_titles(district_case) == ["consult"]


def test_the_second_of_two_browsers_reads_who_was_faster(
    district_case, district_mediator, regional_head
):
    task = task_of(district_case, "examine")
    answer = {"in_scope": "yes", "complete": "yes"}
    browsers = []
    for user in (district_mediator, regional_head):
        browser = Client()
        browser.force_login(user)
        browsers.append(browser)
    answers = all_at_once(
        *(lambda each=each: each.post(f"/steps/{task.pk}/", answer) for each in browsers)
    )
    assert sorted(each.status_code for each in answers) == [302, 409]
    (second,) = [each for each in answers if each.status_code == 409]
    assert "没有保存" in second.content.decode()


def test_fifty_filings_at_once_give_fifty_numbers_without_a_gap(register, district_mediator):
    def file_one():
        return factories.make_case(register.guta, by=district_mediator)

    answers = all_at_once(*[file_one] * 50)
    assert [each for each in answers if isinstance(each, Exception)] == []
    numbers = sorted(Proceeding.objects.values_list("number", flat=True))
    assert numbers == sorted(f"古塔调〔2026〕第{serial}号" for serial in range(1, 51))
    matters = sorted(Case.objects.values_list("matter_number", flat=True))
    assert matters == [f"2026-锦-{serial:06d}" for serial in range(1, 51)]


def test_two_dispatchers_at_once_fire_each_clock_once(
    register, enterprise_mediator, enterprise_head
):
    proceedings = []
    for _ in range(4):
        proceeding = factories.make_case(register.enterprise, consents={"next_tier": True})
        accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
        proceedings.append(proceeding)
    at = timers(proceedings[0]).get().scheduled
    answers = all_at_once(lambda: fire_due(at=at), lambda: fire_due(at=at))
    assert sum(answers) == 4
    assert Proceeding.objects.filter(ordinal=2).count() == 4


def test_every_due_clock_is_in_exactly_one_shard(register, enterprise_mediator, enterprise_head):
    for _ in range(4):
        proceeding = factories.make_case(register.enterprise)
        accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    at = MONDAY + timedelta(days=60)
    shards = [
        set(due_timers(at=at, shard=n, shards=3).values_list("pk", flat=True)) for n in (0, 1, 2)
    ]
    assert sum(len(shard) for shard in shards) == len(set.union(*shards)) == 4


def test_a_case_held_by_somebody_else_says_so_and_spoils_nothing(district_case, district_mediator):
    task = task_of(district_case, "examine")
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            process = type(district_case.course.process).objects
            list(process.select_for_update().filter(pk=district_case.course.process_id))
            held.set()
            done.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with transaction.atomic():
            with pytest.raises(Busy):
                complete_step(
                    task, acceptance.examine, in_scope=True, complete=True,
                    by=district_mediator, at=MONDAY,
                )  # fmt: skip
            # The outer transaction is still good.
            assert Case.objects.count() == 1
    finally:
        done.set()
        holder.join()


@pytest.mark.parametrize("point", ["between verbs", "before commit", "after commit"])
def test_a_worker_killed_while_a_clock_fires_leaves_nothing_half_and_nothing_twice(going_on, point):
    at = timers(going_on).get().scheduled
    killed = run_killed_worker(point, at)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    going_on.refresh_from_db()
    if point == "after commit":
        assert going_on.outcome == Outcome.EXPIRED
    else:
        assert (going_on.outcome, open_titles(going_on)) == ("", ["mediate"])
        assert fire_due(at=at) == 1
    assert fire_due(at=at) == 0
    following = Proceeding.objects.get(case=going_on.case, ordinal=2)
    assert open_titles(following) == ["examine"]


def run_killed_worker(point, at):
    base = connection.settings_dict
    host = base["OPTIONS"].get("host") or base["HOST"]
    url = f"postgresql://{base['USER']}:{base['PASSWORD']}@/{base['NAME']}?host={host}"
    if base["PORT"]:
        url += f"&port={base['PORT']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
        "DATABASE_URL": url,
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.workflows.killed_worker", point, at.isoformat()],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
