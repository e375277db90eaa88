"""What mediators do in the stories of this folder, with everything in order unless said."""

from datetime import datetime, timedelta

from mediation.domain import acceptance, agreements, failure, sessions
from mediation.models import (
    Agreement,
    Consultation,
    FailureRecord,
    NoticeMethod,
    Session,
    Signature,
)
from tests.factories import MONDAY, SHANGHAI

TUESDAY = MONDAY + timedelta(days=1)


TENTH_AT_11 = datetime(2026, 9, 10, 11, tzinfo=SHANGHAI)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def at(month, day, hour=9, minute=0):
    """Return a moment of 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def examine(proceeding, *, by, at=MONDAY, **facts):
    facts = {"in_scope": True, "complete": True, **facts}
    return acceptance.examine(proceeding, **facts, at=at, by=by)


def consult(proceeding, *, by, at=MONDAY, **facts):
    facts = {
        "asked_at": at,
        "method": Consultation.Method.PHONE,
        "answer": Consultation.Answer.AGREED,
        **facts,
    }
    return acceptance.consult(proceeding, **facts, at=at, by=by)


def accept(proceeding, *, by, at=TUESDAY):
    examine(proceeding, by=by)
    consult(proceeding, by=by)
    return acceptance.decide(proceeding, accepted=True, at=at, by=by)


def session_facts(host, **facts):
    return {
        "started_at": at(9, 10, 9),
        "ended_at": at(9, 10, 10, 30),
        "place": "古塔区总工会 302 室",
        "mode": Session.Mode.ON_SITE,
        "host": host,
        "attendance": "韩玉兰;锦北样例建筑003有限公司 钱某",
        "recusal_told": True,
        "statements": "工人要求付清七月工资,单位称资金周转困难。",
        "undisputed": "欠付七月工资。",
        "issues": "金额",
        "proposal": "单位在九月底前付 12000 元。",
        "result": Session.Result.ADJOURNED,
        "next_at": None,
        **facts,
    }


def hold_session(proceeding, *, by, at=TENTH_AT_11, **facts):
    return sessions.record_session(
        proceeding, **session_facts(facts.pop("host", by), **facts), at=at, by=by
    )


def agreement_facts(**facts):
    signed = at(9, 10).date()
    return {
        "terms": "单位于 2026 年 9 月 30 日前付工资 12000 元。",
        "amount": 12000,
        "performance_by": at(9, 30).date(),
        "performance_mode": Agreement.Performance.ONCE,
        "confirms_relationship": False,
        "copies": 3,
        "worker_signed_on": signed,
        "employer_signed_on": signed,
        "mediator_signed_on": signed,
        "sealed_on": signed,
        **facts,
    }


def sign(proceeding, *, by, at=NEXT_MONDAY, handed_over=True, **facts):
    return agreements.sign_agreement(
        proceeding, **agreement_facts(**facts), handed_over=handed_over, at=at, by=by
    )


def failure_facts(**facts):
    return {
        "reason": FailureRecord.Reason.NO_AGREEMENT,
        "worker_signature": Signature.SIGNED,
        "employer_signature": Signature.SIGNED,
        "notice_served_on": at(9, 14).date(),
        "notice_method": NoticeMethod.HANDED,
        "refusal_note": "",
        **facts,
    }


def fail(proceeding, *, by, at=NEXT_MONDAY, **facts):
    return failure.record_failure(proceeding, **failure_facts(**facts), at=at, by=by)


def clock(proceeding, rule_id):
    """Return the latest deadline *rule_id* of the proceeding's case."""
    return proceeding.case.deadlines.filter(rule__rule_id=rule_id).latest("pk")


def told(proceeding):
    """Return what the timeline says, oldest first: (title in English, reach)."""
    return [
        (entry.verb % entry.facts, entry.reach)
        for entry in proceeding.case.timeline.order_by("pk")
        if entry.proceeding_id == proceeding.pk
    ]
