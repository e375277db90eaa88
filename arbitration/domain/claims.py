"""Claims that are added, changed or dropped under way, and counterclaims."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import awards, proof, schedule
from arbitration.domain.defence import term_of
from arbitration.domain.guards import check_day, lock, one_of
from arbitration.domain.refusals import (
    AfterProof,
    ClaimGone,
    CounterclaimLate,
    Decided,
    LastClaim,
    Missing,
    NotDocketed,
    NothingToAnswer,
    NotTheirs,
    WithinNewTerm,
)
from arbitration.models import ClaimChange, ClaimMotion
from disputes.domain import clocks
from disputes.domain.roster import giving_up
from disputes.domain.timeline import Kind as EntryKind
from disputes.domain.timeline import record
from disputes.domain.words import house_label
from disputes.models import Claim, Party
from law.calendar import load_calendar
from law.deadlines import compute
from law.rules import rule_on

Kind, Result = ClaimMotion.Kind, ClaimMotion.Result
NEW_TERM = (Kind.ADDED, Kind.CHANGED)
# What representatives do not do for the represented by themselves.
CONCEDES = (Kind.CHANGED, Kind.DROPPED)
VERBS = {
    Kind.ADDED: N_("A claim was added"),
    Kind.CHANGED: N_("A claim was changed"),
    Kind.DROPPED: N_("A claim was given up"),
    Kind.COUNTER: N_("Counterclaim joined"),
}
REFUSED = {
    Result.SEPARATE: N_("A request about the claims must be brought separately"),
    Result.REFUSED: N_("A request about the claims was not accepted"),
    Result.APART: N_("A counterclaim becomes a case of its own"),
}


@transaction.atomic
def decide_motion(
    proceeding,
    *,
    kind,
    party,
    asked,
    brought_on,
    decided_on,
    result,
    reason="",
    claim=None,
    new=None,
    notified_on=None,
    term_waived=False,
    agreed=None,
    paper=None,
    at,
    by=None,
):
    """Record that *party* asked to change what is claimed, and what the panel decided.

    *claim* is the one that is changed or given up; *new* a dict of kind, amount (yuan or None)
    and detail for one that is added, changed or brought as a counterclaim. Accepted, the 45 days
    of the award start again after *decided_on*, and the respondent has a new term to answer
    unless it was waived (劳动人事争议仲裁办案规则 articles 36, 44, 46(三)(四)). In a collective
    case *agreed* says how many of the represented consent to changing or giving a claim up, and
    *paper* is the open file that they signed (article 5). Returns the motion.
    """
    lock(proceeding)
    facts = {
        "kind": kind,
        "party": party,
        "asked": asked,
        "brought_on": brought_on,
        "decided_on": decided_on,
        "result": result,
        "reason": reason,
        "notified_on": notified_on,
        "term_waived": term_waived,
    }
    today = timezone.localdate(at)
    asked_of = {"agreed": agreed, "paper": paper}
    check_motion(proceeding, **facts, **asked_of, claim=claim, new=new, today=today)
    if kind in CONCEDES and result == Result.ACCEPTED:
        giving_up.ask_about_claims(proceeding, **asked_of, at=at, by=by)
    motion = ClaimMotion.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _decide_in_time(motion, at=at, by=by)
    if motion.result == Result.ACCEPTED:
        _change(motion, claim, new)
        _move_clocks(motion, at=at, by=by)
    _write_down(motion, at=at, by=by)
    return motion


def check_motion(
    proceeding,
    *,
    kind,
    party,
    asked,
    brought_on,
    decided_on,
    result,
    reason,
    notified_on,
    term_waived,
    claim,
    new,
    today,
    agreed=None,
    paper=None,
):
    """Raise a ``Refusal`` when the motion cannot be decided like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if awards.of(proceeding):
        raise Decided
    if not asked.strip():
        raise Missing(field="asked", what=_("what is asked for"))
    _check_days(proceeding, brought_on, decided_on, today)
    wanted = Party.Role.RESPONDENT if kind == Kind.COUNTER else Party.Role.APPLICANT
    if party.role != wanted:
        raise NotTheirs(field="party")
    if result != Result.ACCEPTED:
        _check_refused(kind, result, reason)
        return
    _check_in_time(proceeding, kind, brought_on)
    _check_claims(proceeding, kind, claim, new)
    if kind in CONCEDES:
        refusal = giving_up.NotAskedAboutClaims
        giving_up.check_asked(proceeding, agreed=agreed, paper=paper, refusal=refusal)
    if kind in NEW_TERM:
        _check_new_term(proceeding, notified_on, term_waived, decided_on, today)


@transaction.atomic
def record_answer(proceeding, *, answered_on, waived=False, at, by=None):
    """Record that the respondent answered the changed claims on *answered_on*, or waived it."""
    lock(proceeding)
    motion = open_motion(proceeding)
    check_answer(proceeding, answered_on=answered_on, waived=waived, today=timezone.localdate(at))
    motion.answered_on, motion.term_waived = None if waived else answered_on, waived
    motion.save(update_fields=["answered_on", "term_waived"])
    clocks.stop_clocks(proceeding, "ARB_DEFENSE", on=answered_on, at=at, by=by)
    verb = N_("The respondent waived the term of the defence") if waived else N_("Defence received")
    _note(motion, verb, at=at, by=by)
    return motion


