"""Traps of how flows are put together, drawn and named."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from viewflow.workflow.chart import calc_layout_data
from viewflow.workflow.models import Task

from tests.workflows.engines import flows
from tests.workflows.engines.engine import begin, trap
from tests.workflows.walking import task_of
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow

pytestmark = pytest.mark.django_db
FLOWS = [EnterpriseFlow, RegionalFlow, ArbitrationFlow, OutsideFlow]


@trap()
def test_the_steps_of_a_tier_belong_to_its_own_flow(
    engine, register, enterprise_case, district_case
):
    if engine.name == "stock":
        processes = [begin(flows.InheritedFlow, register.guta)]
    else:
        processes = [each.course.process for each in (enterprise_case, district_case)]
    for process in processes:
        owners = {task.flow_task.flow_class for task in process.task_set.all()}
        assert owners == {process.flow_class}


@trap()
def test_two_tiers_arm_their_own_clocks_and_no_others(engine, register):
    classes = [flows.FirstMixedFlow, flows.SecondMixedFlow]
    if engine.name == "ours":
        classes = [EnterpriseFlow, RegionalFlow]
    for flow_class in classes:
        for node in flow_class.instance.nodes():
            assert {clock.flow_class for clock in node._boundary_events} <= {flow_class}


@trap(TypeError)
def test_a_step_finds_its_office(engine, register, district_case):
    if engine.name == "stock":
        process = begin(flows.MethodFlow, register.guta)
    else:
        process = district_case.course.process
    (task,) = process.task_set.filter(status="NEW", flow_task_type="HUMAN")
    assert task.owner_permission_obj == register.guta


@trap(TypeError)
def test_the_office_of_a_step_is_found_from_a_process_of_either_class(
    engine, register, district_case, district_mediator
):
    if engine.name == "stock":
        (task,) = begin(flows.ProxyFlow, register.guta).task_set.filter(status="NEW")
        task = Task.objects.get(pk=task.pk)
        task.flow_task.can_assign(district_mediator, task)
    else:
        task = Task.objects.get(pk=task_of(district_case, "examine").pk)
        assert task.flow_task._owner_permission_obj(task.process) == register.guta
        assert task.flow_task._owner_permission_obj(task.process.coerced) == register.guta


@trap(AttributeError)
def test_a_step_that_asked_for_a_duty_once_can_still_be_looked_at(
    engine, register, district_mediator
):
    process = begin(flows.PlainFlow, register.guta)
    process.task_set.filter(status="NEW").update(owner_permission="offices.mediate")
    (task,) = process.task_set.filter(status="NEW")
    node = task.flow_task if engine.name == "stock" else flows.Work()
    assert node.can_assign(district_mediator, task) is False


@trap()
@pytest.mark.parametrize("name", ["Renamed.examine", "{}.renamed"])
def test_a_step_or_flow_that_is_no_more_is_complained_about(engine, process, name):
    reference = f"engines/flows.{name.format(engine.flow.__name__)}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE viewflow_task SET flow_task = %s WHERE id = %s",
            [reference, engine.step(process).pk],
        )
    assert engine.complaints()


@trap(FieldError)
def test_the_case_of_many_steps_is_found_in_one_question(
    engine, district_case, django_assert_num_queries
):
    path = "seed" if engine.name == "stock" else "process__course__proceeding__case"
    tasks = Task.objects.select_related(path).filter(status="NEW")
    with django_assert_num_queries(1):
        assert [task.process.course.proceeding.case for task in tasks]


@trap(NoReverseMatch)
def test_a_worker_knows_the_address_of_a_step(engine, process):
    task = engine.step(process)
    assert task.reverse("index") if engine.name == "stock" else reverse("step", args=[task.pk])


@trap()
def test_lists_of_open_steps_walk_an_index(engine, db):
    assert any("owner_permission" in columns for columns in engine.indexes())


@trap()
def test_a_step_entered_again_is_drawn_as_open(engine, process, district_mediator):
    engine.complete(engine.step(process), district_mediator)
    if engine.name == "stock":
        done = engine.steps(process, "examine").last()
        new = engine.flow.examine._create(engine.flow.examine.activation_class(done), done.token)
        new._activate_next({new})
    else:
        engine.go_back(process)
    assert engine.states(process)["examine"] in ("now", "NEW")


@trap()
def test_titles_fit_into_their_boxes_in_chinese(engine):
    with translation.override("zh-hans"):
        grids = [
            calc_layout_data(each)
            for each in ([flows.LongFlow] if engine.name == "stock" else FLOWS)
        ]
        lines = [line for grid in grids for cell in grid.cells for line, *_place in cell.shape.text]
    assert max(map(len, lines)) <= 12


@trap()
def test_the_drawing_brings_no_style_for_the_rest_of_the_page(engine, process):
    assert "<style" not in engine.draw(process)


@trap()
def test_every_title_is_chinese_on_a_chinese_page(engine):
    with translation.override("zh-hans"):
        classes = [engine.flow] if engine.name == "stock" else FLOWS
        titles = [
            str(node.task_title)
            for each in classes
            for node in each.instance.nodes()
            if node.task_type == "HUMAN"
        ]
    assert all(ord(title[0]) > 0x2E80 for title in titles)
