"""Traps of several people at once."""

import threading

import pytest
from django.db import InternalError, connections, transaction
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process, Task

from tests.workflows.engines.engine import trap

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
@trap()
def test_two_who_complete_one_step_at_once_open_one_next_step(engine, register, district_mediator):
    process = engine.start(register.guta)
    task = engine.step(process)
    with task.activation() as activation:
        activation.assign(district_mediator)
    inside, answers = threading.Event(), []

    def complete(wait):
        try:
            mine = Task.objects.get(pk=task.pk)
            with mine.activation() as activation:
                inside.set()
                # So long that the other one has read the step too, if it may.
                wait(0.4)
                activation.start(None)
                activation.execute()
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    first = threading.Thread(target=complete, args=[threading.Event().wait])
    second = threading.Thread(target=complete, args=[lambda seconds: None])
    first.start()
    inside.wait(5)
    second.start()
    first.join()
    second.join()
    assert engine.steps(process, "decide").count() == 1


@pytest.mark.django_db(transaction=True)
@trap(InternalError)
def test_a_case_that_is_locked_leaves_the_outer_transaction_good(engine, register):
    process = engine.start(register.guta)
    with Held(process), transaction.atomic():
        with pytest.raises(FlowLockFailed), engine.impatient_lock()(engine.flow, process.pk):
            pass
        assert Process.objects.filter(pk=process.pk).exists()


@pytest.mark.django_db(transaction=True)
@trap(FlowLockFailed)
def test_the_second_of_two_waits_a_moment_and_goes_on(engine, register):
    process = engine.start(register.guta)
    lock = engine.impatient_lock(attempts=1) if engine.name == "stock" else engine.flow.lock_impl
    with Held(process, seconds=0.3), lock(engine.flow, process.pk):
        assert Process.objects.filter(pk=process.pk).exists()


class Held:
    """Let somebody else hold the lock of *process*, for *seconds* or until the end."""

    def __init__(self, process, seconds=None):
        self.process, self.seconds = process, seconds
        self.has, self.over = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._hold)

    def __enter__(self):
        self.thread.start()
        self.has.wait(5)

    def __exit__(self, *error):
        self.over.set()
        self.thread.join()

    def _hold(self):
        with transaction.atomic():
            list(Process.objects.select_for_update().filter(pk=self.process.pk))
            self.has.set()
            self.over.wait(self.seconds or 10)
        connections.close_all()
