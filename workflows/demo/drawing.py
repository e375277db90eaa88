"""Plans drawn by chance, as often as practice has them."""

from dataclasses import replace
from datetime import timedelta

from disputes.models import Cause, Source
from disputes.models.choices import Grade
from workflows.demo import claims, days
from workflows.demo.plans import Arbitration, Mediation, Plan

PLACES = {
    "enterprise": 18,
    "station": 34,
    "industry": 12,
    "county": 20,
    "city": 8,
    "commission": 8,
}
SOURCES = {
    Source.SELF: 38,
    Source.HOTLINE: 17,
    Source.STATION: 14,
    Source.CITY_HOTLINE: 8,
    Source.ARBITRATION: 8,
    Source.COURT: 7,
    Source.INSPECTION: 4,
    Source.SUPERVISION: 2,
    Source.PETITION: 2,
}
GRADES = {Grade.SIMPLE: 30, Grade.ORDINARY: 62, Grade.MAJOR: 8}
COLLECTIVE = 0.005
TWINS = 0.03
GOES_ON = 0.6
RESULTS = {
    "enterprise": {"settled": 68, "failed": 22, "expires": 10},
    "regional": {"settled": 78, "failed": 17, "expires": 5},
}


def draw_plan(rng, *, index, filing_days):
    """Return the ``Plan`` of the case *index*; *filing_days* are those of ``days``."""
    dates, weights = filing_days
    day = rng.choices(dates, weights)[0]
    place = _draw(rng, PLACES)
    workers = draw_workers(rng) if rng.random() < COLLECTIVE else 1
    return Plan(
        index=index,
        filed_at=days.office_hour(rng, day),
        place=place,
        source=draw_source(rng, place),
        cause=Cause.WAGES if workers > 1 else claims.draw_cause(rng),
        grade=Grade.MAJOR if workers > 1 else _draw(rng, GRADES),
        workers=workers,
        twin=index > 0 and rng.random() < TWINS,
        next_tier=rng.random() < GOES_ON,
        enterprise=_draw_mediation(rng, "enterprise"),
        regional=_draw_mediation(rng, "regional"),
        arbitration=_draw_arbitration(rng),
        leaves=_draw_leaving(rng),
    )


def draw_source(rng, place):
    """Return how a dispute filed at *place* became known."""
    source = _draw(rng, SOURCES)
    if place == "commission":
        return Source.SELF
    if place == "station":
        return Source.STATION if source == Source.SELF else source
    return Source.SELF if source == Source.STATION else source


def draw_workers(rng):
    """Return how many workers a collective dispute has: 10 to 400, half of them up to 17."""
    return max(10, min(400, round(rng.lognormvariate(2.83, 0.78))))


def twin_of(plan, other, *, rng):
    """Return *plan* told of the matter of *other*, a few days later and through another door."""
    later = days.after(rng, other.filed_at, days=rng.randrange(1, 8))
    if plan.filed_at < other.filed_at or plan.filed_at - other.filed_at > timedelta(days=30):
        plan = replace(plan, filed_at=later)
    return replace(plan, cause=other.cause)


def _draw_mediation(rng, tier):
    return Mediation(
        examined=_draw(rng, {"complete": 86, "incomplete": 12, "outside": 2}),
        answer=_draw(rng, {"agreed": 92, "refused": 5, "none": 3}),
        sessions=_draw(rng, {1: 60, 2: 30, 3: 10}),
        result=_draw(rng, RESULTS[tier]),
        review=_draw(rng, {"": 80, "in": 17, "late": 3}),
        paper=_draw(rng, {"signed": 82, "later": 14, "declined": 4}),
        choice=_draw_choice(rng, tier),
        new_handler=rng.random() < 0.04,
    )


def _draw_choice(rng, tier):
    if tier == "enterprise":
        return _draw(rng, {"next_tier": 55, "arbitration": 30, "end": 15})
    return _draw(rng, {"arbitration": 70, "end": 30})


def _draw_arbitration(rng):
    last = _draw(rng, {"concluded": 55, "mediated": 36, "default": 6, "applicant_absent": 3})
    return Arbitration(
        complete=rng.random() < 0.85,
        docketed=rng.random() < 0.95,
        copy=_draw(rng, {"direct": 70, "mail": 27, "left": 2, "public": 1}),
        defence=_draw_defence(rng),
        hearings=("adjourned", last) if rng.random() < 0.12 else (last,),
        supported=_draw(rng, {"full": 30, "part": 30, "mixed": 30, "none": 10}),
        extended=rng.random() < 0.05,
    )


def _draw_defence(rng):
    return _draw(
        rng,
        {"received": 60, "none": 25, "late": 6, "waived": 5, "objection": 2, "counterclaim": 2},
    )


def _draw_leaving(rng):
    steps = {
        ("regional.mediate", "withdraw"): 25,
        ("enterprise.mediate", "withdraw"): 8,
        ("regional.mediate", "arbitrate"): 15,
        ("enterprise.mediate", "arbitrate"): 7,
        ("arbitration.hearing", "withdraw"): 90,
    }
    return _draw(rng, {(): 1000 - sum(steps.values()), **steps})


def _draw(rng, weights):
    return rng.choices(list(weights), weights.values())[0]
