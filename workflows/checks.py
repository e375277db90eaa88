"""What must be true of the course before the house opens."""

from django.core.checks import Error, Tags, register
from viewflow.workflow.models import Task
from viewflow.workflow.nodes import Obsolete


def unknown_steps():
    """Return the references of steps in the database that the code does not know, sorted.

    A node that was renamed or removed leaves its cases standing where nobody can move them.
    """
    references = Task.objects.order_by("flow_task").values_list("flow_task", flat=True).distinct()
    return [reference for reference in references if _is_unknown(reference)]


def _is_unknown(node):
    return node is None or isinstance(node, str | Obsolete)


@register(Tags.database)
def check_steps(databases=None, **kwargs):
    """Refuse to start on steps that no flow has any more."""
    if not databases:
        return []
    return [
        Error(f"A step in the database is unknown to every flow: {reference}", id="workflows.E001")
        for reference in unknown_steps()
    ]
