"""The stock engine and ours, asked the same things."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone
from viewflow.workflow.chart import calc_cell_status, calc_layout_data, grid_to_svg
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Process, Task
from viewflow.workflow.timers import fire_due_timers

from tests.workflows.engines.flows import OurFlow, StockFlow
from workflows.chart import draw, states_of
from workflows.checks import check_steps
from workflows.engine import RowLock, jump
from workflows.models import StuckTimer
from workflows.timers import fire_due

OPEN = ["NEW", "ASSIGNED"]


def begin(flow_class, office, **facts):
    """Start a case of *flow_class* at *office* and return its process."""
    flow_class.start.run(office=office, **facts)
    return flow_class.process_class.objects.filter(flow_class=flow_class).latest("pk")


class Engine:
    """What both engines are asked in the same words."""

    def start(self, office, **facts):
        """Return the process of a new case at *office*."""
        return begin(self.flow, office, **facts)

    def step(self, process, name="examine"):
        """Return the latest open step *name* of *process*, or None."""
        return self.steps(process, name).filter(status__in=OPEN).last()

    def steps(self, process, name):
        """Return every step *name* that *process* ever had."""
        return process.task_set.filter(flow_task=self.flow.instance.node(name)).order_by("pk")

    def clocks(self, process):
        """Return the armed clocks of *process*."""
        return process.task_set.filter(flow_task_type="TIMER", status="SCHEDULED")

    def complete(self, task, user):
        """Let *user* take the step *task* and complete it."""
        with task.activation() as activation:
            if task.status == "NEW":
                activation.assign(user)
            activation.start(None)
            activation.execute()


class Stock(Engine):
    """django-viewflow 2.4.0 as it comes."""

    name, flow = "stock", StockFlow

    def fire(self):
        """Fire what is due now."""
        fire_due_timers()

    def failures(self):
        """Return what somebody could know of clocks that failed."""
        return list(Task.objects.filter(status="ERROR"))

    def leave(self, process):
        """End *process* from wherever it is."""
        self.flow.instance.cancel(process)

    def go_back(self, process):
        """Open the step again that *process* is at."""
        task = self.step(process)
        with task.activation() as activation:
            activation.cancel()
        with task.activation() as activation:
            activation.revive()

    def complaints(self):
        """Return what the checks at the start of the house complain about."""
        found = run_checks(databases=["default"])
        return [each for each in found if each.id.startswith("viewflow")]

    def states(self, process):
        """Return {node: state as drawn} of *process*."""
        grid = calc_layout_data(self.flow)
        calc_cell_status(self.flow, grid, process.pk)
        return {cell.node.name: cell.status for cell in grid.cells if cell.status}

    def draw(self, process):
        """Return the drawn flow."""
        return grid_to_svg(calc_layout_data(self.flow))

    def impatient_lock(self, attempts=2):
        """Return a lock that does not wait for long."""
        return SelectForUpdateLock(attempts=attempts)

    def indexes(self):
        """Return the columns of each index on the steps that the engine brings along."""
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, Task._meta.db_table)
        return [row["columns"] for name, row in found.items() if not name.startswith("step_open")]


class Ours(Engine):
    """The same with what workflows/engine.py mends."""

    name, flow = "ours", OurFlow

    def fire(self):
        fire_due(at=timezone.now())

    def failures(self):
        return list(StuckTimer.objects.all())

    def leave(self, process):
        jump(process, self.flow.withdrawn, at=timezone.now())

    def go_back(self, process):
        jump(process, self.flow.examine, at=timezone.now())

    def complaints(self):
        return check_steps(databases=["default"])

    def states(self, process):
        return states_of(Process.objects.get(pk=process.pk))

    def draw(self, process):
        return draw(process)

    def impatient_lock(self):
        return RowLock(timeout="50ms")

    def indexes(self):
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, Task._meta.db_table)
        return [row["columns"] for row in found.values()]


def trap(fails=AssertionError):
    """Run a test on both engines; on the stock one it is to fail by *fails*, or the trap is gone."""
    gone = pytest.mark.xfail(strict=True, raises=fails)
    engines = [pytest.param(Stock(), id="stock", marks=gone), pytest.param(Ours(), id="ours")]
    return pytest.mark.parametrize("engine", engines)