def check_answer(proceeding, *, answered_on, waived, today):
    """Raise a ``Refusal`` when no answer can be recorded like this."""
    motion = open_motion(proceeding)
    if motion is None:
        raise NothingToAnswer
    check_day(
        answered_on,
        field="answered_on",
        today=today,
        after=motion.notified_on,
        what=_("when the other side was told"),
    )


def open_motion(proceeding):
    """Return the accepted motion to which the other side may still answer, or None."""
    waiting = proceeding.claim_motions.filter(
        kind__in=NEW_TERM, result=Result.ACCEPTED, term_waived=False, answered_on__isnull=True
    ).last()
    running = clocks.find_clock(proceeding.case, "ARB_DEFENSE", proceeding=proceeding)
    return waiting if running else None


def _check_days(proceeding, brought_on, decided_on, today):
    check_day(
        brought_on,
        field="brought_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    check_day(
        decided_on, field="decided_on", today=today, after=brought_on, what=_("when it was brought")
    )


def _check_refused(kind, result, reason):
    if kind == Kind.DROPPED or (result == Result.APART and kind != Kind.COUNTER):
        raise NotTheirs(field="result")
    if not reason.strip():
        raise Missing(field="reason", what=_("the reasons"))


def _check_in_time(proceeding, kind, brought_on):
    if kind in NEW_TERM:
        until = proof.last_day(proceeding)
        if until and brought_on > until:
            raise AfterProof(field="result", day=until)
    if kind == Kind.COUNTER:
        until = term_of(proceeding)
        if until and brought_on > until:
            raise CounterclaimLate(field="result", day=until)


def _check_claims(proceeding, kind, claim, new):
    if kind in (Kind.CHANGED, Kind.DROPPED):
        if claim is None:
            raise Missing(field="claim", what=_("which claim"))
        mine = awards.undecided(proceeding).filter(counter=False)
        if not mine.filter(pk=claim.pk).exists():
            raise ClaimGone(field="claim")
        if kind == Kind.DROPPED and mine.count() == 1:
            raise LastClaim(field="claim")
    if kind != Kind.DROPPED and not (new and new.get("kind")):
        raise Missing(field="new_kind", what=_("what is claimed now"))


def _check_new_term(proceeding, notified_on, term_waived, decided_on, today):
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=decided_on,
        what=_("when it was decided"),
    )
    if not term_waived:
        refuse_hearing_within(proceeding, notified_on, field="term_waived")


def refuse_hearing_within(proceeding, notified_on, *, field):
    """Raise ``WithinNewTerm`` when a hearing is set for a day on which a term of the defence that
    begins on *notified_on* still runs.
    """
    ahead = schedule.hearing_ahead(proceeding)
    if ahead is None:
        return
    until = compute(rule_on("ARB_DEFENSE", notified_on), notified_on, load_calendar()).legal
    if timezone.localdate(ahead.starts_at) <= until:
        raise WithinNewTerm(field=field, until=until, hearing=timezone.localdate(ahead.starts_at))


def _decide_in_time(motion, *, at, by):
    """A counterclaim is decided on within 5 working days (article 36)."""
    answer = one_of(motion.proceeding, "defence")
    if motion.kind != Kind.COUNTER or (answer and answer.counter_claim):
        return
    proceeding = motion.proceeding
    clocks.start_clock(
        proceeding.case, "ARB_COUNTER", on=motion.brought_on, at=at, by=by, proceeding=proceeding
    )
    clocks.stop_clocks(proceeding, "ARB_COUNTER", on=motion.decided_on, at=at, by=by)


def _change(motion, claim, new):
    if motion.kind in (Kind.ADDED, Kind.COUNTER):
        counter = motion.kind == Kind.COUNTER
        claim = Claim.objects.create(case=motion.proceeding.case, counter=counter, **new)
        ClaimChange.objects.create(motion=motion, claim=claim)
        return
    ClaimChange.objects.create(
        motion=motion,
        claim=claim,
        was_kind=claim.kind,
        was_amount=claim.amount,
        was_detail=claim.detail,
    )
    if motion.kind == Kind.DROPPED:
        new = {"dropped_on": motion.decided_on}
    for name, value in new.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(new))


def _move_clocks(motion, *, at, by):
    proceeding = motion.proceeding
    answer = one_of(proceeding, "defence")
    joined_before = motion.kind == Kind.COUNTER and answer and answer.counter_joined
    award = clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
    if award and motion.kind != Kind.DROPPED and not joined_before:
        reason = house_label(motion, "kind")
        clocks.restart_clock(award, on=motion.decided_on, at=at, by=by, reason=reason)
    if motion.kind in NEW_TERM and not motion.term_waived:
        clocks.start_clock(
            proceeding.case,
            "ARB_DEFENSE",
            on=motion.notified_on,
            at=at,
            by=by,
            proceeding=proceeding,
        )


def _write_down(motion, *, at, by):
    accepted = motion.result == Result.ACCEPTED
    verb = VERBS[motion.kind] if accepted else REFUSED[motion.result]
    _note(motion, verb, at=at, by=by, text=motion.asked, key=accepted)


def _note(motion, verb, *, at, by, **facts):
    record(
        motion.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=motion.proceeding,
        kind=EntryKind.PAPER,
        **facts,
    )
