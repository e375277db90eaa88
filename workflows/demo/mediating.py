"""How demo people take the steps of mediation."""

from datetime import timedelta
from decimal import Decimal

from disputes.domain.clocks import find_clock
from disputes.domain.facts import Said, shown_at, state_facts
from disputes.domain.notes import add_note
from disputes.models import ClaimKind, TimelineEntry
from legal_aid.domain.reviews import accept as accept_review
from legal_aid.domain.reviews import open_review
from mediation.domain import agreements, bound, failure
from mediation.domain.sessions import Attendee
from mediation.models import (
    Agreement,
    FailureRecord,
    NoticeMethod,
    Session,
    SessionAttendee,
    Signature,
)
from offices.duties import Role
from offices.models import Office
from workflows.courses import change_handler
from workflows.demo import claims
from workflows.demo.accounts import offices_of
from workflows.demo.materials import exchange_proof
from workflows.demo.paces import pace_of
from workflows.demo.rosters import consent_all
from workflows.demo.words import day_words

Kind = TimelineEntry.Kind
NOTES = {Kind.CALL: "calls", Kind.VISIT: "visits"}
MEETING = timedelta(minutes=90)
Check = SessionAttendee.Check
WAYS = ("phone", "phone", "phone", "visit", "letter")


def examine(walk, visit):
    """The mediator looks at the application."""
    how = _how(walk, visit)
    corrected = walk.proceeding.corrections.exists()
    facts = {"in_scope": how.examined != "outside", "complete": True}
    if how.examined == "outside":
        facts["note"] = walk.say("outside_scope")
    elif how.examined == "incomplete" and not corrected:
        facts |= {"complete": False, "missing": walk.say("missing")}
    walk.complete(visit, by=_mediator(walk), **facts)


def correct(walk, visit):
    """The applicant brings what was missing."""
    asked = walk.proceeding.examinations.last().missing
    walk.complete(visit, by=_mediator(walk), received=asked, received_on=walk.today)


def consult(walk, visit):
    """The mediator asks the other side."""
    how = _how(walk, visit)
    walk.complete(
        visit,
        by=_mediator(walk),
        asked_at=walk.at - timedelta(minutes=10),
        method=walk.rng.choice(WAYS),
        answer=how.answer,
        note=walk.say("said_by_employer") if how.answer == "agreed" else "",
    )


def decide(walk, visit):
    """The head accepts or refuses."""
    how = _how(walk, visit)
    if how.examined != "outside" and how.answer == "agreed":
        walk.complete(visit, by=_head(walk), accepted=True)
        return
    walk.complete(
        visit,
        by=_head(walk),
        accepted=False,
        reasons=_why_refused(walk, how),
        **_notice(walk),
    )


def _why_refused(walk, how):
    if how.examined == "outside":
        return walk.proceeding.examinations.last().note
    return walk.say("refused_reasons" if how.answer == "refused" else "unanswered_reasons")


def appoint(walk, visit):
    """The head appoints the mediator and may ask a lawyer."""
    how, asked = _how(walk, visit), {}
    lawyers = _lawyers(walk) if how.review else []
    if lawyers:
        term = find_clock(walk.case, "MED_CLOSE", proceeding=walk.proceeding)
        due = min(walk.later(days_=4).date(), term.due_legal)
        asked = {"lawyer": walk.rng.choice(lawyers), "due_on": max(due, walk.today)}
    walk.complete(
        visit,
        by=_head(walk),
        mediator=_mediator(walk),
        members=[_head(walk)] if walk.case.collective else [],
        reason=walk.say("appointed_because"),
        conflict_declared=True,
        **asked,
    )


def _lawyers(walk):
    centre = offices_of(Office.Kind.AID_CENTRE).first()
    return walk.stage.people(centre, Role.LAWYER) if centre else []


def review(walk, visit):
    """The lawyer takes the review and hands in her opinion."""
    asked = open_review(walk.proceeding)
    if asked.accepted_at is None:
        accept_review(asked, conflict_declared=True, at=walk.at, by=asked.lawyer)
    walk.complete(
        visit,
        by=asked.lawyer,
        facts=walk.say("review_facts"),
        opinion=walk.say("review_opinions"),
        recommendation=walk.rng.choice(["mediate", "mediate", "negotiate", "arbitrate"]),
        risk=walk.rng.choice(["low", "medium", "medium", "high"]),
        bottom_line=walk.say("bottom_lines"),
        conflict_declared=True,
    )


def when_reviewed(walk, visit):
    """Return when the opinion comes: before the first meeting, or never."""
    return walk.later(days_=pace_of(walk, "review")) if _how(walk, visit).review == "in" else None


