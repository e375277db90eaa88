"""Plans that every demo has: an open case at every step of every flow, and every kind of end.

Days are working days. In a quick plan the application is examined on the day of filing, the
other side asked and acceptance decided on day 1, the mediator appointed on day 2, the parties
met on day 4, an agreement or a failure written on day 5 and the choice made on day 6. The
commission dockets on day 2, forms the panel and serves the copy on day 3, sets the hearing on
day 4 for after the term of the defence (about day 14), decides 5 days after it and serves 2
days later.
"""

from datetime import date

from disputes.models import Cause, ClaimKind, EmploymentForm, Source
from disputes.models.choices import Grade
from law.calendar import load_calendar
from law.deadlines import compute
from law.rules import rule_on
from workflows.demo import days
from workflows.demo.claims import draw_cause
from workflows.demo.drawing import draw_source
from workflows.demo.plans import Arbitration, Mediation, Plan

# The day of a quick plan on which the clock starts.
STARTS = {"MED_CLOSE": 1, "ARB_AWARD": 2}
FURTHEST_BACK = 90


def make_plans(today, *, rng_of):
    """Return the scenarios as ``Plan`` list for the date *today*; *rng_of* gives chance by index.

    The more telling ones come first, so that a small demo has them.
    """
    plans = []
    for index, (filed, facts) in enumerate(_all()):
        rng = rng_of(index)
        filed_at = days.early_hour(rng, filed(today))
        facts = {**_drawn(rng, facts), **facts}
        plans.append(Plan(index=index, filed_at=filed_at, quick=True, **facts))
    return plans


def _drawn(rng, facts):
    """Return what the scenario with *facts* leaves to chance."""
    drawn = {
        "grade": rng.choice((Grade.SIMPLE, Grade.ORDINARY)),
        "source": draw_source(rng, facts["place"]),
    }
    return drawn if "claims" in facts else drawn | {"cause": draw_cause(rng)}


def ago(number):
    """Return when a case was filed *number* working days before today."""
    return lambda today: days.workdays_before(today, number)


def running(rule_id):
    """Return when a case was filed whose *rule_id* still runs today and ends first."""
    return lambda today: _last(rule_id, today, over=False)


def over(rule_id):
    """Return when a case was filed whose *rule_id* ended last, yesterday or before."""
    return lambda today: _last(rule_id, today, over=True)


def _last(rule_id, today, *, over):
    calendar, found = load_calendar(), None
    for back in range(1, FURTHEST_BACK):
        filed = calendar.workday_before(today, back)
        start = calendar.workday_after(filed, STARTS[rule_id])
        ended = compute(rule_on(rule_id, start), start, calendar).legal < today
        if ended:
            return filed if over else found
        found = filed
    return found


def _all():
    return [
        *_mediation("enterprise", place="enterprise"),
        *_mediation("regional", place="county"),
        *_escalated(),
        *_arbitration(),
        *_outside(),
        *_turned(),
        *_ended_in_mediation(),
        *_ended_in_arbitration(),
        *_turned_and_ended(),
        *_stories(),
    ]


def _at(filed, *stops, place, nth=0, **facts):
    return filed, {"place": place, "nth": nth, "stops": frozenset(stops), **facts}


def _mediation(tier, *, place):
    """One open case for every step of a mediation flow, filed at this tier."""

    def at(filed, *steps, nth=0, **facts):
        how = {name: facts.pop(name) for name in list(facts) if name not in PLAN_FIELDS}
        stops = [f"{tier}.{step}" for step in steps]
        return _at(filed, *stops, place=place, nth=nth, **{tier: Mediation(**how)}, **facts)

    return [
        at(ago(1), "examine", name_kind="dotted"),
        at(ago(7), "examine"),
        at(ago(2), "correction", examined="incomplete"),
        at(ago(2), "consult", name_kind="rare"),
        at(ago(2), "decide", nth=0, source=Source.HOTLINE),
        at(ago(2), "decide", nth=2, answer="refused"),
        at(ago(3), "appoint", born=date(1992, 2, 29)),
        at(ago(3), "mediate"),
        at(ago(6), "mediate.3", sessions=3, nth=1),
        at(running("MED_CLOSE"), sessions=2, result="expires"),
        at(ago(3), "mediate", "review", review="late"),
        at(ago(5), "agreement", sessions=1, cause=Cause.SEVERANCE),
        at(ago(7), paper="half"),
        at(ago(5), "failure", result="failed"),
        at(over("MED_CLOSE"), "failure", result="expires", sessions=2),
        at(ago(7), "choice", result="failed", nth=2),
        at(ago(4), "choice", answer="refused"),
    ]


PLAN_FIELDS = Plan.__dataclass_fields__.keys()


