"""What leaves the house arrives: the receiver down for a day, a worker killed, a database gone."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings as house
from django.db import connection

from notices.domain.delivery import deliver_due
from notices.domain.events import fan_out, subscribe
from notices.models import Event, Message, Route
from tests import factories
from tests.factories import MONDAY
from tests.notices.receivers import receiving
from tests.workflows.test_mediation_flow import accept
from workflows.events import events_seen

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Careful:
    """A receiver that checks the numbers of events, as one should."""

    def __init__(self, receiver):
        self.receiver = receiver

    @property
    def taken(self):
        """The events by the order in which they came first: (number, subject)."""
        found = {}
        for (_path, _headers, _raw), body in zip(
            self.receiver.requests, self.receiver.bodies, strict=True
        ):
            if body["id"] in self.accepted:
                found.setdefault(body["id"], body["subject"])
        return list(found.items())

    @property
    def accepted(self):
        return self._accepted

    def answer_with(self, status):
        """Answer with *status* from now on and remember what was accepted."""
        self._accepted = getattr(self, "_accepted", set())

        def answer(request):
            code = status(request) if callable(status) else status
            if code == 200:
                self._accepted.add(dict(request[1])["webhook-id"])
            return code

        self.receiver.answer = answer


@pytest.fixture
def careful(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as receiver:
        found = Careful(receiver)
        found.answer_with(200)
        yield found


@pytest.fixture
def followed(careful, register, district_mediator, regional_head):
    """A program that follows every case of the district."""
    return subscribe(regional_head, name="驾驶舱", url=careful.receiver.url, types=(), at=MONDAY)


def work(at):
    """Do what the background does once, at the moment *at*."""
    fan_out(events_seen, at=at)
    return deliver_due(at=at)


def assert_complete(careful):
    """Every event came, none twice for who checks numbers, those of a case in their order."""
    told = careful.taken
    events = list(Event.objects.order_by("pk"))
    assert {number for number, _subject in told} == {str(event.uid) for event in events}
    for subject in {event.subject for event in events}:
        wanted = [str(event.uid) for event in events if event.subject == subject]
        assert [number for number, about in told if about == f"cases/{subject}"] == wanted


def test_a_receiver_that_was_down_for_a_day_misses_nothing(
    careful, followed, register, district_mediator, regional_head
):
    careful.answer_with(503)
    at = MONDAY
    for hour in range(24):
        if hour % 6 == 0:
            case = factories.make_case(register.guta, by=district_mediator, at=at)
        if hour % 6 == 3:
            accept(case, mediator=district_mediator, head=regional_head, at=at)
        for quarter in range(4):
            work(at + quarter * 15 * MINUTE)
        at += HOUR
    assert careful.taken == []
    assert Message.objects.filter(state="waiting").count() == Event.objects.count() > 12
    # One message at a time knocked, ever more rarely.
    assert len(careful.receiver.requests) < 24
    assert Route.objects.get().down_since == MONDAY

    careful.answer_with(200)
    for quarter in range(5 * 4):
        work(at + quarter * 15 * MINUTE)

    assert_complete(careful)
    assert not Message.objects.exclude(state="sent").exists()
    assert not Route.objects.exists()


def test_a_receiver_that_fails_now_and_then_misses_nothing_and_keeps_the_order(
    careful, followed, register, district_mediator, regional_head
):
    asked = iter(range(10**6))
    careful.answer_with(lambda request: (200, 500, 200, 503, 200)[next(asked) % 5])
    for _ in range(3):
        case = factories.make_case(register.guta, by=district_mediator)
        accept(case, mediator=district_mediator, head=regional_head)
    at = MONDAY
    while Message.objects.filter(state="waiting").exists() or at == MONDAY:
        work(at)
        at += 5 * MINUTE
        assert at < MONDAY + 70 * HOUR
    assert_complete(careful)


@pytest.mark.parametrize(("point", "number"), [("before sending", 0), ("before commit", 1)])
def test_a_worker_that_is_killed_leaves_the_message_to_the_next(
    careful, followed, register, district_mediator, point, number
):
    factories.make_case(register.guta, by=district_mediator)
    fan_out(events_seen, at=MONDAY)
    assert kill(point) == -signal.SIGKILL
    assert len(careful.receiver.requests) == number

    work(MONDAY)

    assert_complete(careful)
    assert len(careful.receiver.requests) == Event.objects.count() + number


def kill(point):
    """Have a worker killed at *point*; return how it ended."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
        "DATABASE_URL": _url(),
        "PYTHONPATH": str(house.BASE_DIR),
    }
    program = [sys.executable, "-m", "tests.notices.killed_worker", point, MONDAY.isoformat()]
    done = subprocess.run(program, env=environment, cwd=house.BASE_DIR, check=False, timeout=120)
    return done.returncode


def _url():
    facts = connection.settings_dict
    host = facts["HOST"] or facts["OPTIONS"].get("host", "")
    return f"postgresql://{facts['USER']}:{facts['PASSWORD']}@/{facts['NAME']}?host={host}"


def test_a_database_that_goes_away_in_the_middle_loses_nothing(
    careful, followed, register, district_mediator
):
    factories.make_case(register.guta, by=district_mediator)
    fan_out(events_seen, at=MONDAY)
    victim = connection.connection.info.backend_pid

    def cut_off(request):
        """Let the house lose its database after the event has arrived, before that is known."""
        with psycopg2.connect(_url()) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [victim])
        return 200

    careful.answer_with(cut_off)
    with pytest.raises(Exception, match="terminat|closed|connection"):
        work(MONDAY)
    connection.close()
    careful.answer_with(200)

    work(MONDAY)

    assert_complete(careful)
    assert len(careful.receiver.requests) == Event.objects.count() + 1
