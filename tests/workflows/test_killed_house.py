"""The real thing killed: PostgreSQL, gunicorn and the worker, each by kill -9 at named points."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils import timezone
from django_q.tasks import async_task

from disputes.models import Case, Proceeding
from notices.domain.delivery import deliver_due
from notices.domain.events import fan_out, subscribe
from notices.models import Event, Message
from offices.duties import Role
from tests import factories
from tests.disputes.test_intake_page import written
from tests.factories import MONDAY
from tests.notices.receivers import receiving
from tests.workflows.test_kill_points import ACTS, CLOSING, Point, insert
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import timers
from tests.workflows.walks.deaths import AFTER, AT_COMMIT, BEFORE, COMMITTED, Plug, run_in_child
from tests.workflows.walks.house import FRESH, Server, Web, Worker, stopped_before, wait_for
from tests.workflows.walks.wholeness import faults
from workflows.events import events_seen

CASE = ("INTO disputes_numberseries",)
POINTS = [
    Point("filing", "number drawn, no case yet", AFTER, CASE, Server.kill),
    Point("filing", "not committed", AT_COMMIT, insert("workflows_course"), Server.kill),
    Point("filing", "committed", COMMITTED, insert("workflows_course"), Server.kill, stays=True),
    Point("examining", "committed", COMMITTED, insert("mediation_examination"),
          Server.stop_immediately, stays=True),
    Point("leaving", "one tier closed, no other open", BEFORE, insert("disputes_proceeding"),
          Server.stop_immediately),
    Point("expiring", "in the middle", AFTER, CLOSING, Server.kill),
]  # fmt: skip


# Marked, so that the database of the tests is made, of which the server gets a copy.
@pytest.mark.django_db
def test_points_are_named():
    assert len({(point.act, point.name) for point in POINTS}) == len(POINTS)


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    """A server of our own, in which the cast is at work."""
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DATA_DIR", str(folder))
        server = Server(folder)
        try:
            server.copy_schema()
            server.move_in(FRESH)
            server.scene = settle()
            yield server
        finally:
            server.move_out()
            server.kill()


def settle():
    """Return the register with its people."""
    scene = factories.make_register()
    people = (
        ("district_mediator", "guta", "张敏", scene.guta, Role.MEDIATOR),
        ("regional_head", "gutazr", "宋洁", scene.guta, Role.HEAD),
        ("enterprise_mediator", "qiye", "吴刚", scene.enterprise, Role.MEDIATOR),
        ("enterprise_head", "qiyezr", "马静", scene.enterprise, Role.HEAD),
    )
    for name, username, shown, office, role in people:
        setattr(scene, name, factories.make_user(username, shown, office=office, role=role))
    return scene


@pytest.fixture
def scene(server, tmp_path, settings):
    """A new copy of the house, for one test."""
    settings.MEDIA_ROOT = tmp_path
    server.renew()
    server.scene.tmp_path = tmp_path
    logging.disable(logging.CRITICAL)
    yield server.scene
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point.act}, {point.name}")
def test_the_database_comes_back_with_what_it_acknowledged(server, scene, time_machine, point):
    time_machine.move_to(MONDAY + timedelta(hours=1), tick=True)
    act, is_done = ACTS[point.act][1](scene)
    plug = Plug(point.when, point.words, lambda: point.pull(server))
    _said, pulled = run_in_child(act, plug)
    assert pulled
    server.restart()
    assert is_done() is point.stays
    assert faults(at=MONDAY + timedelta(hours=2), seal=False) == []
    act()
    assert is_done()
    assert faults(at=MONDAY + timedelta(hours=2), seal=False) == []


@pytest.fixture
def web(server, scene, tmp_path):
    web = Web(server, log=tmp_path / "web.log")
    yield web
    web.kill()


def test_a_web_server_that_is_killed_files_a_case_whole_or_not_at_all(server, scene, web):
    clerk, url = scene.district_mediator, reverse("intake")
    answers = []
    with stopped_before(server, "disputes_proceeding") as wait:
        asking = threading.Thread(target=lambda: answers.append(web.post(clerk, url, written())))
        asking.start()
        # The case is written, its tier is not.
        wait()
        web.kill_worker()
        asking.join()
    assert answers == [0]
    assert Case.objects.count() == Proceeding.objects.count() == 0
    assert web.post(clerk, url, written()) == 302
    web.kill_worker()
    # What was acknowledged is there.
    assert Case.objects.count() == Proceeding.objects.count() == 1
    assert faults(at=timezone.now(), seal=False) == []


def test_a_worker_that_is_killed_lets_a_case_expire_whole_or_not_at_all(server, scene, tmp_path):
    proceeding = factories.make_case(
        scene.enterprise, at=timezone.now() - timedelta(days=90), consents={"next_tier": True}
    )
    accept(
        proceeding, mediator=scene.enterprise_mediator, head=scene.enterprise_head,
        at=timezone.now() - timedelta(days=80),
    )  # fmt: skip
    async_task("workflows.jobs.fire_shard", 0, 1)
    with stopped_before(server, "disputes_proceeding") as wait:
        worker = Worker(server, log=tmp_path / "worker.log")
        # The failure is recorded, the tier is still open.
        wait()
        worker.kill()
    proceeding.refresh_from_db()
    assert (proceeding.outcome, timers(proceeding).count()) == ("", 1)
    assert faults(at=timezone.now(), seal=False) == []
    async_task("workflows.jobs.fire_shard", 0, 1)
    worker = Worker(server, log=tmp_path / "worker.log")
    try:
        wait_for(lambda: Proceeding.objects.filter(ordinal=2).exists())
    finally:
        worker.kill()
    assert faults(at=timezone.now(), seal=False) == []


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as receiver:
        yield receiver


def test_events_outlive_the_database_that_dies_while_they_are_delivered(server, scene, receiver):
    subscribe(scene.regional_head, name="驾驶舱", url=receiver.url, types=(), at=MONDAY)
    for _ in range(2):
        case = factories.make_case(scene.guta, by=scene.district_mediator)
        accept(case, mediator=scene.district_mediator, head=scene.regional_head)
    fan_out(events_seen, at=MONDAY)
    deaths = iter([False, True, False, True])

    def die_now_and_then(request):
        # The receiver has the event, the house does not know it yet.
        if next(deaths, False):
            server.kill()
        return 200

    receiver.answer = die_now_and_then
    for _ in range(2):
        with pytest.raises(OperationalError):
            deliver_due(at=MONDAY)
        server.restart()
    deliver_due(at=MONDAY)

    events = [str(event.uid) for event in Event.objects.order_by("pk")]
    came = [body["id"] for body in receiver.bodies]
    # Those two came twice, under their number; each for the first time in its turn.
    assert len(came) == len(events) + 2
    for subject in set(Event.objects.values_list("subject", flat=True)):
        wanted = [
            str(event.uid) for event in Event.objects.order_by("pk") if event.subject == subject
        ]
        firsts = [number for number in dict.fromkeys(came) if number in wanted]
        assert firsts == wanted
    assert not Message.objects.exclude(state=Message.State.SENT).exists()
