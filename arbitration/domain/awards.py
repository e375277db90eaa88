"""Deciding claim by claim."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.finality import propose_papers
from arbitration.domain.guards import check_day, is_imported, lock, one_of
from arbitration.domain.hearings import SETTLES, last_result
from arbitration.domain.refusals import (
    AmountNeeded,
    AmountOfNothing,
    AmountWrong,
    ClaimForgotten,
    DoneBefore,
    Missing,
    NoPanel,
    NoStatement,
    NotHeard,
    OverrideUnexplained,
)
from arbitration.models import ClaimAward, Decision, HearingRecord
from disputes.domain.timeline import Reach, record
from disputes.look.words import say_yuan
from disputes.models import Level, Outcome

Kind = Decision.Kind
Paper = ClaimAward.Paper
Supported = ClaimAward.Supported


@transaction.atomic
def decide(proceeding, *, kind, decided_on, reasons, claims, at, by=None):
    """Give an award, or put a settlement into a statement; return the ``Decision``.

    *claims* has one dict per claim of the case: claim, supported, amount_awarded (yuan or None),
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
    ClaimAward.objects.bulk_create([ClaimAward(decision=decision, **row) for row in rows])
    _write_down(decision, at=at, by=by)
    return decision


def check_decision(proceeding, *, kind, decided_on, reasons, today):
    """Raise a ``Refusal`` when the panel cannot decide like this, the claims apart."""
    if of(proceeding):
        raise DoneBefore
    if one_of(proceeding, "arbitral_panel") is None and not is_imported(proceeding):
        raise NoPanel
    result = last_result(proceeding)
    if result not in SETTLES and not (result is None and is_imported(proceeding)):
        raise NotHeard
    if kind == Kind.STATEMENT and result == HearingRecord.Result.DEFAULT:
        raise NoStatement(field="kind")
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=_last_hearing_on(proceeding),
        what=_("when the parties were heard"),
    )


def read_claims(proceeding, *, kind, decided_on, claims):
    """Return the values of each ``ClaimAward``, its amount and paper filled in as the law says.

    Raises a ``Refusal`` beside the field of the claim that does not fit.
    """
    given = {facts["claim"].pk: facts for facts in claims}
    file = list(proceeding.case.claims.all())
    if set(given) != {claim.pk for claim in file}:
        raise ClaimForgotten
    rows = [_read_claim(claim, given[claim.pk]) for claim in file]
    if kind == Kind.STATEMENT:
        return [row | {"paper": Paper.STATEMENT, "proposed": Paper.STATEMENT} for row in rows]
    items = [(row["claim"].kind, row["amount_awarded"]) for row in rows]
    proposed = propose_papers(proceeding, items, on=decided_on) if items else []
    return [
        _choose_paper(row, given[row["claim"].pk], paper)
        for row, paper in zip(rows, proposed, strict=True)
    ]


def of(proceeding):
    """Return the ``Decision`` that ends *proceeding*, or None."""
    return proceeding.arbitral_decisions.filter(partial=False).first()


def outcome_of(proceeding):
    """Return the ``Outcome`` with which *proceeding* closes once its decision is served."""
    decision = of(proceeding)
    if decision.kind == Kind.STATEMENT:
        return Outcome.MEDIATED_AWARD
    papers = set(decision.awards.values_list("paper", flat=True))
    if papers == {Paper.FINAL, Paper.NON_FINAL}:
        return Outcome.SEPARATE_AWARDS
    return Outcome.FINAL_AWARD if papers == {Paper.FINAL} else Outcome.NON_FINAL_AWARD


def total_of(proceeding):
    """Return the sum in yuan that was awarded, None when no amount was."""
    return of(proceeding).awards.aggregate(total=Sum("amount_awarded"))["total"]


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


_VERBS = {
    Outcome.MEDIATED_AWARD: N_("Settled before the panel, mediation statement made"),
    Outcome.FINAL_AWARD: N_("Award made, final"),
    Outcome.NON_FINAL_AWARD: N_("Award made, not final"),
    Outcome.SEPARATE_AWARDS: N_("Awards made, final and non-final apart"),
}


def _write_down(decision, *, at, by):
    proceeding = decision.proceeding
    common = {"at": at, "by": by, "proceeding": proceeding}
    record(proceeding.case, _VERBS[outcome_of(proceeding)], key=True, **common)
    record(
        proceeding.case,
        N_("Deliberation of the panel"),
        text=decision.reasons,
        reach=Reach.OFFICE,
        level=Level.SENSITIVE,
        **common,
    )
