"""How demo people take the steps of arbitration."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from arbitration.domain import awards, extension, schedule, service
from arbitration.domain.defence import term_of
from arbitration.domain.panels import needs_three
from arbitration.models import ClaimAward, Decision, HearingRecord
from disputes.domain.clocks import find_clock
from disputes.models import Party, ServiceMethod
from law.calendar import load_calendar
from offices.domain.bookings import Taken
from offices.duties import Role
from offices.models import Room
from workflows.demo import claims, days
from workflows.demo.paces import pace_of
from workflows.demo.rosters import consent_all
from workflows.demo.words import words

Result, Supported = HearingRecord.Result, ClaimAward.Supported
SLOTS = (time(9), time(14))
HEARING = timedelta(hours=2, minutes=30)
COPY_RECEIPTS = {ServiceMethod.MAIL: "mail_receipts", ServiceMethod.PUBLIC: "public_receipts"}
TOPICS = {
    Result.CONCLUDED: "hearings",
    Result.MEDIATED: "hearings_settled",
    Result.ADJOURNED: "hearings_adjourned",
    Result.DEFAULT: "hearings_default",
    Result.APPLICANT_ABSENT: "hearings_absent",
}
TERM_EXTENDED = 15


def receive(walk, visit):
    """The application, signed, comes in; papers may be missing."""
    facts = {"received_on": walk.today, "signed_on": walk.today, "complete": True}
    if not walk.plan.arbitration.complete:
        missing = {"missing": walk.say("missing_papers"), "asked_on": walk.today}
        facts |= {"complete": False, **missing}
    walk.complete(visit, by=_clerk(walk), **facts)


def correct(walk, visit):
    """The applicant brings the papers."""
    asked = walk.proceeding.arbitration_receipt.missing
    walk.complete(visit, by=_clerk(walk), received=asked, received_on=walk.today)


def docket(walk, visit):
    """The head of the commission takes the case on, or not."""
    facts = {
        "docketed": walk.plan.arbitration.docketed,
        "notice_served_on": walk.today,
        "notice_method": ServiceMethod.DIRECT,
    }
    if not facts["docketed"]:
        facts["reasons"] = walk.say("docket_refusals")
    walk.complete(visit, by=_head(walk), **facts)


def form_panel(walk, visit):
    """One arbitrator for a simple case, three for a major one."""
    arbitrators = list(walk.stage.people(walk.proceeding.office, Role.ARBITRATOR))
    walk.rng.shuffle(arbitrators)
    seats = {"presiding": arbitrators[0], "reason": walk.say("sole_because")}
    sole = not needs_three(walk.proceeding)
    if not sole:
        others = [*arbitrators[1:], _head(walk), *_further_arbitrators(walk)]
        seats = {"presiding": arbitrators[0], "second": others[0], "third": others[1]}
    walk.complete(
        visit, by=_clerk(walk), sole=sole, **seats, clerk=_clerk(walk), conflict_declared=True,
        notified_on=walk.today,
    )  # fmt: skip


def _further_arbitrators(walk):
    office = walk.proceeding.office
    return [walk.stage.person(office, Role.ARBITRATOR, nth) for nth in (1, 2)]


def serve_copy(walk, visit):
    """The copy reaches the respondent."""
    method = ServiceMethod(walk.plan.arbitration.copy)
    facts = {"receipt": walk.say(COPY_RECEIPTS.get(method, "copy_receipts"))}
    if method == ServiceMethod.PUBLIC:
        facts["reason"] = "邮寄退回，其他方式无法送达"
    if method == ServiceMethod.LEFT:
        facts |= {"reason": "前台拒绝签收", "witnesses": "社区工作人员、物业工作人员"}
    walk.complete(visit, by=_clerk(walk), served_on=walk.today, method=method, **facts)


def record_defence(walk, visit):
    """The respondent answers, or his term passes."""
    how = walk.plan.arbitration.defence
    facts = {"received": how not in ("none", "waived"), "waived": how == "waived"}
    if facts["received"]:
        facts |= {"received_on": walk.today, "copy_served_on": walk.today}
    if how == "objection":
        facts |= {"jurisdiction_objection": True, "note": walk.say("objections")}
    if how == "counterclaim":
        counter = {"counter_claim": True, "counter_joined": True, "counter_decided_on": walk.today}
        facts |= {**counter, "note": walk.say("counterclaims")}
    walk.complete(visit, by=_clerk(walk), **facts)


def when_answered(walk, visit):
    """Return when the answer comes: within the term, after it, or not at all."""
    how, until = walk.plan.arbitration.defence, term_of(walk.proceeding)
    if how == "waived":
        return walk.later(days_=1)
    if how == "none":
        return days.office_hour(walk.rng, load_calendar().workday_after(until, 1))
    if how == "late":
        return days.office_hour(walk.rng, load_calendar().workday_after(until, 2))
    return days.after(walk.rng, max(walk.at, _copy_counts(walk)), days=5)


def _copy_counts(walk):
    served = walk.proceeding.services.served().filter(paper="application_copy").first()
    return days.moment(served.received_on, time(9))


def set_hearing(walk, visit):
    """The clerk finds the first lawful day with a free room and free arbitrators."""
    first = schedule.propose_hours(walk.proceeding, today=walk.today)[0]
    for starts_at in _slots(first.date()):
        for room in words()["rooms"]:
            facts = _hearing(walk, starts_at, room)
            if _is_free(walk, facts):
                walk.complete(visit, by=_clerk(walk), **facts, notice_method=ServiceMethod.DIRECT)
                return


def _hearing(walk, starts_at, room):
    return {
        "starts_at": starts_at,
        "ends_at": starts_at + HEARING,
        "mode": "room",
        "room": Room.objects.get_or_create(office=walk.proceeding.office, name=room)[0],
        "new_room": "",
        "notified_on": walk.today,
    }


def _is_free(walk, facts):
    try:
        schedule.check_hearing(walk.proceeding, **facts, waive_notice=False, at=walk.at)
    except Taken:
        return False
    return True


def _slots(day):
    calendar = load_calendar()
    while True:
        for begin in SLOTS:
            yield timezone.make_aware(datetime.combine(day, begin))
        day = calendar.next_workday(day + timedelta(days=1))


def hear(walk, visit):
    """The panel hears whoever comes; sometimes the term of the award is extended afterwards."""
    result = _next_result(walk)
    walk.complete(
        visit,
        by=_presiding(walk),
        applicant_present=result != Result.APPLICANT_ABSENT,
        respondent_present=result != Result.DEFAULT,
        mediation_tried=result in (Result.CONCLUDED, Result.MEDIATED),
        record=walk.say(TOPICS[result]),
        result=result,
    )
    if walk.plan.arbitration.extended and result == Result.CONCLUDED:
        _extend_award(walk)


def _next_result(walk):
    """Return what comes of this hearing: without an answer there may yet be a settlement."""
    planned = walk.plan.arbitration.hearings
    held = HearingRecord.objects.filter(hearing__proceeding=walk.proceeding).count()
    return Result(planned[min(held, len(planned) - 1)])


def when_heard(walk, visit):
    """Return when the record of the hearing that is set is written: at its end."""
    return schedule.hearing_ahead(walk.proceeding).ends_at + timedelta(minutes=15)


def _extend_award(walk):
    term = find_clock(walk.case, "ARB_AWARD", proceeding=walk.proceeding)
    if term is None or walk.today > term.due_legal:
        return
    extension.extend_award(
        walk.proceeding, days=TERM_EXTENDED, reason=walk.say("extension_because"),
        approved_on=walk.today, approved_by=_head(walk), notified_on=walk.today, at=walk.at,
        by=_clerk(walk),
    )  # fmt: skip


def decide(walk, visit):
    """The panel makes an award per claim, or puts a settlement into a statement."""
    settled = _last_result(walk) == Result.MEDIATED
    if settled:
        consent_all(walk, by=_presiding(walk))
    walk.complete(
        visit,
        by=_presiding(walk),
        kind=Decision.Kind.STATEMENT if settled else Decision.Kind.AWARD,
        decided_on=walk.today,
        reasons=walk.say("statement_reasons" if settled else "award_reasons"),
        claims=[_award(walk, claim, number, settled) for number, claim in enumerate(walk.claims)],
    )


def _award(walk, claim, number, settled):
    supported = "part" if settled and claim.amount else walk.plan.arbitration.supported
    if supported == "mixed":
        supported = ("full", "part", "none")[number % 3]
    amount = None
    if supported == "part" and claim.amount:
        share = Decimal(walk.rng.choice(["0.5", "0.6", "0.7", "0.8"]))
        amount = (claim.amount * share).quantize(claims.CENT)
    return {
        "claim": claim,
        "supported": Supported(supported),
        "amount_awarded": amount,
        "paper": "",
        "override_reason": "",
    }


def serve(walk, visit):
    """The decision reaches the parties, together or one after the other."""
    waiting = service.unserved_parties(walk.proceeding)
    if walk.plan.arbitration.apart:
        waiting = waiting[:1]
    services = [
        {
            "party": party,
            "served_on": walk.today,
            "method": ServiceMethod.DIRECT,
            "receipt": words()["award_receipts"][party.kind == Party.Kind.EMPLOYER],
        }
        for party in waiting
    ]
    walk.complete(visit, by=_clerk(walk), services=services)


def when_served(walk, visit):
    """Return when the decision is served; the second party may still wait."""
    waits = walk.plan.arbitration.apart and awards.of(walk.proceeding).proceeding.services.filter(
        paper__in=["award", "statement"]
    )
    return None if waits else walk.later(days_=pace_of(walk, "serve"))


def _last_result(walk):
    held = HearingRecord.objects.filter(hearing__proceeding=walk.proceeding)
    return held.order_by("hearing__ordinal").last().result


def _clerk(walk):
    return walk.stage.person(walk.proceeding.office, Role.ARBITRATION_CLERK)


def _head(walk):
    return walk.stage.person(walk.proceeding.office, Role.COMMISSION_HEAD)


def _presiding(walk):
    return walk.proceeding.arbitral_panel.presiding


ACTS = {
    "receive": (receive, None),
    "correction": (correct, None),
    "docket": (docket, None),
    "panel": (form_panel, None),
    "serve_copy": (serve_copy, None),
    "defence": (record_defence, when_answered),
    "set_hearing": (set_hearing, None),
    "hearing": (hear, when_heard),
    "award": (decide, None),
    "serve": (serve, when_served),
}
