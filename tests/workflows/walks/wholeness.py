"""What is always true of the house, whatever people did and whoever was killed meanwhile."""

from collections import defaultdict

from django.db import connection
from django.db.models import Count, F, Max, Q
from viewflow.workflow.models import Process, Task

from audit.domain.chain import seal_new
from audit.domain.verifying import verify
from disputes.domain.clocks import dates_of, due_of
from disputes.domain.numbers import ARBITRATION, MATTER, MEDIATION, number_key
from disputes.models import Case, ClockEvent, Deadline, NumberSeries, Proceeding
from offices.duties import ROLE_DUTIES
from offices.models import Posting
from workflows.checks import steps_without_clock, unknown_steps
from workflows.courses import flow_of

OPEN_TASK = Q(status__in=["NEW", "ASSIGNED"])


def faults(*, at, seal=True):
    """Return a sentence for everything that is not as it must be."""
    checks = (tiers, courses, steps, duties, clocks, rules, matters, numbers, references)
    found = [fault for check in checks for fault in check()]
    return found + (log(at) if seal else [])


def tiers():
    """Yield cases that have not exactly one open tier, or an end."""
    rows = Case.objects.annotate(
        n=Count("proceedings", filter=Q(proceedings__closed_at__isnull=True))
    )
    for case in rows.filter(
        Q(ended_at__isnull=True) & ~Q(n=1) | Q(ended_at__isnull=False, n__gt=0)
    ):
        yield f"{case}: {case.n} open tiers, ended {case.ended_at}"
    gaps = Case.objects.annotate(n=Count("proceedings"), last=Max("proceedings__ordinal"))
    for case in gaps.exclude(last=F("n"))[:20]:
        yield f"{case}: a tier is missing"


def courses():
    """Yield tiers without a course, and courses that stand elsewhere than their tier."""
    for row in Proceeding.objects.filter(course__isnull=True)[:20]:
        yield f"{row}: no course"
    rows = Proceeding.objects.select_related("course__process", "office")
    for row in rows.filter(course__isnull=False):
        process = row.course.process
        if (process.status == "DONE") != (row.closed_at is not None):
            yield f"{row}: course {process.status}, closed {row.closed_at}"
        if process.flow_class is not flow_of(row):
            yield f"{row}: course {process.flow_class}"


def steps():
    """Yield open tiers at which nothing can be done, ended ones where something still can."""
    human = Q(
        course__process__task__flow_task_type="HUMAN",
        course__process__task__status__in=["NEW", "ASSIGNED"],
    )
    rows = Proceeding.objects.annotate(n=Count("course__process__task", filter=human))
    for row in rows.filter(closed_at__isnull=True, n=0):
        yield f"{row}: open, and nobody can do anything"
    for row in rows.filter(closed_at__isnull=False, n__gt=0):
        yield f"{row}: closed with {row.n} open steps"
    twice = Task.objects.filter(OPEN_TASK, flow_task_type="HUMAN").values("process", "flow_task")
    for row in twice.annotate(n=Count("pk")).filter(n__gt=1):
        yield f"step open twice: {row}"
    for process in Process.objects.filter(course__isnull=True):
        yield f"course of nothing: {process.pk}"
    for task in Task.objects.filter(status="ERROR"):
        yield f"step in error: {task.pk}"


def duties():
    """Yield steps that were done by somebody without their duty, at the office of that time."""
    held = defaultdict(set)
    for row in Posting.objects.all():
        held[row.user_id, str(row.office_id)] |= ROLE_DUTIES[row.role]
    done = Task.objects.filter(flow_task_type="HUMAN", status="DONE").select_related("owner")
    for task in done.iterator():
        duty = task.owner_permission.removeprefix("offices.")
        # A lawyer was asked by name, from another office.
        if task.owner_id is None:
            yield f"step {task.pk} {task.flow_task.name}: done by nobody"
        elif (
            duty != "review_cases" and duty not in held[task.owner_id, task.owner_permission_obj_pk]
        ):
            yield f"step {task.pk} {task.flow_task.name}: {task.owner} has no {duty} there"


def clocks():
    """Yield deadlines whose dates do not follow from their rule and their events."""
    for row in Deadline.objects.running().select_related("rule", "case").iterator():
        dates = dates_of(due_of(row))
        wrong = {name for name, value in dates.items() if getattr(row, name) != value}
        if wrong:
            yield f"{row.case} {row}: {wrong} do not follow from the events"
    started = ClockEvent.objects.filter(kind="start").values("deadline")
    for row in Deadline.objects.exclude(pk__in=started)[:20]:
        yield f"{row}: never started"
    running = Deadline.objects.running().filter(
        proceeding__closed_at__isnull=False, rule__party_right=False
    )
    for row in running.select_related("proceeding", "rule")[:20]:
        if row.rule.rule_id in ARM_OF_OFFICE:
            yield f"{row.proceeding} {row}: runs after its tier has ended"


# What an office must do while it has the case, and not after.
ARM_OF_OFFICE = {
    "MED_ACCEPT", "MED_CLOSE", "ARB_ACCEPT", "ARB_CORRECT", "ARB_AWARD", "ARB_SERVE_COPY", "ARB_PANEL",
    "HANDOVER_SEND", "HANDOVER_RECEIPT", "HANDOVER_OUTCOME",
}  # fmt: skip


def rules():
    """Yield deadlines under no rule that was in force."""
    for row in Deadline.objects.exclude(rule__in_force__contains=F("started_on"))[:20]:
        yield f"{row}: no rule was in force on {row.started_on}"


def matters():
    """Yield gaps and doubles in the numbers of matters."""
    serials = defaultdict(list)
    for number in Case.objects.values_list("matter_number", flat=True):
        series, _dash, serial = number.rpartition("-")
        serials[series].append(int(serial))
    yield from _gaps(serials)
    yield from _ahead(serials, [MATTER])


def numbers():
    """Yield gaps and doubles in the numbers of proceedings, and keys that do not match."""
    serials = defaultdict(list)
    for number, key in Proceeding.objects.values_list("number", "number_key"):
        if key != number_key(number):
            yield f"{number}: found under {key}"
        if "第" in number:
            series, _sign, serial = number.rpartition("第")
            serials[series].append(int(serial.removesuffix("号")))
    yield from _gaps(serials)
    yield from _ahead(serials, [MEDIATION, ARBITRATION])


def _gaps(serials):
    for series, found in serials.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            missing = sorted(set(range(1, max(found) + 1)) - set(found))[:5]
            yield f"{series}: {len(found)} numbers up to {max(found)}, missing {missing}"


def _ahead(serials, kinds):
    rows = NumberSeries.objects.filter(kind__in=kinds)
    given, used = sum(rows.values_list("last", flat=True)), sum(map(len, serials.values()))
    if given != used:
        yield f"{given} numbers given, {used} used"


def references():
    """Yield steps that are unknown or lack their clock, and constraints that do not hold."""
    yield from map(str, unknown_steps())
    yield from steps_without_clock()
    connection.check_constraints()


def log(at):
    """Return what the log complains about, sealed and verified to its end."""
    seal_new()
    found = verify(at=at)
    return [] if found.is_whole else [f"log: {vars(found)}"]
