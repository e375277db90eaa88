"""Papers of the commission reach the parties, and what begins with that.

How a paper is served and proved is the record's, see ``disputes.domain.service``; here is what
the commission serves, on whom, and which terms run from the day of receipt.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import lock
from arbitration.domain.refusals import (
    DoneBefore,
    NobodyServed,
    NotDocketed,
    NothingToServe,
)
from arbitration.domain.simplified import defence_days, is_simplified
from arbitration.models import AddedParty, ClaimAward, Decision
from disputes.domain import clocks
from disputes.domain.service import closing
from disputes.domain.service.recording import owe, record_service
from disputes.domain.service.table import let_begin, let_simplify
from disputes.domain.service.ways import check_proof, shown_name
from disputes.domain.timeline import Kind, record
from disputes.domain.words import house_words
from disputes.models import ClockEvent, Party, ServedPaper, ServiceMethod

ONE_DAY = timedelta(days=1)


def connect():
    """Let terms begin with the service of the commission's papers, wherever it is recorded."""
    let_begin(ServedPaper.APPLICATION_COPY, begin=_begin_defence)
    for paper in (ServedPaper.AWARD, ServedPaper.STATEMENT, ServedPaper.PARTIAL_AWARD):
        let_begin(paper, begin=_begin_remedies)
    let_simplify(is_simplified)


@transaction.atomic
def serve_copy(proceeding, *, served_on, method, receipt="", reason="", witnesses="", at, by=None):
    """Serve the copy of the application on the respondents, proved as ``check_proof`` asks.

    From the day that counts as receipt they have 10 working days to answer (劳动争议调解仲裁法
    article 30). Days of a public notice do not count for the award
    (劳动人事争议仲裁办案规则 article 46(六)). Returns the ``Service`` rows.
    """
    lock(proceeding)
    facts = {
        "served_on": served_on,
        "method": method,
        "receipt": receipt,
        "reason": reason,
        "witnesses": witnesses,
    }
    check_copy(proceeding, **facts, today=timezone.localdate(at))
    return [
        record_service(proceeding, party, paper=ServedPaper.APPLICATION_COPY, at=at, by=by, **facts)
        for party in without_copy(proceeding)
    ]


