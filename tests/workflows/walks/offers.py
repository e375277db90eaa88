"""What there is to do in a case at a moment, whoever may do it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from arbitration.acts import ACTS
from arbitration.deskfile import DeskFile
from disputes.domain import turning
from disputes.domain.recusals import WORKING
from disputes.models import Deadline, Recusal, Tier
from tests.workflows.walking import open_tasks
from workflows.commission import WAYS as COMMISSION_WAYS
from workflows.leaving import WAYS
from workflows.steps import step_of

# Most cases should get somewhere: these end a course or begin it again.
SELDOM = {
    "withdraw", "arbitrate", "cancel", "terminate", "transfer", "hand_back", "step_back", "regret",
    "designate",
}  # fmt: skip
TURNING = {Tier.ARBITRATION: {"arbitrate", "docket_cases"}}


@dataclass(frozen=True)
class Offer:
    """A door: its *name* and address, of which duties one opens it, whose it is if somebody's.

    *form* makes the form that stands behind it from (data, user); None where only the page
    itself knows it.
    """

    name: str
    url: str
    duties: frozenset
    owner: int | None = None
    form: Callable | None = None


def steps(proceeding, rng):
    """Return one open step of the course, or None."""
    tasks = list(open_tasks(proceeding).order_by("pk"))
    if not tasks:
        return None
    task = rng.choice(tasks)
    duty, form = task.owner_permission.removeprefix("offices."), step_of(task).form

    def make(data, user):
        return form(data, None, proceeding=proceeding, user=user, today=timezone.localdate())

    url = reverse("step", args=[task.pk])
    return Offer(task.flow_task.name, url, frozenset({duty}), task.owner_id, make)


def ways(proceeding, rng):
    """Return one way out of, back from or aside of the course, or None."""
    names = [name for name, way in WAYS.items() if way.applies(proceeding)]
    name = _choose(names, rng)
    if name is None:
        return None
    way = WAYS[name]

    def make(data, user):
        return way.form(data, proceeding=proceeding, user=user)

    url = reverse(name, args=[proceeding.case_id])
    return Offer(name, url, frozenset(way.duties), None, make)


def desk(proceeding, rng):
    """Return one act at the desk of the commission, or None."""
    if proceeding.tier != Tier.ARBITRATION or not proceeding.office.handled_here:
        return None
    file = DeskFile(proceeding, duties=set())
    acts = {**ACTS, **COMMISSION_WAYS}
    name = _choose([name for name, act in acts.items() if act.applies(file)], rng)
    if name is None:
        return None

    def make(data, user):
        today = timezone.localdate()
        return acts[name].form(data, proceeding=proceeding, user=user, today=today)

    url = reverse("desk_act" if name in ACTS else "commission_way", args=[proceeding.pk, name])
    return Offer(name, url, frozenset(acts[name].duties), None, make)


def clocks(proceeding, rng):
    """Return one turn of a clock, or None."""
    rows = Deadline.objects.running().filter(case=proceeding.case_id).select_related("rule")
    found = [(row, act) for row in rows.order_by("pk") for act in turning.acts_open(row)]
    if not found:
        return None
    row, act = rng.choice(found)
    duties = TURNING.get((row.proceeding or proceeding).tier, {"mediate"})
    return Offer(act, reverse("turn_clock", args=[row.pk, act]), frozenset(duties))


def recusals(proceeding, rng):
    """Return asking that somebody keep away, or deciding on what was asked, or None."""
    waiting = Recusal.objects.filter(proceeding=proceeding, granted=None).first()
    if waiting:
        # About the head it is the committee: whoever works there writes down what it decided.
        return Offer("recusal", reverse("recusal", args=[waiting.pk]), frozenset(WORKING))
    if proceeding.closed_at is not None:
        return None
    url = reverse("recusal_ask", args=[proceeding.case_id])
    return Offer("recusal_ask", url, frozenset(WORKING))


def _choose(names, rng):
    names = [name for name in names if name not in SELDOM or rng.random() < 0.25]
    return rng.choice(names) if names else None


# What is tried how often.
KINDS = {steps: 66, ways: 12, desk: 17, clocks: 5, recusals: 1}


def draw_offer(proceeding, rng):
    """Return something to do in the case of *proceeding*, or None."""
    return rng.choices(list(KINDS), list(KINDS.values()))[0](proceeding, rng)
