"""One case of the demo on its way through its course, as far as today."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.functional import cached_property
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from disputes.domain.intake import file_case
from disputes.models import Party, Proceeding
from workflows import timers
from workflows.courses import complete_step, leave_for_arbitration, withdraw
from workflows.demo import days, turns
from workflows.demo.materials import bring_materials
from workflows.demo.paces import pace_of
from workflows.demo.plans import Plan
from workflows.demo.rosters import giving_up_papers, hand_in_roster
from workflows.demo.stage import Stage
from workflows.demo.words import say
from workflows.flows import ArbitrationFlow, EnterpriseFlow, OutsideFlow, RegionalFlow
from workflows.steps import step_of

TIERS = {
    EnterpriseFlow: "enterprise",
    RegionalFlow: "regional",
    ArbitrationFlow: "arbitration",
    OutsideFlow: "outside",
}
# At a moment of the clock, *seen*, the story was at the moment *told*.
_TOLD = "(SELECT told FROM moments WHERE seen <= {0} ORDER BY seen DESC, told DESC LIMIT 1)"
_RETELL = """
    WITH moments AS (SELECT * FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS m (seen, told))
    UPDATE {table} SET {columns} FROM workflows_course c, disputes_proceeding p
    WHERE c.process_id = {table}.{process} AND p.id = c.proceeding_id AND p.case_id = %s
