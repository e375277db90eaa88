"""What must be true of the course before the house opens."""

from django.core.checks import Error, Tags, register
from django.db.models import Exists, OuterRef
from viewflow.workflow.models import Task
from viewflow.workflow.nodes import Obsolete
from viewflow.workflow.status import STATUS

OPEN_STEP = (STATUS.NEW, STATUS.ASSIGNED)


def unknown_steps():
    """Return the references of steps in the database that the code does not know, sorted.

    A node that was renamed or removed leaves its cases standing where nobody can move them.
    """
    references = Task.objects.order_by("flow_task").values_list("flow_task", flat=True).distinct()
    return [reference for reference in references if _is_unknown(reference)]


def steps_without_clock():
    """Return the references of open steps that have a deadline and no clock, sorted.

    The engine arms a clock when a step is opened: a deadline given to a step later is not armed
    in the cases that stand at it.
    """
    steps = Task.objects.filter(flow_task_type="HUMAN", status__in=OPEN_STEP)
    nodes = steps.order_by("flow_task").values_list("flow_task", flat=True).distinct()
    clocks = [clock for node in nodes for clock in getattr(node, "_boundary_events", ())]
    return [str(clock.flow_class) for clock in clocks if _unarmed(steps, clock).exists()]


def _unarmed(steps, clock):
    armed = Task.objects.filter(previous=OuterRef("pk"), flow_task=clock, status=STATUS.SCHEDULED)
    return steps.filter(flow_task=clock._attached_to).exclude(Exists(armed))


def _is_unknown(node):
    return node is None or isinstance(node, str | Obsolete)


@register(Tags.database)
def check_steps(databases=None, **kwargs):
    """Refuse to start on steps that no flow has any more, and on steps without their clock."""
    if not databases:
        return []
    return [
        *(
            Error(f"A step in the database is unknown to every flow: {name}", id="workflows.E001")
            for name in unknown_steps()
        ),
        *(
            Error(f"Open steps have a deadline and no clock: {name}", id="workflows.E002")
            for name in steps_without_clock()
        ),
    ]