def mediate(walk, visit):
    """The parties meet, perhaps not for the last time; or the file changes hands first."""
    how, handler = _how(walk, visit), walk.proceeding.handler
    if how.new_handler and handler != _head(walk):
        change_handler(
            walk.proceeding, handler=_head(walk), reason=walk.say("hand_over"),
            conflict_declared=True, at=walk.at, by=_head(walk),
        )  # fmt: skip
        return
    _state_facts(walk, handler)
    exchange_proof(walk, by=handler)
    held = walk.proceeding.sessions.count() + 1
    result = Session.Result.ADJOURNED
    if held >= how.sessions and how.result != "expires":
        result = Session.Result(how.result)
    walk.complete(visit, by=handler, **_session(walk, handler, result))
    _note_something(walk, handler)


def _state_facts(walk, by):
    """The mediator asks for the elements first, unless a tier before has them already."""
    seen = shown_at(walk.proceeding)
    if seen:
        return
    hired = (walk.case.occurred_on or walk.case.received_on) - timedelta(days=500)
    said = {
        "入职日期": Said(hired.isoformat(), "worker", "admitted"),
        "签订书面合同": Said("yes", "employer", "admitted"),
        "月工资标准": Said("7300.00", "worker", "disputed", "实为7000元，另有绩效"),
        "社会保险": Said("partly", "worker"),
    }
    state_facts(walk.proceeding, said, seen=seen, at=walk.at, by=by)


def _session(walk, host, result):
    facts = {
        "started_at": walk.at - MEETING,
        "ended_at": walk.at - timedelta(minutes=10),
        "place": walk.say("places"),
        "mode": walk.rng.choice(["on_site", "on_site", "on_site", "video", "phone"]),
        "host": host,
        "attendance": "",
        "attendees": _attendees(walk),
        "recusal_told": True,
        "recusal_worker": Session.Recusal.NONE,
        "recusal_employer": Session.Recusal.NONE,
        "statement_worker": walk.case.facts,
        "statement_employer": "",
        "statements": walk.say("statements"),
        "undisputed": walk.say("undisputed"),
        "issues": walk.say("issues"),
        "proposal": _proposal(walk),
        "offer_by": Session.Offer.MEDIATOR,
        "result": result,
        "next_at": None,
    }
    if result == Session.Result.ADJOURNED:
        facts["next_at"] = _next_meeting(walk)
    return facts


def _attendees(walk):
    agent = walk.employer.contact_name or walk.employer.name
    return [
        Attendee(
            walk.worker.name, "worker", SessionAttendee.Part.SELF, SessionAttendee.Check.ID_CARD
        ),
        Attendee(
            agent, "employer", SessionAttendee.Part.AGENT, SessionAttendee.Check.AUTHORISATION
        ),
    ]


def _proposal(walk):
    until = walk.today + timedelta(days=30)
    return walk.say("proposals", total=f"{_agreed_sum(walk):,.2f}", until=day_words(until))


def _next_meeting(walk):
    """Return the moment of the next meeting, None when the term leaves no room for one."""
    moment = walk.later(days_=2)
    term = find_clock(walk.case, "MED_CLOSE", proceeding=walk.proceeding)
    return moment if moment.date() <= term.due_legal else None


def when_met(walk, visit):
    """Return when the parties meet next; None once nobody brings the matter to an end."""
    how, last = _how(walk, visit), walk.proceeding.sessions.last()
    held = last.ordinal if last else 0
    if how.result == "expires" and held >= how.sessions:
        return None
    if last and last.next_at:
        return last.next_at + MEETING
    return walk.later(days_=pace_of(walk, "mediate")).replace(minute=0) + MEETING


def sign(walk, visit):
    """The agreement is written and signed, at once, in two turns, or not after all."""
    how, known = _how(walk, visit), agreements.of(walk.proceeding)
    facts = _agreement(walk) if known is None else _as_written(known)
    if how.paper == "declined":
        facts |= {"declined": True}
    else:
        names = ["worker_signed_on", "mediator_signed_on"]
        if known or how.paper == "signed":
            names += ["employer_signed_on", "sealed_on"]
        facts |= {name: facts.get(name) or walk.today for name in names}
        consent_all(walk, by=walk.proceeding.handler)
    day = facts.get("employer_signed_on")
    sides = [side._replace(signed_on=day) for side in bound.sides_of(walk.proceeding, known)]
    by = walk.proceeding.handler
    walk.complete(visit, by=by, **facts, employers=sides, handed_over=True)


