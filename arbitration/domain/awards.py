"""Deciding claim by claim."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.commissioned import settled_in
from arbitration.domain.finality import propose_papers
from arbitration.domain.guards import check_day, is_imported, lock, one_of, refuse_suspended
from arbitration.domain.hearings import SETTLES, last_result
from arbitration.domain.liability import note_liable, read_liable
from arbitration.domain.refusals import (
    AmountNeeded,
    AmountOfNothing,
    AmountWrong,
    ClaimForgotten,
    DoneBefore,
    Missing,
    NoPanel,
    NoStatement,
    NotAllInPart,
    NotHeard,
    OverrideUnexplained,
)
from arbitration.domain.seats import check_fit
from arbitration.domain.service import owe_decision
from arbitration.models import ClaimAward, Decision, HearingRecord
from disputes.domain.roster.results import note_awards, note_settled
from disputes.domain.roster.speaking import check_consents
from disputes.domain.timeline import Reach, record
from disputes.look.words import say_yuan
from disputes.models import Claim, Level, Outcome

Kind = Decision.Kind
Paper = ClaimAward.Paper
Supported = ClaimAward.Supported


@transaction.atomic
def decide(proceeding, *, kind, decided_on, reasons, claims, at, by=None):
    """Give an award, or put a settlement into a statement; return the ``Decision``.

    *claims* has one dict per claim that waits: claim, supported, amount_awarded (yuan or None),
    paper ("" as the law proposes) and override_reason. Final and non-final claims make separate
    awards (劳动人事争议仲裁办案规则 article 50). A claim granted in full needs no amount.
    """
    lock(proceeding)
    today = timezone.localdate(at)
    rows = read_claims(proceeding, kind=kind, decided_on=decided_on, claims=claims)
    check_decision(proceeding, kind=kind, decided_on=decided_on, reasons=reasons, today=today)
    decision = Decision.objects.create(
        proceeding=proceeding, kind=kind, decided_on=decided_on, reasons=reasons, at=at, by=by
    )
    _make_awards(decision, rows, claims)
    _write_down(decision, at=at, by=by)
    owe_decision(decision, at=at, by=by)
    return decision


@transaction.atomic
def decide_part(proceeding, *, decided_on, reasons, claims, at, by=None):
    """Decide some claims first, because their facts are clear already; return the ``Decision``.

    *claims* as for ``decide``, for some but not all of those that wait. The case goes on for the
    others (劳动争议调解仲裁法 article 43, 劳动人事争议仲裁办案规则 article 49).
    """
    lock(proceeding)
    facts = {"decided_on": decided_on, "reasons": reasons}
    check_part(proceeding, **facts, today=timezone.localdate(at))
    rows = read_claims(
        proceeding, kind=Kind.AWARD, decided_on=decided_on, claims=claims, partial=True
    )
    decision = Decision.objects.create(
        proceeding=proceeding, kind=Kind.AWARD, partial=True, at=at, by=by, **facts
    )
    _make_awards(decision, rows, claims)
    _write_down(decision, at=at, by=by)
    owe_decision(decision, at=at, by=by)
    return decision


def _make_awards(decision, rows, claims):
    liable = read_liable(decision.proceeding, claims)
    awards = ClaimAward.objects.bulk_create([ClaimAward(decision=decision, **row) for row in rows])
    note_liable(awards, liable)


def check_decision(proceeding, *, kind, decided_on, reasons, today):
    """Raise a ``Refusal`` when the panel cannot decide like this, the claims apart."""
    _check_panel(proceeding)
    result = last_result(proceeding)
    if settled_in(proceeding) and result not in SETTLES:
        if kind != Kind.STATEMENT:
            raise NotHeard
    elif result not in SETTLES and not (result is None and is_imported(proceeding)):
        raise NotHeard
    if kind == Kind.STATEMENT and result == HearingRecord.Result.DEFAULT:
        raise NoStatement(field="kind")
    if kind == Kind.STATEMENT:
        check_consents(proceeding)
    _check_reasons(proceeding, decided_on, reasons, today)


def check_part(proceeding, *, decided_on, reasons, today):
    """Raise a ``Refusal`` when the panel cannot decide some claims like this."""
    _check_panel(proceeding)
    if part_of(proceeding):
        raise DoneBefore
    if not proceeding.hearings.filter(record__isnull=False, cancelled=False).exists():
        raise NotHeard
    _check_reasons(proceeding, decided_on, reasons, today)


def _check_panel(proceeding):
    if of(proceeding):
        raise DoneBefore
    if one_of(proceeding, "arbitral_panel") is None and not is_imported(proceeding):
        raise NoPanel
    refuse_suspended(proceeding)
    check_fit(proceeding)


def _check_reasons(proceeding, decided_on, reasons, today):
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=_last_hearing_on(proceeding),
        what=_("when the parties were heard"),
    )


def read_claims(proceeding, *, kind, decided_on, claims, partial=False):
    """Return the values of each ``ClaimAward``, its amount and paper filled in as the law says.

    Raises a ``Refusal`` beside the field of the claim that does not fit, or when a claim is
    forgotten; a partial award leaves at least one for later.
    """
    given = {facts["claim"].pk: facts for facts in claims}
    file = list(undecided(proceeding))
    _check_all_there(given, {claim.pk for claim in file}, partial=partial)
    file = [claim for claim in file if claim.pk in given]
    rows = [_read_claim(claim, given[claim.pk]) for claim in file]
    if kind == Kind.STATEMENT:
        return [row | {"paper": Paper.STATEMENT, "proposed": Paper.STATEMENT} for row in rows]
    items = [(row["claim"].kind, row["amount_awarded"]) for row in rows]
    proposed = propose_papers(proceeding, items, on=decided_on) if items else []
    return [
        _choose_paper(row, given[row["claim"].pk], paper)
        for row, paper in zip(rows, proposed, strict=True)
    ]


def undecided(proceeding):
    """Return the claims on which the panel still has to decide, as a queryset."""
    partly = ClaimAward.objects.filter(decision__proceeding=proceeding, decision__partial=True)
    standing = Claim.objects.filter(case=proceeding.case).standing()
    return standing.exclude(pk__in=partly.values("claim")).order_by("pk")


def part_of(proceeding):
    """Return the partial award of *proceeding*, or None."""
    return proceeding.arbitral_decisions.filter(partial=True).first()


def of(proceeding):
    """Return the ``Decision`` that ends *proceeding*, or None."""
    return proceeding.arbitral_decisions.filter(partial=False).first()


def outcome_of(proceeding):
    """Return the ``Outcome`` with which *proceeding* closes once its decision is served."""
    decision = of(proceeding)
    if decision.kind == Kind.STATEMENT:
        return Outcome.MEDIATED_AWARD
    awards = ClaimAward.objects.filter(decision__proceeding=proceeding)
    papers = set(awards.values_list("paper", flat=True)) - {Paper.STATEMENT}
    if papers == {Paper.FINAL, Paper.NON_FINAL}:
        return Outcome.SEPARATE_AWARDS
    return Outcome.FINAL_AWARD if papers == {Paper.FINAL} else Outcome.NON_FINAL_AWARD


def total_of(proceeding):
    """Return the sum in yuan that the applicant was awarded, None when no amount was."""
    awards = ClaimAward.objects.filter(decision__proceeding=proceeding, claim__counter=False)
    return awards.aggregate(total=Sum("amount_awarded"))["total"]


def _check_all_there(given, waiting, *, partial):
    if partial:
        if not given or set(given) - waiting:
            raise ClaimForgotten
        if set(given) == waiting:
            raise NotAllInPart
    elif set(given) != waiting:
        raise ClaimForgotten


def _read_claim(claim, facts):
    supported, amount = facts["supported"], facts.get("amount_awarded")
    field = f"amount_awarded_{claim.pk}"
    if not supported:
        raise Missing(field=f"supported_{claim.pk}", what=_("the decision on this claim"))
    if supported == Supported.NONE and amount:
        raise AmountOfNothing(field=field)
    if supported == Supported.FULL:
        amount = claim.amount or amount
    if supported == Supported.PART and claim.amount is not None:
        _check_part(amount, claim.amount, field=field)
    return {"claim": claim, "supported": supported, "amount_awarded": amount or None}


def _check_part(amount, asked, *, field):
    if not amount:
        raise AmountNeeded(field=field)
    if not Decimal(0) < amount < asked:
        raise AmountWrong(field=field, most=say_yuan(asked))


def _choose_paper(row, facts, proposed):
    paper, reason = facts.get("paper") or proposed, (facts.get("override_reason") or "").strip()
    if paper != proposed and not reason:
        raise OverrideUnexplained(
            field=f"override_reason_{row['claim'].pk}", paper=Paper(proposed).label
        )
    reason = reason if paper != proposed else ""
    return row | {"paper": paper, "proposed": proposed, "override_reason": reason}


def _last_hearing_on(proceeding):
    last = proceeding.hearings.filter(record__isnull=False, cancelled=False).last()
    return last and timezone.localdate(last.starts_at)


PART = N_("Partial award made, the case goes on for the other claims")
_VERBS = {
    Outcome.MEDIATED_AWARD: N_("Settled before the panel, mediation statement made"),
    Outcome.FINAL_AWARD: N_("Award made, final"),
    Outcome.NON_FINAL_AWARD: N_("Award made, not final"),
    Outcome.SEPARATE_AWARDS: N_("Awards made, final and non-final apart"),
}


def _note_results(decision, *, at, by):
    """Note per person on the roster what was decided on each claim."""
    if decision.kind == Kind.STATEMENT:
        note_settled(decision.proceeding, at=at, by=by)
        return
    rows = decision.awards.values_list("claim_id", "supported")
    won = {claim: supported != ClaimAward.Supported.NONE for claim, supported in rows}
    note_awards(decision.proceeding, won, at=at, by=by)


def _write_down(decision, *, at, by):
    proceeding = decision.proceeding
    common = {"at": at, "by": by, "proceeding": proceeding}
    _note_results(decision, at=at, by=by)
    verb = PART if decision.partial else _VERBS[outcome_of(proceeding)]
    record(proceeding.case, verb, key=True, **common)
    record(
        proceeding.case,
        N_("Deliberation of the panel"),
        text=decision.reasons,
        reach=Reach.OFFICE,
        level=Level.SENSITIVE,
        **common,
    )
