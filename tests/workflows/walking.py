"""Walking a case through its course as its people would, without pages."""

from datetime import timedelta

from viewflow.workflow.models import Task

from arbitration.domain import service
from mediation.domain import agreements, sessions
from workflows.courses import complete_step

OPEN = ("NEW", "ASSIGNED")
FINISHES = {
    "mediate": lambda p: sessions.last_result(p) != "adjourned",
    "agreement": agreements.is_over,
    "serve": service.is_over,
}


def open_titles(proceeding):
    """Return the names of the open human steps of *proceeding*, sorted."""
    return sorted(task.flow_task.name for task in open_tasks(proceeding))


def open_tasks(proceeding):
    return Task.objects.filter(
        process__course__proceeding=proceeding, flow_task_type="HUMAN", status__in=OPEN
    )


def task_of(proceeding, name):
    """Return the open step *name* of *proceeding*."""
    (task,) = [task for task in open_tasks(proceeding) if task.flow_task.name == name]
    return task


def timers(proceeding):
    """Return the timers of *proceeding* that are armed or stand still."""
    return Task.objects.filter(
        process__course__proceeding=proceeding, flow_task_type="TIMER", status="SCHEDULED"
    )


def do(proceeding, name, verb, *, by, at, **facts):
    """Complete the open step *name* with *verb*."""
    finishes = FINISHES.get(name)
    return complete_step(task_of(proceeding, name), verb, by=by, at=at, finishes=finishes, **facts)


def later(moment, **delta):
    """Return a moment later than *moment*."""
    return moment + timedelta(**delta)
