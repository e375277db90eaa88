"""Traps of the clocks on steps, of leaving a course and of the engine's news."""

import pytest
from django.urls import reverse
from viewflow.workflow.models import Process
from viewflow.workflow.signals import flow_finished, task_finished, task_started

from disputes import signals
from tests.factories import MONDAY
from tests.workflows.engines import flows
from tests.workflows.engines.engine import trap
from tests.workflows.walking import task_of
from workflows.courses import leave_for_arbitration, withdraw

pytestmark = pytest.mark.django_db


@trap()
def test_the_clock_of_a_cancelled_step_does_not_fire(engine, process, due):
    with engine.step(process).activation() as activation:
        activation.cancel()
    due()
    engine.fire()
    assert not engine.steps(process, "escalate").exists()


@trap()
def test_a_step_opened_again_has_one_clock_and_the_old_one_is_gone(engine, process):
    engine.go_back(process)
    (clock,) = engine.clocks(process)
    assert list(clock.previous.all()) == [engine.step(process)]


@trap()
def test_an_open_step_without_its_clock_is_complained_about(engine, process):
    # As when a deadline is given to a step of which some are open.
    engine.clocks(process).delete()
    assert engine.complaints()


@trap(ValueError)
def test_a_clock_may_stand_still(engine, register, due):
    process = engine.start(register.guta, still=True)
    due()
    engine.fire()
    assert engine.step(process) is not None


@trap()
def test_what_fails_behind_a_clock_is_taken_back_whole(engine, register, due):
    process = engine.start(register.guta, breaks=True)
    due()
    engine.fire()
    assert engine.step(process) is not None
    assert engine.clocks(process).exists()


@trap()
def test_what_fails_before_the_next_step_is_there_is_known_to_somebody(engine, register, due):
    process = engine.start(register.guta)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.flow.escalate, "_create", _fail)
        due()
        engine.fire()
    assert engine.clocks(process).exists()
    assert engine.failures()


def _fail(*args, **kwargs):
    raise LookupError("nobody of that name")


@trap()
def test_no_local_variable_of_a_failure_lands_in_the_database(engine, register, due):
    process = engine.start(register.guta, breaks=True)
    due()
    engine.fire()
    written = list(process.task_set.values_list("data", flat=True))
    assert flows.NUMBER not in str(written)


@trap()
def test_leaving_is_an_end_that_the_engine_tells_of(engine, process):
    ended = []

    def note(sender, **kwargs):
        ended.append(kwargs["process"].pk)

    flow_finished.connect(note)
    try:
        engine.leave(process)
    finally:
        flow_finished.disconnect(note)
    process.refresh_from_db()
    assert (ended, process.status) == ([process.pk], "DONE")


@trap()
@pytest.mark.parametrize("is_open", [True, False])
def test_leaving_does_not_undo_what_somebody_else_wrote_meanwhile(engine, process, is_open):
    if not is_open:
        with engine.step(process).activation() as activation:
            activation.cancel()
    stale = type(process).objects.get(pk=process.pk)
    Process.objects.filter(pk=process.pk).update(data={"written": "meanwhile"})
    engine.leave(stale)
    assert Process.objects.get(pk=process.pk).data == {"written": "meanwhile"}


@trap()
def test_an_end_is_told_once(engine, process, district_case, district_mediator):
    told = []

    def note(sender, **kwargs):
        told.append(sender)

    if engine.name == "stock":
        task_finished.connect(note)
        engine.leave(process)
        told.clear()
        second = engine.start(district_case.office)
        with engine.step(second).activation() as activation:
            activation.cancel()
            told.clear()
            new = engine.flow.done._create(activation, activation.task.token)
            new._activate_next({new})
        task_finished.disconnect(note)
    else:
        signals.case_ended.connect(note)
        withdraw(district_case, reason="x", at=MONDAY, by=district_mediator)
        signals.case_ended.disconnect(note)
    assert len(told) == 1


@trap()
def test_whoever_hears_that_a_step_is_done_finds_the_next_one(
    engine, process, district_case, district_mediator, register
):
    found = []

    def note(sender, **kwargs):
        if engine.name == "stock":
            found.append(engine.step(process, "decide"))
        else:
            found.append(kwargs["proceeding"].course.process.task_set.filter(status="NEW").last())

    signal = task_finished if engine.name == "stock" else signals.proceeding_opened
    signal.connect(note)
    try:
        if engine.name == "stock":
            engine.complete(engine.step(process), district_mediator)
        else:
            leave_for_arbitration(district_case, at=MONDAY, by=district_mediator)
    finally:
        signal.disconnect(note)
    assert all(found)


@trap()
def test_looking_at_a_step_does_not_start_it(
    engine, process, district_case, district_mediator, client
):
    started = []

    def note(sender, **kwargs):
        started.append(kwargs["task"])

    client.force_login(district_mediator)
    task = engine.step(process)
    if engine.name == "stock":
        with task.activation() as activation:
            activation.assign(district_mediator)
    task_started.connect(note)
    try:
        for _look in range(3):
            if engine.name == "stock":
                # What the stock door does before it shows a form.
                with task.activation() as activation:
                    activation.start(None)
            else:
                url = reverse("step", args=[task_of(district_case, "examine").pk])
                assert client.get(url).status_code == 200
    finally:
        task_started.disconnect(note)
    assert started == []
