"""Putting the demo on: register, people, then case after case, each in one transaction."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from disputes.models import Case, Deadline
from offices.refusals import Refusal
from workflows import alarms
from workflows.demo import (
    applications,
    arbitrating,
    days,
    mediating,
    multiplying,
    outside,
    scenarios,
)
from workflows.demo.accounts import make_accounts
from workflows.demo.aid import make_aid
from workflows.demo.desks import lay_out
from workflows.demo.drawing import draw_plan, twin_of
from workflows.demo.liaison import fill_register
from workflows.demo.meeting import plan_meetings
from workflows.demo.register import need_register
from workflows.demo.reviewing import bring_agreements
from workflows.demo.staffing import settle_staff
from workflows.demo.stage import Stage
from workflows.demo.walk import Walk

ACTS = {
    **{("enterprise", step): act for step, act in mediating.ACTS.items()},
    **{("regional", step): act for step, act in mediating.ACTS.items()},
    **{("arbitration", step): act for step, act in arbitrating.ACTS.items()},
    **{("outside", step): act for step, act in outside.ACTS.items()},
}
# Where a case is filed when the register has no office of the kind that the plan names.
INSTEAD = ("county", "enterprise", "commission")
MARK = "de30da7ade30"
MOST = 0xFFFFFF


class ThereAlready(Refusal):
    """Another demo was put on here."""

    sentence = _(
        "This database holds demo data already. Nothing was added; --more adds these beside them."
    )


class NowhereToFile(Refusal):
    """The register has no office that could take a case."""

    sentence = _("The register has no office of this system that handles disputes.")


@dataclass(frozen=True)
class Production:
    """One demo: how many *cases* of which *seed*, as seen at the beginning of the date *today*."""

    cases: int
    seed: int
    today: object

    @property
    def horizon(self):
        """The moment up to which everything has happened."""
        return days.moment(self.today, time(0))

    def token(self, index):
        """Return what tells the case *index* apart for ever: its filing token."""
        seed = f"{self.seed:06x}"
        return UUID(f"{MARK}8{seed[:3]}8{seed[3:]}{self.cases:06x}{index:06x}")

    def rng(self, index, what):
        """Return chance for *what* in the case *index*: the same whatever happens elsewhere."""
        return Random(f"{self.seed} {index} {what}")  # noqa: S311


def put_on(production, *, more=False, progress=lambda done, wanted: None):
    """Put *production* on and return how many cases were added.

    What an interrupted run has made already stays as it is. Beside another demo nothing is added
    unless *more*. *progress* is called with (cases done, cases wanted). Raises ``ThereAlready``,
    ``NowhereToFile``, and ``law.refusals.LawRefusal`` where the law has no answer for the day.
    """
    found = _tokens()
    tokens = {production.token(index): index for index in range(production.cases)}
    if not more and any(token not in tokens for token in found):
        raise ThereAlready
    missing = [index for token, index in tokens.items() if token not in found]
    if missing:
        need_register()
    make_accounts(on=production.today)
    walked = range(walked_of(production))
    _play_all(production, [index for index in missing if index in walked], progress)
    settle_staff(on=production.today)
    fill_register(Stage(on=production.today), at=production.horizon)
    plan_meetings(Stage(on=production.today), at=production.horizon)
    if missing:
        # Before the rest is copied: who was told of the one need not be told of each other one.
        _tell_of_deadlines(production.horizon)
    copied = [index for index in missing if index not in walked]
    if copied:
        multiplying.multiply(production, walked, copied, progress=progress)
    lay_out(at=production.horizon)
    if missing:
        make_aid(Stage(on=production.today), today=production.today, seed=production.seed)
        bring_agreements(Stage(on=production.today), at=production.horizon)
    return len(missing)


def walked_of(production):
    """Return how many cases of *production* are walked through the course, not copied."""
    many = production.cases > 2 * multiplying.WALKED
    return multiplying.WALKED if many else production.cases


def _tokens():
    first, last = UUID(f"{MARK}{'0' * 20}"), UUID(f"{MARK}{'f' * 20}")
    return set(
        Case.objects.filter(filing_token__range=(first, last)).values_list(
            "filing_token", flat=True
        )
    )


def _play_all(production, missing, progress):
    stage, plans = Stage(on=production.today), make_plans(production)
    order = sorted(missing, key=lambda index: (plans[index].filed_at, index))
    for done, index in enumerate(order, 1):
        play(production, plans, index, stage=stage)
        progress(done, len(order))


def make_plans(production):
    """Return the plans of *production*: the scenarios first, the rest by chance."""
    plans = scenarios.make_plans(
        production.today, rng_of=lambda index: production.rng(index, "filing")
    )[: production.cases]
    filing_days = days.filing_days(production.today)
    for index in range(len(plans), walked_of(production)):
        rng = production.rng(index, "plan")
        plans.append(draw_plan(rng, index=index, filing_days=filing_days))
    return plans


def play(production, plans, index, *, stage):
    """File the case *index* and walk it as far as it has come; returns the ``Case``."""
    with transaction.atomic(), _without_savepoints():
        return _play(production, plans, index, stage)


@contextmanager
def _without_savepoints():
    """Let every verb join the one transaction of the case: a third of all statements less.

    What fails in between fails the whole case, which is what a story wants.
    """
    features = connection.features
    features.uses_savepoints, usual = False, features.uses_savepoints
    try:
        yield
    finally:
        features.uses_savepoints = usual


def _play(production, plans, index, stage):
    plan, twin = plans[index], None
    if plan.twin:
        told = twin_of(plan, plans[index - 1], rng=production.rng(index, "twin"))
        if told.filed_at < production.horizon:
            plan, twin = told, make_filing(production, plans[index - 1], stage=stage)
    filing = make_filing(production, plan, stage=stage, twin=twin)
    rng = production.rng(index, "walk")
    walk = Walk(plan, stage=stage, rng=rng, horizon=production.horizon, acts=ACTS)
    walk.file(filing, token=production.token(index))
    walk.go()
    return walk.case


def make_filing(production, plan, *, stage, twin=None):
    """Return the ``Filing`` of *plan*, at the nearest office that the register has."""
    rng = production.rng(plan.index, "application")
    for place in (plan.place, *INSTEAD):
        office = stage.office_for(place, rng=rng, nth=plan.nth)
        if office is not None:
            return applications.make_filing(
                plan, rng=rng, stage=stage, place=place, office=office, twin=twin
            )
    raise NowhereToFile


def _tell_of_deadlines(horizon):
    """Let every alarm go out on its day, so that none is left for the first minute."""
    running = Deadline.objects.filter(
        state=Deadline.State.RUNNING, armed=True, proceeding__isnull=False
    )
    near = running.filter(alarmed_at=None).values_list("alarm_on", flat=True)
    gone = running.filter(overdue_alarmed_at=None).values_list("due_legal", flat=True)
    for day in sorted({*near, *(due + timedelta(days=1) for due in gone)}):
        moment = days.moment(day, time(8, 30))
        while moment < horizon and alarms.alarm_deadlines(at=moment):
            pass
