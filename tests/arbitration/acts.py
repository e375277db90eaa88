"""What the commission does in the stories of this folder, in order unless said otherwise.

Filed and received on Monday 7 September 2026, docketed on the 9th, panel and copy on the 10th,
the term of the defence ends on the 23rd, told on the 24th, heard on 9 October, decided on the
12th, served on the 13th. The 25th to 27th and 1 to 7 October are days off, 20 September and
10 October are working days.
"""

from datetime import date, datetime

from arbitration.domain import (
    awards,
    defence,
    docket,
    hearings,
    panels,
    receipts,
    service,
)
from arbitration.models import Decision, Hearing, HearingRecord
from disputes.models import Deadline, ServiceMethod
from offices.duties import Role
from tests import factories

SHANGHAI = factories.SHANGHAI


def at(month, day, hour=9, minute=0):
    """Return a moment of 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def day(month, of_month):
    """Return a date of 2026."""
    return date(2026, month, of_month)


def clock(proceeding, rule, party=None):
    """Return the last deadline *rule* of the proceeding's case."""
    rows = Deadline.objects.filter(case=proceeding.case, rule__rule_id=rule)
    return rows.filter(party=party).last() if party else rows.last()


def titles(proceeding):
    """Return the verbs of the case's timeline, the oldest first."""
    return [entry.verb for entry in proceeding.case.timeline.order_by("pk")]


def party(proceeding, kind):
    return proceeding.case.parties.get(kind=kind)


def make_arbitrator(register, username, name):
    return factories.make_user(username, name, office=register.commission, role=Role.ARBITRATOR)


def receive(proceeding, *, at=at(9, 7), by=None, **facts):
    facts = {"received_on": day(9, 7), "signed_on": day(9, 7), "complete": True, **facts}
    return docket.receive(proceeding, **facts, at=at, by=by)


def take_on(proceeding, *, at=at(9, 9), by=None, **facts):
    """Receive the application and docket it."""
    if not receipts.filed_on(proceeding):
        receive(proceeding, by=by)
    return docket.decide(proceeding, **{"docketed": True, **facts}, at=at, by=by)


def seat(proceeding, presiding, *, at=at(9, 10), by=None, **facts):
    """Let *presiding* sit alone."""
    facts = {
        "sole": True,
        "reason": "事实清楚、争议不大",
        "conflict_declared": True,
        "notified_on": day(9, 10),
        **facts,
    }
    return panels.form_panel(proceeding, presiding=presiding, **facts, at=at, by=by)


def serve_copy(proceeding, *, at=at(9, 10), by=None, **facts):
    facts = {
        "served_on": day(9, 10),
        "method": ServiceMethod.DIRECT,
        "receipt": "前台周某签收",
        **proof_of(facts),
        **facts,
    }
    return service.serve_copy(proceeding, **facts, at=at, by=by)


def answer(proceeding, *, at=at(9, 18), by=None, **facts):
    facts = {"received": True, "received_on": day(9, 18), **facts}
    return defence.record_defence(proceeding, **facts, at=at, by=by)


def set_hearing(proceeding, *, at=at(9, 24, 10), by=None, **facts):
    facts = {
        "starts_at": globals()["at"](10, 9, 9),
        "ends_at": globals()["at"](10, 9, 12),
        "mode": Hearing.Mode.ROOM,
        "new_room": "" if facts.get("room") else "第一仲裁庭",
        "notified_on": day(9, 24),
        "notice_method": ServiceMethod.DIRECT,
        **facts,
    }
    return hearings.set_hearing(proceeding, **facts, at=at, by=by)


def hold(proceeding, *, at=at(10, 9, 12), by=None, **facts):
    facts = {
        "applicant_present": True,
        "respondent_present": True,
        "mediation_tried": True,
        "record": "双方到庭,经调解未能达成一致。",
        "result": HearingRecord.Result.CONCLUDED,
        **facts,
    }
    return hearings.hold_hearing(proceeding, **facts, at=at, by=by)


def claim_facts(claim, supported="full", **facts):
    return {
        "claim": claim,
        "supported": supported,
        "amount_awarded": None,
        "paper": "",
        "override_reason": "",
        **facts,
    }


def decide(proceeding, *, at=at(10, 12), by=None, claims=None, **facts):
    facts = {
        "kind": Decision.Kind.AWARD,
        "decided_on": day(10, 12),
        "reasons": "欠付工资事实清楚,应予支持。",
        "claims": claims or [claim_facts(claim) for claim in proceeding.case.claims.all()],
        **facts,
    }
    return awards.decide(proceeding, **facts, at=at, by=by)


def proof_of(facts):
    """What must be told besides when a paper was left or published."""
    if facts.get("method") == ServiceMethod.LEFT:
        return {"reason": "前台拒收", "witnesses": "街道干部甲、邻居乙"}
    return {"reason": "下落不明"} if facts.get("method") == ServiceMethod.PUBLIC else {}


def served_on(*parties, on=day(10, 13), method=ServiceMethod.DIRECT, receipt="本人签收"):
    facts = {"served_on": on, "method": method, "receipt": receipt}
    return [{"party": each, **facts, **proof_of(facts)} for each in parties]


def serve(proceeding, *parties, at=at(10, 13), by=None, **facts):
    parties = parties or tuple(proceeding.case.parties.all())
    return service.serve_award(proceeding, services=served_on(*parties, **facts), at=at, by=by)


def bring_to(proceeding, step, presiding, *, by=None):
    """Bring a received case to just before *step*: a name of STEPS."""
    for name, act in STEPS:
        if name == step:
            return proceeding
        act(proceeding, presiding, by)
    return proceeding


STEPS = [
    ("docket", lambda p, presiding, by: take_on(p, by=by)),
    ("panel", lambda p, presiding, by: seat(p, presiding, by=by)),
    ("serve_copy", lambda p, presiding, by: serve_copy(p, by=by)),
    ("defence", lambda p, presiding, by: answer(p, by=by)),
    ("set_hearing", lambda p, presiding, by: set_hearing(p, by=by)),
    ("hearing", lambda p, presiding, by: hold(p, by=by)),
    ("award", lambda p, presiding, by: decide(p, by=by)),
    ("serve", lambda p, presiding, by: serve(p, by=by)),
]