def _escalated():
    """Cases that went from an enterprise to its region, and stand there."""
    expires, failed = Mediation(result="expires", sessions=2), Mediation(result="failed")
    enterprise = {"place": "enterprise", "next_tier": True}
    return [
        _at(over("MED_CLOSE"), "regional.examine", enterprise=expires, **enterprise),
        _at(ago(8), "regional.mediate", enterprise=failed, **enterprise, name_kind="long"),
        _at(ago(7), "regional.decide", enterprise=failed, nth=3, **enterprise),
        _at(
            ago(9),
            "regional.appoint",
            place="enterprise",
            enterprise=Mediation(result="failed", choice="next_tier"),
        ),
    ]


def _arbitration():
    """One open case for every step of arbitration, and the clocks near and over."""

    def at(filed, *steps, place="commission", **facts):
        how = {name: facts.pop(name) for name in list(facts) if name not in PLAN_FIELDS}
        stops = [f"arbitration.{step}" for step in steps]
        return _at(filed, *stops, place=place, arbitration=Arbitration(**how), **facts)

    refused = Mediation(answer="refused")
    return [
        at(ago(1), "receive"),
        at(ago(3), "receive", place="county", regional=refused),
        at(ago(6), "receive", place="enterprise", leaves=("enterprise.mediate", "arbitrate")),
        at(ago(2), "correction", complete=False),
        at(ago(2), "docket"),
        at(ago(10), "docket", cause=Cause.INSURANCE),
        at(ago(3), "panel", "serve_copy"),
        at(ago(4), "serve_copy"),
        at(ago(5), "set_hearing", defence="none"),
        at(ago(9), "defence", defence="none"),
        at(ago(11), "hearing"),
        at(ago(24), "hearing", cause=Cause.INJURY),
        at(ago(30), "set_hearing.2", hearings=("adjourned", "concluded")),
        at(ago(24), "award"),
        at(running("ARB_AWARD"), "award", cause=Cause.TERMINATION),
        at(ago(55), "award", defence="objection"),
        at(ago(36), "award", extended=True, grade=Grade.MAJOR),
        at(ago(26), "award", hearings=("default",), defence="none"),
        at(ago(32), "serve", supported="part"),
        at(ago(34), apart=True, supported="full"),
    ]


def _outside():
    """Cases at a commission that works outside this system."""
    refused = Mediation(answer="refused")
    return [
        _at(filed, *stops, place="outside", regional=refused)
        for filed, stops in (
            (ago(4), ["outside.send"]),
            (ago(6), ["outside.receipt"]),
            (ago(12), ["outside.outcome"]),
            (ago(60), []),
        )
    ]


def _turned():
    """Open cases to which something happened beside the steps."""
    wages, severance = ClaimKind.WAGE_ARREARS, ClaimKind.SEVERANCE

    def at(filed, stop, *turns, nth=0, **facts):
        step = stop.rpartition(".")[0] if stop[-1].isdigit() else stop
        named = tuple((turn if isinstance(turn, tuple) else (step, turn)) for turn in turns)
        place = "commission" if stop.startswith("arbitration") else "county"
        return _at(filed, stop, place=place, nth=nth, turns=named, **facts)

    return [
        at(ago(4), "regional.consult", ("regional.examine", "hand_on")),
        at(ago(7), "regional.consult", ("regional.examine", "hand_on"),
           ("regional.examine", "hand_back"), nth=1),
        at(ago(7), "regional.mediate", "recuse"),
        at(ago(6), "regional.mediate", "stand_still", nth=1),
        at(ago(6), "regional.mediate", "step_back", nth=2),
        at(ago(16), "regional.examine.2", ("end", "reopen"), nth=2,
           leaves=("regional.mediate", "withdraw")),
        at(ago(12), "arbitration.set_hearing", "suspend", cause=Cause.INJURY),
        at(ago(9), "arbitration.set_hearing", "commission"),
        at(ago(4), "arbitration.serve_copy", ("arbitration.panel", "simplify")),
        at(ago(36), "arbitration.award", "decide_part", claims=(wages, severance), total=18_000),
        at(ago(6), "regional.mediate", nth=3, dispatched=True),
        at(ago(4), "regional.consult", nth=4, born=date(1959, 3, 8),
           claims=(wages, ClaimKind.RELATIONSHIP), total=6_200),
        # One matter reported at two doors, and merged.
        at(ago(5), "regional.mediate", nth=3),
        _at(ago(3), place="county", nth=4, twin=True, turns=(("regional.examine", "merge"),)),
    ]  # fmt: skip


def _turned_and_ended():
    """Ended cases to which something happened beside the steps."""
    wages, before = ClaimKind.WAGE_ARREARS, "arbitration.set_hearing"

    def at(filed, *turns, **facts):
        facts |= {"turns": turns, "claims": (wages,), "total": 16_000}
        return _at(filed, place="commission", **facts)

    return [
        _at(ago(30), place="county", nth=1, turns=(("regional.examine", "hand_on"),)),
        _at(ago(34), place="county", nth=2, turns=(("regional.mediate", "recuse"),)),
        _at(ago(36), place="county", nth=0, dispatched=True),
        # Agreements that may still be brought before the commission.
        *(_at(ago(days_), place="county", nth=nth) for nth, days_ in enumerate((8, 9, 10))),
        at(ago(95), (before, "suspend"), (before, "resume")),
        at(ago(82), (before, "commission"), (before, "come_back")),
        at(ago(78), ("arbitration.hearing", "disclose")),
        at(ago(76), ("end", "set_aside")),
        at(ago(74), ("end", "sue"), arbitration=Arbitration(supported="none")),
    ]


