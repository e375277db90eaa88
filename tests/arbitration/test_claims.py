"""Claims are added, changed and given up under way; counterclaims join or go apart."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from arbitration.domain import awards, claims, proof, schedule
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
from arbitration.models import ClaimMotion
from disputes.domain.roster import giving_up
from disputes.models import Case, Claim, ClaimKind, Deadline
from tests.arbitration.acts import (
    answer,
    at,
    bring_to,
    claim_facts,
    clock,
    day,
    decide,
    hold,
    party,
    set_hearing,
    titles,
)
from tests.disputes.rosters import rostered
from tests.disputes.test_intake_page import PDF

Kind, Result = ClaimMotion.Kind, ClaimMotion.Result
NEW = {"kind": ClaimKind.SEVERANCE, "amount": Decimal("8000.00"), "detail": "2个月工资"}


@pytest.fixture
def answered(arbitration_case, arbitrator):
    """A case whose respondent answered on 18 September; no hearing is set."""
    return bring_to(arbitration_case, "set_hearing", arbitrator)


def move(proceeding, kind=Kind.ADDED, *, at=at(9, 22), **facts):
    side = "employer" if kind == Kind.COUNTER else "worker"
    facts = {
        "kind": kind,
        "party": party(proceeding, side),
        "asked": "增加经济补偿请求",
        "brought_on": day(9, 21),
        "decided_on": day(9, 22),
        "result": Result.ACCEPTED,
        "new": None if kind == Kind.DROPPED else NEW,
        "notified_on": day(9, 22) if kind in claims.NEW_TERM else None,
        **facts,
    }
    return claims.decide_motion(proceeding, **facts, at=at)


def wages(proceeding):
    return proceeding.case.claims.get(kind=ClaimKind.WAGE_ARREARS)


def test_an_added_claim_starts_the_award_again_and_gives_a_new_term(answered):
    move(answered)
    assert answered.case.claims.filter(kind=ClaimKind.SEVERANCE, amount=8000).exists()
    award = clock(answered, "ARB_AWARD")
    assert award.events.filter(kind="restart", on=day(9, 22)).exists()
    assert award.due_nominal == day(11, 6)
    assert schedule.open_term(answered) == clock(answered, "ARB_DEFENSE").due_legal == day(10, 13)
    assert "A claim was added" in titles(answered)


def test_a_changed_claim_is_one_claim_that_remembers_what_it_was(answered):
    claim = wages(answered)
    motion = move(
        answered,
        Kind.CHANGED,
        claim=claim,
        new={"kind": ClaimKind.WAGE_ARREARS, "amount": Decimal("20000"), "detail": "补计9月"},
        term_waived=True,
    )
    claim.refresh_from_db()
    assert (claim.amount, answered.case.claims.count()) == (Decimal("20000"), 1)
    change = motion.changes.get()
    assert (change.was_kind, change.was_amount) == (ClaimKind.WAGE_ARREARS, Decimal("14600.00"))
    # The term was waived: the answer that came before still counts.
    assert schedule.open_term(answered) is None


def test_a_claim_that_is_given_up_is_not_decided_and_not_counted(answered):
    move(answered, term_waived=True)
    given_up = wages(answered)
    move(answered, Kind.DROPPED, claim=given_up, asked="放弃工资请求")
    assert [claim.kind for claim in awards.undecided(answered)] == [ClaimKind.SEVERANCE]
    assert [claim.kind for claim in Claim.objects.of_applicant()] == [ClaimKind.SEVERANCE]
    with pytest.raises(LastClaim):
        move(answered, Kind.DROPPED, claim=answered.case.claims.get(kind=ClaimKind.SEVERANCE))
    with pytest.raises(ClaimGone):
        move(answered, Kind.CHANGED, claim=given_up)


def test_the_other_side_answers_the_change_or_waives_it(answered):
    move(answered)
    motion = claims.record_answer(answered, answered_on=day(9, 28), at=at(9, 28))
    assert motion.answered_on == day(9, 28)
    assert clock(answered, "ARB_DEFENSE").state == Deadline.State.MET
    assert schedule.open_term(answered) is None
    with pytest.raises(NothingToAnswer):
        claims.record_answer(answered, answered_on=day(9, 28), at=at(9, 28))


def test_a_hearing_within_the_new_term_is_put_off_first(answered):
    set_hearing(answered)
    with pytest.raises(WithinNewTerm) as refused:
        move(answered, at=at(9, 28), decided_on=day(9, 28), notified_on=day(9, 28))
    assert refused.value.field == "term_waived"
    move(answered, at=at(9, 28), decided_on=day(9, 28), notified_on=day(9, 28), term_waived=True)


def test_after_the_period_of_proof_it_must_be_applied_for_separately(answered):
    proof.set_period(answered, until=day(9, 20), notified_on=day(9, 10), at=at(9, 11))
    with pytest.raises(AfterProof) as refused:
        move(answered)
    assert refused.value.field == "result"
    motion = move(answered, result=Result.SEPARATE, reason="举证期限已满,告知另行申请", new=None)
    assert not motion.changes.exists()
    assert clock(answered, "ARB_AWARD").due_nominal == day(10, 24)
    assert titles(answered)[-1] == "A request about the claims must be brought separately"


def test_the_day_before_the_first_hearing_ends_proof_when_no_period_was_set(answered):
    set_hearing(answered)
    hold(answered, result="adjourned")
    with pytest.raises(AfterProof):
        move(answered, at=at(10, 12), brought_on=day(10, 9), decided_on=day(10, 12))


def test_a_counterclaim_joins_restarts_and_is_decided_with_the_rest(answered):
    motion = move(
        answered,
        Kind.COUNTER,
        asked="请求支付培训违约金",
        new={"kind": ClaimKind.OTHER, "amount": Decimal("3000"), "detail": "培训费"},
    )
    counter = motion.changes.get().claim
    assert counter.counter
    assert clock(answered, "ARB_COUNTER").state == Deadline.State.MET
    assert clock(answered, "ARB_AWARD").due_nominal == day(11, 6)
    assert [claim.counter for claim in awards.undecided(answered)] == [False, True]
    assert Claim.objects.of_applicant().count() == 1


def test_a_counterclaim_noted_with_the_defence_does_not_restart_twice(arbitration_case, arbitrator):
    bring_to(arbitration_case, "defence", arbitrator)
    answer(
        arbitration_case,
        counter_claim=True,
        counter_joined=True,
        counter_decided_on=day(9, 18),
    )
    move(arbitration_case, Kind.COUNTER, brought_on=day(9, 18), decided_on=day(9, 18))
    restarts = clock(arbitration_case, "ARB_AWARD").events.filter(kind="restart")
    assert [event.on for event in restarts] == [day(9, 18)]


def test_a_late_counterclaim_must_be_brought_separately(answered):
    late = {"brought_on": day(9, 25), "decided_on": day(9, 28), "at": at(9, 28)}
    with pytest.raises(CounterclaimLate):
        move(answered, Kind.COUNTER, **late)
    apart = {"result": Result.APART, "reason": "另案处理", "new": None}
    assert move(answered, Kind.COUNTER, **late, **apart).result == Result.APART


@pytest.mark.parametrize(
    ("kind", "facts", "refusal", "field"),
    [
        (Kind.ADDED, {"asked": " "}, Missing, "asked"),
        (Kind.ADDED, {"new": None}, Missing, "new_kind"),
        (Kind.ADDED, {"notified_on": None}, Missing, "notified_on"),
        (Kind.CHANGED, {}, Missing, "claim"),
        (Kind.ADDED, {"result": Result.REFUSED}, Missing, "reason"),
        (Kind.ADDED, {"result": Result.APART, "reason": "x"}, NotTheirs, "result"),
        (Kind.DROPPED, {"result": Result.REFUSED, "reason": "x"}, NotTheirs, "result"),
    ],
)
def test_an_impossible_request_is_refused_beside_its_field(answered, kind, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        move(answered, kind, **facts)
    assert refused.value.field == field


def test_each_side_asks_for_its_own_things(answered):
    with pytest.raises(NotTheirs):
        move(answered, party=party(answered, "employer"))
    with pytest.raises(NotTheirs):
        move(answered, Kind.COUNTER, party=party(answered, "worker"))


def test_before_the_docket_and_after_the_award_nothing_changes(arbitration_case, arbitrator):
    with pytest.raises(NotDocketed):
        move(arbitration_case)
    bring_to(arbitration_case, "serve", arbitrator)
    with pytest.raises(Decided):
        move(arbitration_case, at=at(10, 13))


def test_the_award_covers_counterclaims_but_not_what_was_given_up(answered):
    move(answered, term_waived=True)
    move(answered, Kind.DROPPED, claim=wages(answered))
    move(answered, Kind.COUNTER, new={"kind": ClaimKind.OTHER, "amount": 3000, "detail": ""})
    set_hearing(answered)
    hold(answered)
    rows = [claim_facts(claim) for claim in awards.undecided(answered)]
    decide(answered, claims=rows)
    # What the employer is awarded is no money of the worker's.
    assert awards.total_of(answered) == Decimal("8000.00")


@pytest.mark.parametrize(
    "facts",
    [
        {"asked": ""},
        {"decided_on": day(9, 20)},
        {"result": "refused"},
        {"result": "apart", "reason": "x"},
        {"kind": "dropped", "result": "refused", "reason": "x"},
        {"notified_on": day(9, 22), "answered_on": day(9, 21)},
    ],
)
def test_the_database_refuses_a_motion_that_makes_no_sense(answered, facts):
    row = {
        "proceeding": answered,
        "kind": Kind.ADDED,
        "party": party(answered, "worker"),
        "asked": "增加请求",
        "brought_on": day(9, 21),
        "decided_on": day(9, 22),
        "result": Result.ACCEPTED,
        "at": at(9, 22),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimMotion.objects.create(**row | facts)


def test_representatives_change_and_drop_claims_only_with_all_they_represent(
    client, time_machine, answered, arbitration_clerk
):
    Case.objects.filter(pk=answered.case_id).update(worker_count=12, collective=True)
    answered.case.refresh_from_db()
    rostered(answered, 12, by=arbitration_clerk, at=at(9, 21))
    # One more asks for nothing of the others.
    move(answered)
    other = {"claim": wages(answered)}
    for kind in (Kind.CHANGED, Kind.DROPPED):
        with pytest.raises(giving_up.NotAskedAboutClaims):
            move(answered, kind, **other, agreed=11, paper=proof_of_consent())
        with pytest.raises(giving_up.ConsentUnproved):
            move(answered, kind, **other, agreed=12)
    time_machine.move_to(at(9, 22))
    client.force_login(arbitration_clerk)
    door = reverse("desk_act", args=[answered.pk, "motion"])
    said = {
        "kind": "dropped", "party": party(answered, "worker").pk, "asked": "放弃工资请求",
        "brought_on": "2026-09-21", "decided_on": "2026-09-22", "result": "accepted",
        "claim": wages(answered).pk, "agreed": "11",
    }  # fmt: skip
    refused = client.post(door, said | {"paper": proof_of_consent()})
    assert set(refused.context["form"].errors) == {"agreed"}
    assert (
        client.post(door, said | {"agreed": "12", "paper": proof_of_consent()}).status_code == 302
    )
    assert answered.case.evidence.filter(name="同意名单.pdf").exists()


def proof_of_consent():
    return SimpleUploadedFile("同意名单.pdf", PDF)
