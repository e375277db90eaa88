"""The known faults of the engine, each mended: every test here fails on the stock parts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import translation
from viewflow.workflow import flow
from viewflow.workflow.models import Process, Task
from viewflow.workflow.signals import task_started

from disputes.domain.refusals import NoOfficeToGoTo
from disputes.faults import say_fault
from disputes.models import Deadline
from offices.duties import DUTIES
from offices.models import Office
from tests import factories
from tests.factories import MONDAY
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import open_tasks, open_titles, task_of, timers
from workflows.chart import layout, states_of
from workflows.checks import unknown_steps
from workflows.engine import Clock, Work, jump
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow
from workflows.models import StuckTimer, TierProcess
from workflows.steps import STEPS
from workflows.timers import fire, fire_due

pytestmark = pytest.mark.django_db
FLOWS = [EnterpriseFlow, RegionalFlow, ArbitrationFlow, OutsideFlow]


@pytest.fixture
def accepted(district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    return district_case


@pytest.fixture
def going_on(register, enterprise_mediator, enterprise_head):
    """An accepted enterprise case that goes on by itself when its term is over."""
    proceeding = factories.make_case(register.enterprise, consents={"next_tier": True})
    accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    return proceeding


def human_nodes(flow_class):
    return [node for node in flow_class.instance.nodes() if isinstance(node, flow.View)]


def test_a_clock_goes_with_its_step_when_the_step_is_cancelled(accepted):
    task = task_of(accepted, "mediate")
    with task.activation() as activation:
        activation.cancel()
    assert timers(accepted).count() == 0
    assert fire_due(at=MONDAY + timedelta(days=99)) == 0


def test_a_clock_goes_with_its_step_when_the_flow_jumps(accepted):
    process = accepted.course.process.coerced
    jump(process, RegionalFlow.withdrawn, at=MONDAY)
    assert (timers(accepted).count(), open_titles(accepted)) == (0, [])
    process.refresh_from_db()
    assert process.status == "DONE"


@pytest.mark.parametrize("flow_class", FLOWS)
def test_nobody_can_revive_undo_cancel_or_take_a_step_around_our_doors(flow_class):
    for node in human_nodes(flow_class):
        assert isinstance(node, Work)
        for action in ("assign", "unassign", "reassign", "cancel", "undo", "revive"):
            assert getattr(node, f"{action}_view_class") is None


@pytest.mark.parametrize("flow_class", FLOWS)
def test_each_flow_owns_its_nodes_and_its_clocks(flow_class):
    for node in flow_class.instance.nodes():
        assert node.flow_class is flow_class
        if isinstance(node, Clock):
            assert node._attached_to.flow_class is flow_class
            assert node._attached_to._boundary_events == [node]


@pytest.mark.parametrize("flow_class", FLOWS)
def test_every_step_asks_a_known_duty_and_has_a_form_and_a_verb(flow_class):
    names = {node.name for node in human_nodes(flow_class)}
    assert names == set(STEPS[flow_class])
    for node in human_nodes(flow_class):
        assert node._owner_permission.removeprefix("offices.") in DUTIES


@pytest.mark.parametrize("flow_class", FLOWS)
def test_the_engines_own_gates_are_shut(flow_class, district_mediator):
    assert flow_class.instance.has_view_permission(district_mediator) is False
    assert flow_class.instance.has_manage_permission(district_mediator) is False


def test_the_engines_own_permission_gate_lets_nobody_take_a_step(district_case, regional_head):
    task = task_of(district_case, "examine")
    assert task.flow_task.can_assign(regional_head, task) is False


def test_no_screen_of_the_engine_is_mounted():
    assert not [
        pattern for pattern in get_resolver().reverse_dict if "viewflow" in str(pattern).lower()
    ]


def test_a_step_carries_the_office_at_which_its_duty_is_held(district_case, register):
    task = task_of(district_case, "examine")
    assert (task.owner_permission, task.owner_permission_obj_pk) == (
        "offices.mediate",
        str(register.guta.pk),
    )
    assert type(task.process.coerced) is TierProcess
    assert TierProcess._meta.proxy


def test_what_fails_under_a_clock_is_taken_back_whole_and_shown(going_on):
    Office.objects.filter(tier=Office.Tier.REGIONAL).update(is_active=False)
    (timer,) = timers(going_on)
    assert fire_due(at=timer.scheduled) == 0
    going_on.refresh_from_db()
    assert (going_on.outcome, open_titles(going_on)) == ("", ["mediate"])
    stuck = StuckTimer.objects.get()
    assert stuck.task_id == timer.pk
    assert str(NoOfficeToGoTo()) in stuck.error
    assert not Task.objects.filter(status="ERROR").exists()


def test_a_stuck_clock_is_tried_again_and_does_its_work(going_on):
    Office.objects.filter(tier=Office.Tier.REGIONAL).update(is_active=False)
    (timer,) = timers(going_on)
    at = timer.scheduled
    fire_due(at=at)
    fire_due(at=at)
    assert StuckTimer.objects.get().attempts == 2
    Office.objects.filter(tier=Office.Tier.REGIONAL).update(is_active=True)
    assert fire(timer, at=at) is True
    assert not StuckTimer.objects.exists()
    going_on.refresh_from_db()
    assert going_on.outcome == "expired"


def test_what_stood_in_a_row_is_not_told_to_the_administrator(going_on):
    """PostgreSQL repeats in its second line the row that a guard refused."""
    rows = going_on.case.parties.filter(kind="worker")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(case=None)
    assert "DETAIL" in str(refused.value)
    said = say_fault(refused.value)
    assert said.startswith("IntegrityError: null value in column")
    assert "DETAIL" not in said


def test_no_local_variable_of_a_failure_lands_in_the_database(going_on):
    Office.objects.filter(tier=Office.Tier.REGIONAL).update(is_active=False)
    (timer,) = timers(going_on)
    fire_due(at=timer.scheduled)
    assert not Task.objects.exclude(data={}).exists()


def test_a_clock_may_stand_still(accepted):
    deadline = Deadline.objects.get(proceeding=accepted, rule__rule_id="MED_CLOSE")
    timers(accepted).update(scheduled=None)
    assert fire_due(at=MONDAY + timedelta(days=999)) == 0
    assert deadline.state == "running"


def test_a_timer_that_was_moved_after_it_came_due_does_not_fire(accepted):
    (timer,) = timers(accepted)
    due = timer.scheduled
    timers(accepted).update(scheduled=due + timedelta(days=3))
    assert fire(timer, at=due) is False
    assert open_titles(accepted) == ["mediate"]


def test_a_person_with_steps_cannot_be_deleted_with_them(accepted, district_mediator):
    assert open_tasks(accepted).filter(owner=district_mediator).exists()
    with pytest.raises(models.ProtectedError):
        district_mediator.delete()


def test_a_step_entered_again_is_drawn_as_open(accepted, district_mediator):
    process = accepted.course.process
    assert states_of(process)["mediate"] == "now"
    jump(process.coerced, RegionalFlow.examine, at=MONDAY)
    states = states_of(process)
    assert (states["examine"], states["mediate"]) == ("now", "left")


@pytest.mark.parametrize("flow_class", FLOWS)
def test_titles_fit_into_their_boxes_in_chinese(flow_class):
    with translation.override("zh-hans"):
        shapes, _edges, _width, _height = layout.__wrapped__(flow_class, "zh-hans")
    assert all(len(shape.title) <= 10 for shape in shapes)


def test_every_step_in_the_database_is_known_to_the_code(accepted):
    assert unknown_steps() == []
    task = task_of(accepted, "mediate")
    Task.objects.filter(pk=task.pk).update(flow_task=str(task.flow_task))
    with_raw_reference(task.pk, "workflows/flows.regional.RegionalFlow.renamed")
    assert len(unknown_steps()) == 1


def with_raw_reference(pk, reference):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE viewflow_task SET flow_task = %s WHERE id = %s", [reference, pk])


def test_a_process_is_done_only_when_its_proceeding_is(accepted):
    assert Process.objects.get(course__proceeding=accepted).status == "NEW"


def test_looking_at_a_step_does_not_start_it(
    client, district_case, district_mediator, time_machine
):
    """The stock door starts a step whenever its form is shown: three looks, three starts."""
    time_machine.move_to(MONDAY)
    started, task = [], task_of(district_case, "examine")

    def note(sender, **kwargs):
        started.append(kwargs["task"].pk)

    task_started.connect(note)
    client.force_login(district_mediator)
    try:
        for _look in range(3):
            assert client.get(reverse("step", args=[task.pk])).status_code == 200
    finally:
        task_started.disconnect(note)
    task.refresh_from_db()
    assert (started, task.status, task.started) == ([], "NEW", None)


def test_a_duty_at_one_office_is_enough_to_see_its_steps_and_none_of_others(
    client, district_case, district_mediator, other_mediator, register, time_machine
):
    """The stock queue shows nothing without a model-wide permission, and with it everything."""
    time_machine.move_to(MONDAY)
    factories.make_case(register.linghe, by=other_mediator)
    client.force_login(district_mediator)
    groups = client.get(reverse("worklist")).context["groups"]
    assert [row.case for _name, rows in groups for row in rows] == [district_case.case]
    assert not district_mediator.has_perm("offices.mediate")


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "registration/login.html"])
def test_the_engines_own_pages_never_stand_before_ours(name):
    assert "viewflow" not in get_template(name).origin.name


def test_lists_of_open_steps_walk_an_index(db):
    """The stock tables have none on the office and the duty of a step."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'viewflow_task'")
        definitions = [definition for (definition,) in cursor.fetchall()]
    assert any("owner_permission" in each and "WHERE" in each for each in definitions)
    assert any("owner_id" in each and "WHERE" in each for each in definitions)


def test_what_is_left_is_told_as_an_end_and_not_as_a_cancelled_process(accepted):
    """The stock way to cancel a process sends no signal and marks it cancelled, without an end."""
    process = accepted.course.process.coerced
    jump(process, RegionalFlow.withdrawn, at=MONDAY)
    last = process.task_set.latest("pk")
    assert (last.flow_task, last.status) == (RegionalFlow.withdrawn, "DONE")
