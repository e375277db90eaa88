"""Suits, applications to set aside and enforcement, and the time limits that follow."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NotDecidedYet,
    NothingFinal,
    NotTheirs,
    WrongCourtOutcome,
)
from arbitration.models import ClaimAward, CourtCase, CourtPaper
from disputes.domain import clocks
from disputes.domain.timeline import Kind as EntryKind
from disputes.domain.timeline import record
from disputes.models import Deadline, Party, Proceeding

Kind, Outcome = CourtCase.Kind, CourtCase.Outcome
WORKER, EMPLOYER = Party.Kind.WORKER, Party.Kind.EMPLOYER
# Which time limit of a party is used up by which step.
USES = {
    Kind.SUIT: ("SUE_15", "SUE_AFTER_SET", "SUE_NOEXEC"),
    Kind.SETASIDE: ("SETASIDE_30", "SETASIDE_WORKER_OUT", "SETASIDE_UNSTATED"),
    Kind.APPEAL: ("APPEAL_15",),
    Kind.ENFORCEMENT: ("EXEC_2Y",),
    Kind.NO_ENFORCEMENT: (),
}
# Which time limit the receipt of a judgment or ruling starts, and for which kind of party.
FOLLOWS = {
    (Kind.SUIT, Outcome.JUDGMENT): ("APPEAL_15", (WORKER, EMPLOYER)),
    (Kind.SUIT, Outcome.NOT_TAKEN): ("SETASIDE_UNSTATED", (EMPLOYER,)),
    (Kind.SETASIDE, Outcome.SET_ASIDE): ("SUE_AFTER_SET", (WORKER, EMPLOYER)),
    (Kind.NO_ENFORCEMENT, Outcome.NOT_ENFORCED): ("SUE_NOEXEC", (WORKER, EMPLOYER)),
}
# The worker's suit came to nothing: the employer may now have a final award set aside.
WORKER_OUT = (Outcome.WITHDRAWN, Outcome.DISMISSED)
AWARDED = (Outcome.JUDGMENT, Outcome.FINAL_JUDGMENT, Outcome.MEDIATED, Outcome.ENFORCED)


@transaction.atomic
def note_filing(proceeding, *, kind, party, court, filed_on, number="", at, by=None):
    """Note that *party* went to *court* on the date *filed_on*, and its number there if known.

    Its time limit for it ends: met, or late. Returns the ``CourtCase``.
    """
    _lock(proceeding)
    facts = {"kind": kind, "party": party, "court": court, "filed_on": filed_on, "number": number}
    check_filing(proceeding, **facts, today=timezone.localdate(at))
    row = CourtCase.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    for deadline in _limits(row):
        clocks.stop_clock(deadline, on=max(filed_on, deadline.started_on), at=at, by=by)
    _note(row, FILED[kind], at=at, by=by, court=court, number=number or "—")
    return row


def check_filing(proceeding, *, kind, party, court, filed_on, number, today):
    """Raise a ``Refusal`` when no such step at court can be noted."""
    decision = proceeding.arbitral_decisions.order_by("decided_on").first()
    if decision is None and proceeding.outcome not in ("refused", "cancelled", "terminated"):
        raise NotDecidedYet
    if kind == Kind.SETASIDE:
        _check_setting_aside(proceeding, party)
    if not court.strip():
        raise Missing(field="court", what=_("which court"))
    check_day(
        filed_on,
        field="filed_on",
        today=today,
        after=decision and decision.decided_on,
        what=_("when it was decided"),
    )
    if proceeding.court_cases.filter(kind=kind, party=party, outcome="").exists():
        raise DoneBefore


@transaction.atomic
def note_outcome(
    court_case, *, outcome, ended_on, received, number="", amount=None, note="", at, by=None
):
    """Note how *court_case* ended, and when each party received the paper.

    *received* maps parties to dates. Each receipt starts that party's next time limit: to appeal
    (民事诉讼法 article 171), to sue after a setting aside (劳动争议调解仲裁法 article 49), to have
    the award set aside once the worker's suit is out (法释〔2020〕26号 article 21), and the like.
    """
    _lock(court_case.proceeding)
    facts = {"outcome": outcome, "ended_on": ended_on, "received": received}
    check_outcome(court_case, **facts, today=timezone.localdate(at))
    court_case.outcome, court_case.ended_on, court_case.note = outcome, ended_on, note
    court_case.amount = amount if outcome in AWARDED else None
    court_case.number = number or court_case.number
    court_case.save()
    for party, day in received.items():
        paper = CourtPaper.objects.create(court_case=court_case, party=party, received_on=day)
        _start_next(paper, at=at, by=by)
    said = court_case.get_outcome_display()
    _note(court_case, N_("Court: %(outcome)s"), at=at, by=by, text=note, outcome=said)
    return court_case


def check_outcome(court_case, *, outcome, ended_on, received, today):
    """Raise a ``Refusal`` when *court_case* cannot have ended like this."""
    if court_case.outcome:
        raise DoneBefore
    if outcome not in CourtCase.OUTCOMES[court_case.kind]:
        raise WrongCourtOutcome(field="outcome")
    check_day(
        ended_on,
        field="ended_on",
        today=today,
        after=court_case.filed_on,
        what=_("when it was filed"),
    )
    for party, day in received.items():
        check_day(
            day,
            field=f"received_{party.pk}",
            today=today,
            after=ended_on,
            what=_("when the court decided"),
        )


def end_passed_limits(*, at, batch=500):
    """Let time limits to sue or to set aside that passed unused come to rest; return how many.

    With that the award is in force for who let it pass (劳动争议调解仲裁法 articles 48, 50).
    """
    on = timezone.localdate(at)
    rules = {rule for rules in USES.values() for rule in rules} - {"EXEC_2Y"}
    passed = Deadline.objects.running().filter(rule__rule_id__in=rules, due_legal__lt=on)
    rows = list(passed.order_by("due_legal")[:batch])
    for deadline in rows:
        clocks.stop_clock(deadline, on=deadline.due_legal, at=at, state=Deadline.State.EXPIRED)
    return len(rows)


FILED = {
    Kind.SUIT: N_("Suit filed at %(court)s (%(number)s)"),
    Kind.APPEAL: N_("Appeal filed at %(court)s (%(number)s)"),
    Kind.SETASIDE: N_("Setting aside asked for at %(court)s (%(number)s)"),
    Kind.ENFORCEMENT: N_("Enforcement asked for at %(court)s (%(number)s)"),
    Kind.NO_ENFORCEMENT: N_("Enforcement opposed at %(court)s (%(number)s)"),
}


def _lock(proceeding):
    """The proceeding is closed by now: only its row is held."""
    Proceeding.objects.select_for_update(no_key=True).get(pk=proceeding.pk)


def _check_setting_aside(proceeding, party):
    if party.kind != EMPLOYER:
        raise NotTheirs(field="party")
    final = ClaimAward.objects.filter(decision__proceeding=proceeding, paper=ClaimAward.Paper.FINAL)
    if not final.exists():
        raise NothingFinal(field="kind")


def _limits(row):
    return Deadline.objects.running().filter(
        case=row.proceeding.case, party=row.party, rule__rule_id__in=USES[row.kind]
    )


def _start_next(paper, *, at, by):
    rule = _next_limit(paper)
    if rule is None:
        return
    court_case = paper.court_case
    clocks.start_clock(
        court_case.proceeding.case,
        rule,
        on=paper.received_on,
        at=at,
        by=by,
        proceeding=court_case.proceeding,
        party=paper.party,
    )


def _next_limit(paper):
    court_case, kind = paper.court_case, paper.party.kind
    rule, whose = FOLLOWS.get((court_case.kind, court_case.outcome), (None, ()))
    if rule:
        return rule if kind in whose else None
    worker_is_out = (
        court_case.kind == Kind.SUIT
        and court_case.party.kind == WORKER
        and court_case.outcome in WORKER_OUT
    )
    if worker_is_out and kind == EMPLOYER and _has_final(court_case.proceeding):
        return "SETASIDE_WORKER_OUT"
    return None


def _has_final(proceeding):
    return ClaimAward.objects.filter(
        decision__proceeding=proceeding, paper=ClaimAward.Paper.FINAL
    ).exists()


def _note(row, verb, *, at, by, **facts):
    record(
        row.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=row.proceeding,
        kind=EntryKind.PAPER,
        key=True,
        **facts,
    )