"""
RETELL = [
    _RETELL.format(
        table=table,
        process=process,
        columns=", ".join(f"{name} = {_TOLD.format(f'{table}.{name}')}" for name in names),
    )
    for table, process, names in (
        ("viewflow_task", "process_id", ("created", "assigned", "started", "finished")),
        ("viewflow_process", "id", ("created", "finished")),
    )
]
# What the acts ask of a proceeding.
NEEDED = ("case", "office", "desk", "handler")
# More steps than any plan has: a story that goes round in circles is a fault.
LONGEST = 200


class Stuck(Exception):
    """A clock of the demo did not fire, or a story never ends."""


@dataclass
class Visit:
    """An open step as the story sees it: its label, and when somebody takes it (None: nobody)."""

    task: Task
    tier: str
    step: str
    moment: datetime | None


class Walk:
    """Moves one case along its *plan* until everything left lies on or after *horizon*.

    *at* is the moment at which the story is. *acts* maps (tier, step) to the function that takes
    the step and, where it is not a matter of pace, to the one that says when.
    """

    def __init__(self, plan: Plan, *, stage: Stage, rng, horizon, acts):
        self.plan, self.stage, self.rng = plan, stage, rng
        self.horizon, self.acts = horizon, acts
        self.at = plan.filed_at
        self.case = self.proceeding = None
        self._visits, self._counts, self._moments = {}, {}, []
        self._turns = list(plan.turns)

    def file(self, filing, *, token):
        """File the application of *filing* under *token*."""
        filing.application.case["filing_token"] = token
        began = timezone.now()
        self.proceeding = file_case(
            filing.application,
            office=filing.office,
            at=self.at,
            by=filing.by,
            reporting_office=filing.reporting_office,
        )
        self.case = self.proceeding.case
        self._moments.append((began, self.at))
        bring_materials(self, by=filing.by)
        hand_in_roster(self, by=filing.by)

    def go(self):
        """Take one step after the other; then let the engine's rows tell the story's time."""
        for _turn in range(LONGEST):
            if not self._move() and not self._turn_after_the_end():
                return self._date_tasks()
        raise Stuck(f"{self.case}: {LONGEST} steps")

    def complete(self, visit, *, by, **facts):
        """Complete the step of *visit* by its own verb with *facts*."""
        step = step_of(visit.task)
        return complete_step(
            visit.task, step.verb, by=by, at=self.at, finishes=step.finishes, **facts
        )

    def say(self, topic, **facts):
        """Return a sentence about *topic*."""
        return say(self.rng, topic, **facts)

    @cached_property
    def worker(self):
        """The applicant."""
        return self.case.parties.get(kind=Party.Kind.WORKER)

    @cached_property
    def employer(self):
        """The respondent."""
        return self.case.parties.filter(kind=Party.Kind.EMPLOYER).order_by("pk").first()

    @cached_property
    def claims(self):
        """What is asked for."""
        return list(self.case.claims.all())

    @property
    def today(self):
        """The date on which the story is."""
        return timezone.localdate(self.at)

    def later(self, *, days_):
        """Return a working moment *days_* working days from where the story is."""
        # In the morning a second step on the same day is still before closing time.
        hours = days.MORNING if self.plan.quick else days.HOURS
        return days.after(self.rng, self.at, days=days_, hours=hours)

    def _move(self):
        visits, timer = self._open()
        if not visits:
            return False
        visit = min((v for v in visits if v.moment), key=lambda v: v.moment, default=None)
        until = min(visit.moment, self.horizon) if visit else self.horizon
        if timer and timer.scheduled <= until:
            return self._fire(timer)
        if visit is None or visit.moment >= self.horizon:
            return False
        return self._take(visit)

    def _open(self):
        """Return (the open steps as ``Visit`` list, the timer that is armed or None)."""
        tasks = Task.objects.filter(
            process__course__proceeding__case=self.case,
            flow_task_type__in=["HUMAN", "TIMER"],
            status__in=[STATUS.NEW, STATUS.ASSIGNED, STATUS.SCHEDULED],
        ).select_related(*(f"process__course__proceeding__{name}" for name in NEEDED))
        visits, timer = [], None
        for task in tasks.order_by("pk"):
            self.proceeding = task.process.course.proceeding
            self.case = self.proceeding.case
            if task.flow_task_type == "HUMAN":
                visits.append(self._visit(task))
            elif task.scheduled:
                timer = task
        return visits, timer

    def _visit(self, task):
        visit = self._visits.get(task.pk)
        if visit is None:
            tier, step = TIERS[task.flow_task.flow_class], task.flow_task.name
            count = self._counts[tier, step] = self._counts.get((tier, step), 0) + 1
            stops = {f"{tier}.{step}", f"{tier}.{step}.{count}"} & self.plan.stops
            visit = self._visits[task.pk] = Visit(task, tier, step, None)
            if not stops or self._turn_at(visit):
                visit.moment = self._moment_of(visit)
        visit.task = task
        return visit

    def _moment_of(self, visit):
        if self._turn_at(visit):
            return self.later(days_=turns.pace_of(self._turns[0][1]))
        if self._leaves_at(visit):
            return self.later(days_=2)
        when = self.acts[visit.tier, visit.step][1]
        if when:
            return when(self, visit)
        return self.later(days_=pace_of(self, visit.step))

    def _take(self, visit):
        self.at = visit.moment
        self._moments.append((timezone.now(), self.at))
        if self._turn_at(visit):
            return self._turn()
        if self._leaves_at(visit):
            self._leave(visit)
            return True
        self.acts[visit.tier, visit.step][0](self, visit)
        # A step that stays open is visited again.
        self._visits.pop(visit.task.pk)
        return True

    def _turn_at(self, visit):
        return bool(self._turns) and self._turns[0][0] == f"{visit.tier}.{visit.step}"

    def _turn(self):
        """Let happen what comes next beside the steps; they are visited anew."""
        _step, name = self._turns.pop(0)
        turns.TURNS[name](self)
        self._visits.clear()
        return True

    def _turn_after_the_end(self):
        if not self._turns or self._turns[0][0] != "end":
            return False
        moment = self.later(days_=turns.pace_of(self._turns[0][1]))
        if moment >= self.horizon:
            return False
        self.at = moment
        self._moments.append((timezone.now(), self.at))
        rows = Proceeding.objects.select_related(*NEEDED).filter(case=self.case)
        self.proceeding = rows.latest("ordinal")
        return self._turn()

    def _leaves_at(self, visit):
        return self.plan.leaves[:1] == (f"{visit.tier}.{visit.step}",)

    def _leave(self, visit):
        by = self.proceeding.handler or visit.task.owner or self.case.filed_by
        if self.plan.leaves[1] == "withdraw":
            signed = giving_up_papers(self.proceeding)
            withdraw(self.proceeding, reason=self.say("withdrawn"), **signed, at=self.at, by=by)
        else:
            leave_for_arbitration(self.proceeding, at=self.at, by=by)

    def _fire(self, timer):
        self._moments.append((timezone.now(), timer.scheduled))
        if not timers.fire(timer, at=timer.scheduled):
            raise Stuck(f"{self.case}: {timer}")
        self.at = timer.scheduled
        return True

    def _date_tasks(self):
        """Give the engine's rows the moments of the story: the engine knows only the clock's."""
        moments = [list(column) for column in zip(*self._moments, strict=True)]
        with connection.cursor() as cursor:
            for statement in RETELL:
                cursor.execute(statement, [*moments, self.case.pk])
