"""What a person may do now, most urgent first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Substr
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from disputes.models import Claim, Deadline, Party, Proceeding
from disputes.permissions import held_by, listing_offices, readable_cases, visible_cases
from law.calendar import load_calendar
from offices.models import OfficeGroupObjectPermission, Posting
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow

PAGE = 50
SOON_WORKING_DAYS = 3
# Steps at which a case waits to be looked at for the first time.
FIRST_STEPS = (
    EnterpriseFlow.examine,
    RegionalFlow.examine,
    ArbitrationFlow.receive,
    OutsideFlow.send,
)


def open_steps():
    """Return the human steps that are open, with their proceedings joined."""
    return Task.objects.filter(
        flow_task_type="HUMAN",
        status__in=[STATUS.NEW, STATUS.ASSIGNED],
        process__course__isnull=False,
    )


def is_open(task):
    """Return whether *task* is a human step that is open."""
    return task.flow_task_type == "HUMAN" and task.status in (STATUS.NEW, STATUS.ASSIGNED)


def steps_for(user, *, on):
    """Return the open steps that *user* may do on the date *on*, as a lazy queryset.

    Of the cases that she reads: her own steps, those of people away for whom she stands in, and
    those that belong to nobody; of both only where she holds their duty herself. One query
    whatever the number of offices, duties and rows.
    """
    others = Q(owner__isnull=True) | Q(owner__in=held_by(user, on=on), status=STATUS.ASSIGNED)
    return open_steps().filter(
        Q(owner=user, status=STATUS.ASSIGNED) | others & Q(Exists(_duties(user, on))),
        process__course__proceeding__case__in=readable_cases(user, on=on),
    )


def may_do(user, task, *, on):
    """Return whether *user* may do the open step *task* on the date *on*."""
    return steps_for(user, on=on).filter(pk=task.pk).exists()


def _duties(user, on):
    """Return the duties of *user* that are the duty of the outer step at its office."""
    office = Cast(OuterRef("owner_permission_obj_pk"), BigIntegerField())
    return OfficeGroupObjectPermission.objects.filter(
        group__postings__in=Posting.objects.active(on).filter(user=user),
        permission__codename=Substr(OuterRef("owner_permission"), len("offices.") + 1),
        content_object=office,
    )


def office_steps(user, *, on):
    """Return every open step of the offices whose cases are listed to *user*."""
    return open_steps().filter(
        process__course__proceeding__desk__in=listing_offices(user, on=on),
        process__course__proceeding__case__in=visible_cases(user, on=on),
    )


def rows_of(steps, *, today, after=None, limit=PAGE):
    """Return one page of *steps* as ``Row``, soonest deadline first, and the key of the next page.

    *after* is the key that the page before gave, "alarm date,step id".
    """
    ordered = _after(_by_urgency(steps), after)[: limit + 1]
    tasks = list(_with_facts(ordered))
    rows = [Row.of(task, today=today) for task in tasks[:limit]]
    last = tasks[limit - 1] if len(tasks) > limit else None
    return rows, f"{last.urgency.isoformat()},{last.pk}" if last else ""


def counts_of(steps, *, today):
    """Return how many *steps* are in each group, in one query: {group: count}."""
    soon = soon_until(today)
    overdue = Q(expires__lt=today)
    near = ~overdue & Q(urgency__lte=soon)
    return _by_urgency(steps).aggregate(
        all=Count("pk"),
        over=Count("pk", filter=overdue),
        soon=Count("pk", filter=near),
        today=Count("pk", filter=near & Q(urgency=today)),
        new=Count("pk", filter=~overdue & ~near & Q(flow_task__in=FIRST_STEPS)),
    )


def soon_until(today):
    """Return the last of the next three working days, today included when it is one."""
    calendar, day, left = load_calendar(), today, SOON_WORKING_DAYS
    while True:
        left -= calendar.is_workday(day)
        if left == 0:
            return day
        day += timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One line of the worklist."""

    task: Task
    proceeding: object
    case: object
    worker: object
    employer: object
    amount: object
    deadline: object
    group: str

    @classmethod
    def of(cls, task, *, today):
        """Put a step together with what its line shows on the date *today*."""
        proceeding = task.process.course.proceeding
        parties = proceeding.case.parties.all()
        deadline = next(iter(proceeding.running_clocks), None)
        return cls(
            task=task,
            proceeding=proceeding,
            case=proceeding.case,
            worker=_first(parties, Party.Kind.WORKER),
            employer=_first(parties, Party.Kind.EMPLOYER),
            amount=task.amount,
            deadline=deadline,
            group=_group(task, deadline, today),
        )

    @property
    def passed(self):
        """The tiers that handled the case before."""
        tiers = {proceeding.tier for proceeding in self.case.proceedings.all()}
        return tiers - {self.proceeding.tier}


def _group(task, deadline, today):
    if deadline is not None and deadline.armed:
        if deadline.due_legal < today:
            return "over"
        if deadline.alarm_on <= soon_until(today):
            return "soon"
    return "new" if task.flow_task in FIRST_STEPS else "rest"


def _first(parties, kind):
    return next((party for party in parties if party.kind == kind), None)


def _by_urgency(steps):
    running = handling_clocks().filter(
        proceeding=OuterRef("process__course__proceeding"), armed=True
    )
    return steps.annotate(
        urgency=Coalesce(Subquery(running.values("alarm_on")[:1]), Value(date.max)),
        expires=Subquery(running.values("due_legal")[:1]),
    ).order_by("urgency", "pk")


def handling_clocks():
    """Return the running deadlines that an office must keep, soonest first."""
    return Deadline.objects.running().kept_by_offices().order_by("alarm_on", "pk")


def _after(steps, key):
    alarm, _, pk = (key or "").partition(",")
    try:
        day, pk = date.fromisoformat(alarm), int(pk)
    except ValueError:
        return steps
    return steps.filter(Q(urgency__gt=day) | Q(urgency=day, pk__gt=min(pk, 2**62)))


def _with_facts(steps):
    case = "process__course__proceeding__case"
    amount = (
        Claim.objects.of_applicant()
        .filter(case=OuterRef(case))
        .order_by()
        .values("case")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return (
        steps.annotate(amount=Subquery(amount))
        .select_related(
            "owner",
            case,
            "process__course__proceeding__office",
            "process__course__proceeding__handler",
        )
        .prefetch_related(
            f"{case}__parties",
            Prefetch(f"{case}__proceedings", queryset=Proceeding.objects.only("case", "tier")),
            Prefetch(
                "process__course__proceeding__deadlines",
                queryset=handling_clocks().select_related("rule"),
                to_attr="running_clocks",
            ),
        )
    )