def when_signed(walk, visit):
    """Return when somebody signs next; None for the half-signed paper that waits."""
    waits = _how(walk, visit).paper == "half" and agreements.of(walk.proceeding)
    return None if waits else walk.later(days_=pace_of(walk, "agreement"))


def _agreement(walk):
    until, total = walk.today + timedelta(days=walk.rng.choice([10, 15, 30, 60])), _agreed_sum(walk)
    instalments = total > Decimal(10_000) and walk.rng.random() < 0.5
    tier = "enterprise" if walk.proceeding.tier == 1 else "regional"
    instalments = instalments or walk.plan.mediation(tier).instalments
    mode = Agreement.Performance.INSTALMENTS if instalments else Agreement.Performance.ONCE
    topic = "terms_instalments" if instalments else "terms_once"
    terms = {
        "firm": walk.employer.name,
        "name": walk.worker.name,
        "total": f"{total:,.2f}",
        "until": day_words(until),
    }
    return {
        "terms": walk.say(topic, **terms),
        "amount": total,
        "performance_by": until,
        "performance_mode": mode,
        "confirms_relationship": {claim.kind for claim in walk.claims} == {ClaimKind.RELATIONSHIP},
        "copies": 3,
        **dict.fromkeys(agreements.ELEMENTS),
    }


def _as_written(known):
    names = [*agreements.ELEMENTS, "terms", "amount", "performance_by", "performance_mode"]
    return {name: getattr(known, name) for name in [*names, "confirms_relationship", "copies"]}


def fail(walk, visit):
    """The failure is recorded and the notice served."""
    known, agreement = failure.of(walk.proceeding), agreements.of(walk.proceeding)
    reason = FailureRecord.Reason.NO_AGREEMENT
    if known:
        reason = known.reason
    elif agreement and agreement.declined:
        reason = FailureRecord.Reason.REFUSED
    signs = walk.rng.random() < 0.8
    walk.complete(
        visit,
        by=walk.proceeding.handler,
        reason=reason,
        worker_signature=Signature.SIGNED,
        employer_signature=Signature.SIGNED if signs else Signature.REFUSED,
        **_notice(walk),
        refusal_note="" if signs else walk.say("refusal_notes"),
    )


def choose(walk, visit):
    """The applicant says where she goes."""
    chosen = _how(walk, visit).choice
    if walk.proceeding.accepted_on is None and chosen == "next_tier":
        chosen = "arbitration"
    if visit.tier == "regional" and chosen == "next_tier":
        chosen = "arbitration"
    topics = {"arbitration": "choice_arbitration", "next_tier": "choice_next", "end": "choice_end"}
    by = walk.proceeding.handler or _mediator(walk)
    walk.complete(visit, by=by, choice=chosen, on=walk.today, note=walk.say(topics[chosen]))


def _how(walk, visit):
    return walk.plan.mediation(visit.tier)


def _mediator(walk):
    return walk.stage.person(walk.proceeding.office, Role.MEDIATOR)


def _head(walk):
    return walk.stage.person(walk.proceeding.office, Role.HEAD)


def _agreed_sum(walk):
    """Return what the parties meet at: most of what was asked, in whole tens."""
    asked = claims.sum_of([{"amount": claim.amount} for claim in walk.claims])
    share = Decimal(walk.rng.choice(["0.6", "0.7", "0.8", "0.9", "1"]))
    return max((asked * share).quantize(Decimal("1e1")), Decimal(0)).quantize(claims.CENT)


def _notice(walk):
    """How the written notice reached the applicant, and what proves it."""
    method = walk.rng.choice([NoticeMethod.HANDED, NoticeMethod.HANDED, NoticeMethod.MAIL])
    mailed = method == NoticeMethod.MAIL
    return {
        "notice_served_on": walk.today,
        "notice_method": method,
        "notice_receipt": walk.say("mail_receipts") if mailed else "",
    }


def _note_something(walk, by):
    if walk.rng.random() < 0.35:
        kind = walk.rng.choice(list(NOTES))
        add_note(
            walk.proceeding,
            kind=kind,
            text=walk.say(NOTES[kind]),
            reach=TimelineEntry.Reach.OFFICE,
            at=walk.at + timedelta(minutes=5),
            by=by,
        )


ACTS = {
    "examine": (examine, None),
    "correction": (correct, None),
    "consult": (consult, None),
    "decide": (decide, None),
    "appoint": (appoint, None),
    "mediate": (mediate, when_met),
    "review": (review, when_reviewed),
    "agreement": (sign, when_signed),
    "failure": (fail, None),
    "choice": (choose, None),
}
