"""The engine's timers: the echo of deadlines, never their source."""

from django.db.models import F
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


def follow_all(deadlines):
    """Set the armed timers of many *deadlines* of different proceedings, in two queries."""
    moved = {
        deadline.proceeding_id: expiry_of(deadline)
        for deadline in deadlines
        if deadline.rule.rule_id == ENDING_RULE
    }
    if not moved:
        return
    timers = Task.objects.filter(
        process__course__proceeding__in=moved, flow_task_type="TIMER", status=STATUS.SCHEDULED
    ).annotate(of=F("process__course__proceeding"))
    for timer in (found := list(timers)):
        timer.scheduled = moved[timer.of]
    Task.objects.bulk_update(found, ["scheduled"])
