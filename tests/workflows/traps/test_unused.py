"""Traps that cannot be reached: the house does not use what has them."""

import re

import pytest
from viewflow.workflow.models import Process, Task
from viewflow.workflow.signals import flow_finished, task_finished, task_started

from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow

pytestmark = pytest.mark.django_db
FLOWS = [EnterpriseFlow, RegionalFlow, ArbitrationFlow, OutsideFlow]


def test_no_flow_uses_a_node_that_does_not_keep_its_promises():
    """Conditions are polled one by one, signals leave the transaction, a first split forgets."""
    used = {type(node).__name__ for each in FLOWS for node in each.instance.nodes()}
    assert used == {
        "StartHandle", "Work", "Clock", "Function", "If", "Switch", "Split", "Join", "End",
        "TerminateEnd",
    }  # fmt: skip


@pytest.mark.parametrize("flow_class", FLOWS)
def test_every_flow_keeps_to_the_tables_that_the_dispatcher_reads(flow_class):
    assert flow_class.task_class is Task
    assert flow_class.process_class._meta.concrete_model is Process


def test_nobody_of_the_house_listens_to_the_engine():
    """Its news come twice, or before the next step is there."""
    for signal in (task_finished, task_started, flow_finished):
        heard = [receiver() for _key, receiver, *_rest in signal.receivers]
        assert all("viewflow" in each.__func__.__module__ for each in heard if each)


def test_no_fact_is_kept_where_a_stale_process_would_overwrite_it(district_case):
    assert Process.objects.get(course__proceeding=district_case).data == {}


def test_the_state_machine_of_the_engine_is_used_by_nobody(settings):
    """Its permissions are questions and no gates."""
    rooms = [settings.BASE_DIR / name for name in settings.INSTALLED_APPS if name.isidentifier()]
    files = [file for room in rooms for file in room.rglob("*.py")]
    assert len(files) > 200
    assert [file for file in files if "viewflow.fsm" in file.read_text()] == []


def test_every_trap_of_the_table_has_its_test(settings):
    table = (settings.BASE_DIR / "docs" / "engine_traps.md").read_text()
    tests = settings.BASE_DIR / "tests" / "workflows"
    files = [*(tests / "traps").glob("test_*.py"), tests / "test_engine.py"]
    there = set(re.findall(r"def (test_\w+)", "".join(file.read_text() for file in files)))
    assert set(re.findall(r"\| (test_\w+) \|", table)) <= there
    traps = "".join(file.read_text() for file in (tests / "traps").glob("test_*.py"))
    tried = set(re.findall(r"@trap\(\w*\)\n(?:@.*\n)*def (test_\w+)", traps))
    assert tried <= set(re.findall(r"test_\w+", table))
    assert len(tried) > 30
