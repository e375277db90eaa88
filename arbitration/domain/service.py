"""Papers reach the parties, and what begins with that."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import (
    AwardsAreFormal,
    DoneBefore,
    Missing,
    NobodyServed,
    NoElectronicService,
    NotByThisWay,
    NotDocketed,
    NothingToServe,
)
from arbitration.domain.simplified import check_method, defence_days
from arbitration.domain.words import house_words
from arbitration.models import ClaimAward, Decision, Method, Paper, Service
from disputes.domain import clocks
from disputes.domain.timeline import Kind, record
from disputes.look.masks import mask_name
from disputes.models import Party
from law.calendar import load_calendar
from law.deadlines import compute
from law.rules import rule_on

ONE_DAY = timedelta(days=1)
# Ways of service after which a term must pass before the paper counts as received.
TERMS = {Method.LEFT: "SERVE_RETENTION", Method.PUBLIC: "SERVE_PUBLIC"}


def counts_from(served_on, method):
    """Return the date that counts as that of receipt of a paper served on *served_on*.

    A paper left at the address counts as received after 3 working days (劳动人事争议仲裁办案规则
    article 20), one published after 30 days (民事诉讼法 article 95).
    """
    if method not in TERMS:
        return served_on
    return compute(rule_on(TERMS[method], served_on), served_on, load_calendar()).legal


def record_service(proceeding, party, *, paper, served_on, method, receipt="", at, by=None):
    """Write down that *paper* was served on *party*; return the ``Service``."""
    service, _made = Service.objects.get_or_create(
        proceeding=proceeding,
        party=party,
        paper=paper,
        served_on=served_on,
        defaults={
            "method": method,
            "received_on": counts_from(served_on, method),
            "receipt": receipt,
            "at": at,
            "by": by,
        },
    )
    return service


@transaction.atomic
def serve_copy(proceeding, *, served_on, method, receipt, at, by=None):
    """Serve the copy of the application on the respondent, proved by *receipt*.

    From the day that counts as receipt he has 10 working days to answer (劳动争议调解仲裁法
    article 30). Days of a public notice do not count for the award
    (劳动人事争议仲裁办案规则 article 46(六)). Returns the ``Service`` rows.
    """
    lock(proceeding)
    facts = {"served_on": served_on, "method": method, "receipt": receipt}
    check_copy(proceeding, **facts, today=timezone.localdate(at))
    services = [
        record_service(proceeding, party, paper=Paper.APPLICATION_COPY, at=at, by=by, **facts)
        for party in respondents_of(proceeding)
    ]
    on = counts_from(served_on, method)
    clocks.stop_clocks(proceeding, "ARB_SERVE_COPY", on=served_on, at=at, by=by)
    clocks.start_clock(
        proceeding.case,
        "ARB_DEFENSE",
        on=on,
        at=at,
        by=by,
        proceeding=proceeding,
        amount=defence_days(proceeding),
    )
    if method == Method.PUBLIC:
        _leave_out(proceeding, since=served_on + ONE_DAY, until=on + ONE_DAY, at=at, by=by)
    _note(proceeding, N_("Application served on the respondent"), at=at, by=by)
    return services


def check_copy(proceeding, *, served_on, method, receipt, today):
    """Raise a ``Refusal`` when the copy cannot be served like this."""
    if proceeding.services.filter(paper=Paper.APPLICATION_COPY).exists():
        raise DoneBefore
    if proceeding.accepted_on is None:
        raise NotDocketed
    for party in respondents_of(proceeding):
        check_way(
            party,
            proceeding=proceeding,
            served_on=served_on,
            method=method,
            receipt=receipt,
            today=today,
            after=proceeding.accepted_on,
            what=_("when the case was docketed"),
        )


@transaction.atomic
def serve_award(proceeding, *, services, at, by=None):
    """Serve the decision on parties: *services* is a list of dicts of party, served_on, method,
    receipt.

    A worker may sue within 15 days of receipt; an employer too where a claim's award is not
    final, and within 30 days have a final one set aside (劳动争议调解仲裁法 articles 48 to 50).
    Parties may follow later; once all are served, ARB_AWARD ends. Returns the ``Service`` rows.
    """
    lock(proceeding)
    check_award_service(proceeding, services=services, today=timezone.localdate(at))
    rows = _serve(_decision_of(proceeding), services, at=at, by=by)
    if all_served(proceeding):
        last = max(_served(proceeding).values_list("served_on", flat=True))
        clocks.stop_clocks(proceeding, "ARB_AWARD", on=last, at=at, by=by)
    return rows


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
    served = proceeding.services.filter(paper=Paper.PARTIAL_AWARD).values("party")
    return list(proceeding.case.parties.exclude(pk__in=served))


def _serve(decision, services, *, at, by):
    proceeding, paper = decision.proceeding, _paper_of(decision)
    rows = [record_service(proceeding, paper=paper, at=at, by=by, **facts) for facts in services]
    for row in rows:
        _start_remedies(decision, row, at=at, by=by)
        verb = _SERVED[row.paper, row.party.kind]
        _note(proceeding, verb, at=at, by=by, key=True)
    return rows


def _paper_of(decision):
    if decision.partial:
        return Paper.PARTIAL_AWARD
    return Paper.STATEMENT if decision.kind == Decision.Kind.STATEMENT else Paper.AWARD


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
        if decision.kind == Decision.Kind.STATEMENT and facts["method"] in TERMS:
            raise NotByThisWay(field=f"method_{party.pk}")
        if facts["method"] == Method.SIMPLE:
            raise AwardsAreFormal(field=f"method_{party.pk}")
        check_way(
            party,
            proceeding=proceeding,
            **{name: value for name, value in facts.items() if name != "party"},
            today=today,
            after=decision.decided_on,
            what=_("when it was decided"),
            suffix=f"_{party.pk}",
        )


def shown_name(party):
    """Return the name of *party* as pages show it: that of a person masked."""
    return mask_name(party.name) if party.kind == Party.Kind.WORKER else party.name


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


# Without names: the timeline is read by more people than the parties' data.
_SERVED = {
    (Paper.AWARD, Party.Kind.WORKER): N_("Award served on the worker"),
    (Paper.AWARD, Party.Kind.EMPLOYER): N_("Award served on the employer"),
    (Paper.PARTIAL_AWARD, Party.Kind.WORKER): N_("Partial award served on the worker"),
    (Paper.PARTIAL_AWARD, Party.Kind.EMPLOYER): N_("Partial award served on the employer"),
    (Paper.STATEMENT, Party.Kind.WORKER): N_("Mediation statement served on the worker"),
    (Paper.STATEMENT, Party.Kind.EMPLOYER): N_("Mediation statement served on the employer"),
}


def _decision_of(proceeding):
    return proceeding.arbitral_decisions.filter(partial=False).first()


def _part_of(proceeding):
    return proceeding.arbitral_decisions.filter(partial=True).first()


def _served(proceeding):
    return proceeding.services.filter(paper__in=[Paper.AWARD, Paper.STATEMENT])


def check_way(party, *, proceeding, served_on, method, receipt, today, after, what, suffix=""):
    """Raise a ``Refusal`` when a paper that must be proved cannot be served on *party* like this.

    *after* is the date before which it cannot have been, *what* says in words what was then.
    """
    check_day(served_on, field=f"served_on{suffix}", today=today, after=after, what=what)
    if not method:
        raise Missing(field=f"method{suffix}", what=_("how it was served"))
    check_method(proceeding, method, field=f"method{suffix}")
    if method == Method.ELECTRONIC and not party.accepts_e_service:
        raise NoElectronicService(field=f"method{suffix}", party=shown_name(party))
    if not receipt.strip():
        raise Missing(field=f"receipt{suffix}", what=_("what proves the service"))


def _start_remedies(decision, service, *, at, by):
    for rule in remedies(decision, service.party):
        clocks.start_clock(
            decision.proceeding.case,
            rule,
            on=service.received_on,
            at=at,
            by=by,
            # Both awards of a case may run beside each other for one party.
            proceeding=None if decision.partial else decision.proceeding,
            party=service.party,
        )


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
    if running is None:
        return
    reason = house_words(N_("Service by public notice"))
    clocks.suspend_clock(running, on=since, at=at, by=by, reason=reason)
    clocks.resume_clock(running, on=until, at=at, by=by, reason=reason)


def _note(proceeding, verb, *, at, by, **facts):
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, kind=Kind.PAPER, **facts)
