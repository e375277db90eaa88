"""Giving cases that came from a ledger their places in the course, in bulk.

A closed row gets a finished course. An open one gets the step at which its dates say that it
stands, with deadlines that neither alarm nor expire until a clerk has confirmed them. The rows
are written as the engine itself would leave them; a test compares the two.
"""

from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from disputes.domain.clocks import derive, start_derived
from disputes.domain.copying import copy_in
from disputes.models import Tier
from offices.models import Office
from workflows.courses import flow_of
from workflows.models import Course

START = Token("start")


def place(proceedings, *, at, by=None):
    """Place *proceedings*, each with its case and office, in a fixed number of queries."""
    _load_offices(proceedings)
    processes = copy_in([_process(each) for each in proceedings])
    copy_in(
        Course(proceeding=proceeding, process=process)
        for proceeding, process in zip(proceedings, processes, strict=True)
    )
    placed = list(zip(proceedings, processes, strict=True))
    starts = _add_tasks([_done(process, _flow(process).start, at) for _, process in placed], [])
    _finish([pair for pair in placed if pair[0].closed_at], starts)
    _open([pair for pair in placed if not pair[0].closed_at], starts, at=at)
    deadlines = [row for proceeding, _ in placed for row in _deadlines(proceeding)]
    start_derived(deadlines, at=at, by=by)


def _load_offices(proceedings):
    offices = Office.objects.in_bulk({each.office_id for each in proceedings})
    for proceeding in proceedings:
        proceeding.office = offices[proceeding.office_id]


def _process(proceeding):
    return Process(
        flow_class=flow_of(proceeding),
        created=proceeding.opened_at,
        finished=proceeding.closed_at,
        status=STATUS.DONE if proceeding.closed_at else STATUS.NEW,
    )


def _flow(process):
    return process.flow_class


def _finish(placed, starts):
    ends = [
        _done(process, _flow(process).closed, proceeding.closed_at)
        for proceeding, process in placed
    ]
    _add_tasks(ends, [starts[process.pk] for _, process in placed])


def _open(placed, starts, *, at):
    first, later = [], []
    for proceeding, process in placed:
        (later if proceeding.accepted_on and _has_middle(process) else first).append(
            (proceeding, process)
        )
    _add_tasks(
        [_step(proceeding, process, _first_step(process)) for proceeding, process in first],
        [starts[process.pk] for _, process in first],
    )
    splits = _add_tasks(
        [_done(process, _middle(process), at) for _, process in later],
        [starts[process.pk] for _, process in later],
    )
    _open_branches(later, splits)


def _open_branches(placed, splits):
    steps, before = [], []
    for proceeding, process in placed:
        split = splits[process.pk]
        for branch, node in enumerate(_branches(process), 1):
            token = Token(f"start/{split.pk}_{branch}")
            steps.append(_step(proceeding, process, node, token))
            before.append(split)
    made = _add_tasks(steps, before, by_process=False)
    clocks = [_clock(task) for task in made if _clock_node(task)]
    _add_tasks(clocks, [task for task in made if _clock_node(task)], by_process=False)


def _has_middle(process):
    return hasattr(_flow(process), "mediate") or hasattr(_flow(process), "panel")


def _middle(process):
    flow = _flow(process)
    return flow.side_by_side if hasattr(flow, "mediate") else flow.prepare


def _branches(process):
    flow = _flow(process)
    return [flow.mediate] if hasattr(flow, "mediate") else [flow.panel, flow.serve_copy]


def _first_step(process):
    return _flow(process).start._next


def _done(process, node, at):
    return Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,
        status=STATUS.DONE,
        token=START,
        created=at,
        started=at,
        finished=at,
    )


def _step(proceeding, process, node, token=START):
    handler = proceeding.handler_id if hasattr(node, "_owner") and node._owner else None
    return Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,
        status=STATUS.ASSIGNED if handler else STATUS.NEW,
        owner_id=handler,
        owner_permission=node._owner_permission,
        owner_permission_obj=proceeding.desk,
        token=token,
        created=proceeding.opened_at,
    )


def _clock_node(task):
    node = task.flow_task
    return getattr(node.flow_class, f"{node.name}__timeout", None)


def _clock(task):
    node = _clock_node(task)
    return Task(
        process=task.process,
        flow_task=node,
        flow_task_type=node.task_type,
        status=STATUS.SCHEDULED,
        scheduled=None,
        token=task.token,
        created=task.created,
    )


def _add_tasks(tasks, before, *, by_process=True):
    made = copy_in(tasks)
    link = Task.previous.through
    copy_in(
        link(from_task=task, to_task=previous) for task, previous in zip(made, before, strict=False)
    )
    return {task.process_id: task for task in made} if by_process else made


def _deadlines(proceeding):
    if proceeding.closed_at or not proceeding.office.handled_here:
        return []
    rule, on = _rule_of(proceeding)
    case = proceeding.case
    limitation = derive(case, "LIMITATION", on=case.received_on, armed=False)
    return [derive(case, rule, on=on, proceeding=proceeding, armed=False), limitation]


def _rule_of(proceeding):
    mediation = proceeding.tier != Tier.ARBITRATION
    if proceeding.accepted_on:
        return ("MED_CLOSE" if mediation else "ARB_AWARD"), proceeding.accepted_on
    return ("MED_ACCEPT" if mediation else "ARB_ACCEPT"), proceeding.case.received_on