def check_copy(proceeding, *, today, **facts):
    """Raise a ``Refusal`` when the copy cannot be served like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if not without_copy(proceeding):
        raise DoneBefore
    for party in without_copy(proceeding):
        check_way(
            party,
            proceeding=proceeding,
            paper=ServedPaper.APPLICATION_COPY,
            today=today,
            after=proceeding.accepted_on,
            what=_("when the case was docketed"),
            **facts,
        )


def without_copy(proceeding):
    """Return the respondents on whom the copy of the application is not served yet."""
    served = proceeding.services.served().filter(paper=ServedPaper.APPLICATION_COPY)
    there = set(served.values_list("party", flat=True))
    return [party for party in respondents_of(proceeding) if party.pk not in there]


def has_copies(proceeding):
    """Return whether every respondent was served the application."""
    return not without_copy(proceeding)


@transaction.atomic
def serve_award(proceeding, *, services, at, by=None):
    """Serve the decision on parties: *services* is a list of dicts of party,
    served_on, method, receipt, reason and witnesses.

    A worker may sue within 15 days of receipt; an employer too where a claim's award is not
    final, and within 30 days have a final one set aside (劳动争议调解仲裁法 articles 48 to 50).
    Parties may follow later; once all are served, ARB_AWARD ends. Returns the ``Service`` rows.
    """
    lock(proceeding)
    check_award_service(proceeding, services=services, today=timezone.localdate(at))
    return _serve(_decision_of(proceeding), services, at=at, by=by)


def check_award_service(proceeding, *, services, today):
    """Raise a ``Refusal`` when the decision cannot be served like this."""
    waiting = unserved_parties(proceeding)
    _check_services(_decision_of(proceeding), services, waiting, today)


@transaction.atomic
def serve_part(proceeding, *, services, at, by=None):
    """Serve the partial award on parties, as ``serve_award`` does; the case goes on."""
    lock(proceeding)
    check_part_service(proceeding, services=services, today=timezone.localdate(at))
    return _serve(_part_of(proceeding), services, at=at, by=by)


def check_part_service(proceeding, *, services, today):
    """Raise a ``Refusal`` when the partial award cannot be served like this."""
    waiting = without_part(proceeding)
    _check_services(_part_of(proceeding), services, waiting, today)


def without_part(proceeding):
    """Return the parties on whom the partial award is not served yet."""
    served = proceeding.services.served().filter(paper=ServedPaper.PARTIAL_AWARD)
    return list(proceeding.case.parties.exclude(pk__in=served.values("party")))


def owe_decision(decision, *, at, by=None):
    """Let *decision* stand to be served on every party."""
    proceeding = decision.proceeding
    owe(proceeding, proceeding.case.parties.all(), paper=paper_of(decision), at=at, by=by)


def paper_of(decision):
    """Return which served paper *decision* is."""
    if decision.partial:
        return ServedPaper.PARTIAL_AWARD
    return ServedPaper.STATEMENT if decision.kind == Decision.Kind.STATEMENT else ServedPaper.AWARD


def _serve(decision, services, *, at, by):
    return [
        record_service(decision.proceeding, paper=paper_of(decision), at=at, by=by, **facts)
        for facts in services
    ]


def _check_services(decision, services, waiting, today):
    if decision is None:
        raise NothingToServe
    if not services:
        raise NobodyServed
    proceeding, waiting = decision.proceeding, {party.pk for party in waiting}
    for facts in services:
        party = facts["party"]
        if party.pk not in waiting:
            raise DoneBefore
        check_way(
            party,
            proceeding=proceeding,
            paper=paper_of(decision),
            **{name: value for name, value in facts.items() if name != "party"},
            today=today,
            after=decision.decided_on,
            what=_("when it was decided"),
            name=f"{{}}_{party.pk}",
        )


def check_way(party, *, proceeding, paper, **facts):
    """Raise a ``Refusal`` when *paper* cannot have been served on *party* like this.

    *facts* are those of ``check_proof``. The desk writes down here who signed, or the number.
    """
    check_proof(proceeding, party, paper=paper, **facts)


def respondents_of(proceeding):
    """Return the respondents of the case."""
    return list(proceeding.case.parties.filter(role=Party.Role.RESPONDENT))


def unserved_parties(proceeding):
    """Return the parties on whom the decision is not served yet, in the order of the file."""
    served = _served(proceeding).values("party")
    return list(proceeding.case.parties.exclude(pk__in=served))


def all_served(proceeding):
    """Return whether the decision reached every party."""
    return _decision_of(proceeding) is not None and not unserved_parties(proceeding)


def is_over(proceeding):
    """Return whether the decision reached everybody and nothing else waits to be served."""
    return all_served(proceeding) and closing.all_served(proceeding)


# Without names: the timeline is read by more people than the parties' data.
_SERVED = {
    (ServedPaper.AWARD, Party.Kind.WORKER): N_("Award served on the worker"),
    (ServedPaper.AWARD, Party.Kind.EMPLOYER): N_("Award served on the employer"),
    (ServedPaper.PARTIAL_AWARD, Party.Kind.WORKER): N_("Partial award served on the worker"),
    (ServedPaper.PARTIAL_AWARD, Party.Kind.EMPLOYER): N_("Partial award served on the employer"),
    (ServedPaper.STATEMENT, Party.Kind.WORKER): N_("Mediation statement served on the worker"),
    (ServedPaper.STATEMENT, Party.Kind.EMPLOYER): N_("Mediation statement served on the employer"),
}


def _decision_of(proceeding):
    return proceeding.arbitral_decisions.filter(partial=False).first()


def _part_of(proceeding):
    return proceeding.arbitral_decisions.filter(partial=True).first()


def _served(proceeding):
    """Return who got the decision that stands: not a statement on which somebody went back."""
    decision = _decision_of(proceeding)
    papers = [ServedPaper.AWARD, ServedPaper.STATEMENT]
    rows = proceeding.services.served().filter(paper__in=papers)
    return rows.filter(at__gte=decision.at) if decision else rows


def _begin_defence(service, *, at, by):
    """The respondent has the copy: its time to answer runs."""
    proceeding, party = service.proceeding, service.party
    added = AddedParty.objects.filter(proceeding=proceeding, party=party).exists()
    if party.role == Party.Role.RESPONDENT:
        clock = {"proceeding": proceeding, "party": party if added else None}
        _start_once(service, "ARB_DEFENSE", at=at, by=by, amount=defence_days(proceeding), **clock)
    if added:
        return
    if has_copies(proceeding):
        clocks.stop_clocks(proceeding, "ARB_SERVE_COPY", on=service.served_on, at=at, by=by)
    if service.method == ServiceMethod.PUBLIC:
        since, until = service.served_on + ONE_DAY, service.received_on + ONE_DAY
        _leave_out(proceeding, since=since, until=until, at=at, by=by)
    _note(proceeding, N_("Application served on the respondent"), at=at, by=by)


def _start_once(service, rule, *, at, by, proceeding, **facts):
    """Start *rule* with the day of *service*, unless it runs from that day already."""
    running = clocks.find_clock(
        proceeding.case, rule, proceeding=proceeding, party=facts.get("party")
    )
    if running and running.started_on == service.received_on:
        return
    clocks.start_clock(
        proceeding.case,
        rule,
        on=service.received_on,
        at=at,
        by=by,
        proceeding=proceeding,
        service=service,
        **facts,
    )


def _begin_remedies(service, *, at, by):
    """The party has the decision: its time to sue or to have it set aside runs."""
    proceeding = service.proceeding
    partial = service.paper == ServedPaper.PARTIAL_AWARD
    decision = _part_of(proceeding) if partial else _decision_of(proceeding)
    for rule in remedies(decision, service.party) if decision else ():
        clocks.start_clock(
            proceeding.case,
            rule,
            on=service.received_on,
            at=at,
            by=by,
            # Both awards of a case may run beside each other for one party.
            proceeding=None if partial else proceeding,
            party=service.party,
            service=service,
        )
    verb = _SERVED[service.paper, service.party.kind]
    _note(proceeding, verb, at=at, by=by, key=True)
    if not partial and all_served(proceeding):
        last = max(_served(proceeding).values_list("served_on", flat=True))
        clocks.stop_clocks(proceeding, "ARB_AWARD", on=last, at=at, by=by)


def remedies(decision, party):
    """Return the rules of the time limits that *party* has against *decision*."""
    papers = set(decision.awards.values_list("paper", flat=True))
    final, other = ClaimAward.Paper.FINAL in papers, ClaimAward.Paper.NON_FINAL in papers
    if party.kind == Party.Kind.WORKER:
        return ["SUE_15"] if final or other else []
    return ["SUE_15"] * other + ["SETASIDE_30"] * final


def _leave_out(proceeding, *, since, until, at, by):
    """Leave the days from *since* to the day before *until* out of the term of the award."""
    running = clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
    if running is None or running.events.filter(kind=ClockEvent.Kind.SUSPEND, on=since).exists():
        return
    reason = house_words(N_("Service by public notice"))
    clocks.suspend_clock(running, on=since, at=at, by=by, reason=reason)
    clocks.resume_clock(running, on=until, at=at, by=by, reason=reason)


def _note(proceeding, verb, *, at, by, **facts):
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, kind=Kind.PAPER, **facts)


__all__ = [
    "all_served",
    "check_award_service",
    "check_copy",
    "check_part_service",
    "check_way",
    "connect",
    "has_copies",
    "is_over",
    "owe_decision",
    "paper_of",
    "record_service",
    "remedies",
    "respondents_of",
    "serve_award",
    "serve_copy",
    "serve_part",
    "shown_name",
    "unserved_parties",
    "without_copy",
    "without_part",
]
