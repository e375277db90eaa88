"""The engine's timers: the echo of deadlines, never their source."""

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from workflows.flows.mediating import expiry_of

# The only rule whose expiry ends a step; all others alarm and stay.
ENDING_RULE = "MED_CLOSE"


def follow(deadline):
    """Set the armed timer of the deadline's course to the moment at which it expires now."""
    if deadline.rule.rule_id != ENDING_RULE:
        return
    Task.objects.filter(
        process__course__proceeding=deadline.proceeding_id,
        flow_task_type="TIMER",
        status=STATUS.SCHEDULED,
    ).update(scheduled=expiry_of(deadline))
