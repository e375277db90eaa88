"""What the course answers when the record's pages ask about it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from arbitration.actions import actions_for
from disputes import course
from disputes.domain.recusals import WORKING
from disputes.permissions import at_desk
from mediation import meeting_actions
from mediation.actions import actions_for as mediation_actions
from workflows import worklist
from workflows.chart import draw
from workflows.commission import WAYS as COMMISSION_WAYS
from workflows.courses import FLOWS
from workflows.leaving import ways_at
from workflows.meeting_decisions import carry_out, foresee
from workflows.steps import STEPS


def connect():
    """Let the record's pages ask the course."""
    for answer in (
        open_steps,
        actions,
        standing,
        steps_of_tier,
        at_step,
        desk_ways,
        foresee,
        carry_out,
    ):
        course.register(answer)


def open_steps(proceedings):
    """Return {proceeding id: title of the step that waits}; the first one of parallel steps."""
    found = {}
    steps = worklist.open_steps().filter(process__course__proceeding__in=proceedings)
    for task in steps.select_related("process__course").order_by("-pk"):
        found[task.process.course.proceeding_id] = str(task.title)
    return found


def actions(user, case):
    """Return what *user* may do in *case* now: (title, url, whether it comes first)."""
    today = timezone.localdate()
    tasks = _open_steps(user, case, today)
    found = [
        (str(task.title), reverse("step", args=[task.pk]), True) for task in tasks if task.is_hers
    ]
    proceeding = at_desk(user, case, on=today)
    if proceeding is not None:
        proceeding.open_names = {task.flow_task.name for task in tasks}
    return (
        found
        + actions_for(proceeding)
        + mediation_actions(proceeding)
        + _aid(proceeding)
        + _ways_out(proceeding)
        + _recusal(proceeding)
        + meeting_actions.actions_for(proceeding)
    )


def _open_steps(user, case, today):
    """Return the open steps of *case*, each with ``is_hers``: whether *user* may do it."""
    hers = worklist.steps_for(user, on=today).filter(pk=OuterRef("pk"))
    steps = worklist.open_steps().filter(process__course__proceeding__case=case)
    return list(steps.annotate(is_hers=Exists(hers)).order_by("pk"))


def _recusal(proceeding):
    """Lead who works at the desk to asking that somebody keep away."""
    if proceeding is None or proceeding.closed_at is not None:
        return []
    if not set(WORKING).intersection(proceeding.duties):
        return []
    return [(_("Ask for a recusal"), reverse("recusal_ask", args=[proceeding.case_id]), False)]


def _aid(proceeding):
    """Lead who works at the desk to legal aid and the lawyers' opinions."""
    if proceeding is None or not proceeding.duties:
        return []
    return [(_("Legal aid and opinions"), reverse("case_aid", args=[proceeding.case_id]), False)]


def _ways_out(proceeding):
    return [
        (str(way.title), reverse(name, args=[proceeding.case_id]), False)
        for name, way in ways_at(proceeding).items()
    ]


def standing(proceeding):
    """Return (title of the step that waits, the drawn flow) of *proceeding*, in one query."""
    tasks = list(
        Task.objects.filter(process__course__proceeding=proceeding)
        .select_related("process")
        .order_by("pk")
    )
    if not tasks:
        return "", ""
    waiting = (str(task.title) for task in tasks if worklist.is_open(task))
    return next(waiting, ""), draw(tasks[0].process, tasks)


def steps_of_tier(tier):
    """Return (name, title) of the steps that people take at *tier*, in the order of the flow."""
    flow = FLOWS[tier]
    return [(name, str(getattr(flow, name).task_title)) for name in STEPS[flow]]


def at_step(proceedings, name):
    """Return those of the queryset *proceedings* whose step *name* is open."""
    nodes = [getattr(flow, name) for flow in FLOWS.values() if hasattr(flow, name)]
    waiting = worklist.open_steps().filter(
        process__course__proceeding=OuterRef("pk"), flow_task__in=nodes
    )
    return proceedings.filter(Exists(waiting))


def desk_ways(file, part):
    """Return (title, url) of what moves the course of the case *file* from *part* of its desk."""
    return [
        (way.title, reverse("commission_way", args=[file.proceeding.pk, name]))
        for name, way in COMMISSION_WAYS.items()
        if way.part == part and file.duties.intersection(way.duties) and way.applies(file)
    ]