def _stories():
    """The stories of practice that no other plan tells; see ``stories``."""
    wages, outside = ClaimKind.WAGE_ARREARS, Mediation(examined="outside", choice="end")

    def at(filed, story, *stops, place="county", **facts):
        return _at(filed, *stops, place=place, story=story, **facts)

    return [
        at(ago(9), "settled at once", cause=Cause.WAGES, grade=Grade.SIMPLE, claims=(wages,),
           total=6_800, turns=(("end", "perform"),)),
        # Before the meeting that was held lately, agreed upon after it.
        at(ago(14), "building site", place="industry", workers=40, cause=Cause.WAGES,
           grade=Grade.MAJOR, total=640_000, turns=(("end", "perform"),),
           regional=Mediation(sessions=2, instalments=True)),
        at(ago(16), "dispatched", dispatched=True, cause=Cause.SEVERANCE,
           claims=(ClaimKind.SEVERANCE,), total=12_400),
        at(ago(26), "injury", "arbitration.hearing", cause=Cause.INJURY,
           claims=(ClaimKind.INJURY, ClaimKind.INJURY_MEDICAL), total=48_000,
           regional=Mediation(result="failed")),
        at(ago(18), "court", source=Source.COURT, cause=Cause.WAGES, claims=(wages,), total=9_600,
           turns=(("end", "confirm"), ("end", "confirmed"))),
        at(ago(17), "letters", source=Source.SUPERVISION, cause=Cause.HOURS,
           claims=(ClaimKind.OVERTIME,), total=5_200,
           turns=(("regional.mediate", "send_opinion"), ("regional.mediate", "send_proposal"))),
        at(ago(8), "rider", cause=Cause.PLATFORM, form=EmploymentForm.PLATFORM, claims=(wages,),
           total=1_500, regional=outside),
        at(ago(27), "silent employer", "arbitration.hearing", regional=Mediation(answer="none"),
           cause=Cause.WAGES, claims=(wages,), total=11_200,
           arbitration=Arbitration(defence="none")),
    ]  # fmt: skip


def _ended_in_mediation():
    """Every way in which a case ends before arbitration."""
    expires = Mediation(result="expires", sessions=1)
    return [
        _at(ago(25), place="enterprise", enterprise=Mediation(review="in", sessions=2)),
        _at(ago(48), place="enterprise", next_tier=True, enterprise=expires, regional=Mediation()),
        _at(ago(35), place="station", nth=0, regional=Mediation(paper="later")),
        _at(ago(40), place="county", nth=1, regional=Mediation(new_handler=True)),
        _at(ago(30), place="county", leaves=("regional.mediate", "withdraw")),
        _at(ago(20), place="county", regional=Mediation(examined="outside", choice="end")),
        _at(ago(33), place="county", nth=2, regional=Mediation(result="failed", choice="end")),
        _at(
            ago(28), place="industry", workers=42, cause=Cause.WAGES, grade=Grade.MAJOR,
            source=Source.SUPERVISION, total=680_000,
        ),
    ]  # fmt: skip


def _ended_in_arbitration():
    """Every way in which arbitration ends."""
    refused = Mediation(answer="none")
    wages, reinstatement = ClaimKind.WAGE_ARREARS, ClaimKind.REINSTATEMENT

    def at(filed, *, place="commission", **facts):
        how = {name: facts.pop(name) for name in list(facts) if name not in PLAN_FIELDS}
        return _at(filed, place=place, arbitration=Arbitration(**how), **facts)

    return [
        at(ago(70), place="county", regional=refused, claims=(wages,), total=14_600),
        at(ago(75), claims=(wages, reinstatement), total=12_000),
        at(ago(80), cause=Cause.RELATIONSHIP, claims=(ClaimKind.RELATIONSHIP,), complete=False),
        at(ago(65), hearings=("mediated",), place="enterprise", nth=1,
           leaves=("enterprise.consult", "arbitrate")),
        at(ago(85), hearings=("applicant_absent",), defence="late"),
        at(ago(68), hearings=("default",), defence="none", claims=(wages,), total=9_800),
        at(ago(50), docketed=False),
        at(ago(90), copy="public", defence="none", hearings=("default",), supported="part"),
        at(ago(95), defence="counterclaim", supported="mixed", total=60_000),
        at(ago(60), defence="waived", hearings=("adjourned", "mediated")),
        at(ago(100), workers=12, grade=Grade.MAJOR, claims=(wages,), total=210_000),
        at(ago(72), leaves=("arbitration.hearing", "withdraw")),
        at(ago(110), place="county", nth=1, regional=Mediation(paper="declined"),
           supported="none"),
    ]  # fmt: skip
