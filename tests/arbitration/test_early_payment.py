"""Payment before the award, and an award on some claims first."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import awards, enforcement, service
from arbitration.domain.refusals import (
    AmountNeeded,
    ClaimForgotten,
    DoneBefore,
    Missing,
    MoreThanAsked,
    NoPanel,
    NotAllInPart,
    NotForAdvance,
    NotHeard,
    NothingToServe,
    NotSoUrgent,
)
from arbitration.models import AdvanceEnforcement, ClaimAward, Decision
from disputes.models import Claim, ClaimKind, Outcome
from tests.arbitration.acts import (
    at,
    bring_to,
    claim_facts,
    clock,
    day,
    decide,
    party,
    serve,
    served_on,
    take_on,
    titles,
)


@pytest.fixture
def heard(arbitration_case, arbitrator):
    """A case about wages and severance, heard and not decided."""
    Claim.objects.create(
        case=arbitration_case.case, kind=ClaimKind.SEVERANCE, amount=Decimal("30000")
    )
    return bring_to(arbitration_case, "award", arbitrator)


def wages(proceeding):
    return proceeding.case.claims.get(kind=ClaimKind.WAGE_ARREARS)


def severance(proceeding):
    return proceeding.case.claims.get(kind=ClaimKind.SEVERANCE)


def advance(proceeding, *, at=at(10, 12), **facts):
    facts = {
        "claim": wages(proceeding),
        "asked_on": day(10, 9),
        "decided_on": day(10, 12),
        "granted": True,
        "reasons": "工资事实清楚,生活困难",
        "rights_clear": True,
        "hardship": True,
        "amount": Decimal("5000"),
        "court": "古塔区人民法院",
        "sent_on": day(10, 12),
        **facts,
    }
    return enforcement.decide_advance(proceeding, **facts, at=at)


def part(proceeding, *claims, at=at(10, 12), **facts):
    rows = [claim_facts(claim) for claim in claims or (wages(proceeding),)]
    facts = {"decided_on": day(10, 12), "reasons": "工资部分事实清楚", **facts}
    return awards.decide_part(proceeding, claims=rows, **facts, at=at)


def test_wages_are_paid_before_the_award_and_the_court_enforces_it(heard):
    row = advance(heard)
    assert (row.amount, row.court) == (Decimal("5000"), "古塔区人民法院")
    assert titles(heard)[-1] == "Enforcement before the award granted: %(amount)s yuan"
    with pytest.raises(DoneBefore):
        advance(heard)


def test_a_refusal_keeps_no_amount_and_no_court(heard):
    row = advance(heard, granted=False, rights_clear=False)
    assert (row.amount, row.court, row.sent_on) == (None, "", None)


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"rights_clear": False}, NotSoUrgent, "rights_clear"),
        ({"hardship": False}, NotSoUrgent, "rights_clear"),
        ({"amount": None}, AmountNeeded, "amount"),
        ({"amount": Decimal("99999")}, MoreThanAsked, "amount"),
        ({"reasons": " "}, Missing, "reasons"),
        ({"court": ""}, Missing, "court"),
    ],
)
def test_an_impossible_advance_is_refused(heard, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        advance(heard, **facts)
    assert refused.value.field == field


def test_only_some_claims_and_only_a_panel(heard, arbitration_case, register):
    relation = Claim.objects.create(case=heard.case, kind=ClaimKind.RELATIONSHIP)
    with pytest.raises(NotForAdvance):
        advance(heard, claim=relation)
    from tests import factories

    other = factories.make_case(register.commission)
    take_on(other)
    with pytest.raises(NoPanel):
        advance(other, claim=wages(other))


@pytest.mark.parametrize(
    "facts",
    [
        {"reasons": ""},
        {"amount": None},
        {"hardship": False},
        {"granted": False},
        {"court": ""},
        {"asked_on": day(10, 13)},
    ],
)
def test_the_database_refuses_an_advance_that_makes_no_sense(heard, facts):
    row = {
        "proceeding": heard,
        "claim": wages(heard),
        "asked_on": day(10, 9),
        "decided_on": day(10, 12),
        "granted": True,
        "rights_clear": True,
        "hardship": True,
        "amount": 5000,
        "reasons": "x",
        "court": "x",
        "sent_on": day(10, 12),
        "at": at(10, 12),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvanceEnforcement.objects.create(**row | facts)


def test_a_partial_award_leaves_the_other_claims_for_later(heard):
    decision = part(heard)
    assert decision.partial
    assert list(awards.undecided(heard)) == [severance(heard)]
    assert awards.of(heard) is None
    with pytest.raises(DoneBefore):
        part(heard, severance(heard))
    # The last award decides only what is left.
    with pytest.raises(ClaimForgotten):
        decide(heard, claims=[claim_facts(wages(heard)), claim_facts(severance(heard))])
    decide(heard, claims=[claim_facts(severance(heard))])
    assert awards.total_of(heard) == Decimal("44600.00")
    assert awards.outcome_of(heard) == Outcome.SEPARATE_AWARDS


def test_each_award_has_its_own_time_limits(heard):
    part(heard)
    worker = party(heard, "worker")
    service.serve_part(heard, services=served_on(worker, on=day(10, 12)), at=at(10, 12))
    first = clock(heard, "SUE_15", worker)
    decide(heard, claims=[claim_facts(severance(heard))], at=at(10, 16), decided_on=day(10, 16))
    serve(heard, worker, at=at(10, 19), on=day(10, 19))
    second = clock(heard, "SUE_15", worker)
    first.refresh_from_db()
    assert (first.started_on, second.started_on) == (day(10, 12), day(10, 19))
    assert first.due_legal < second.due_legal
    assert "Partial award served on the worker" in titles(heard)


def test_the_partial_award_is_served_on_each_party_once(heard):
    with pytest.raises(NothingToServe):
        service.serve_part(heard, services=[], at=at(10, 12))
    part(heard)
    everybody = served_on(*heard.case.parties.all(), on=day(10, 12))
    service.serve_part(heard, services=everybody, at=at(10, 12))
    assert service.without_part(heard) == []
    with pytest.raises(DoneBefore):
        service.serve_part(heard, services=everybody, at=at(10, 12))


def test_a_partial_award_decides_some_but_not_all_and_after_a_hearing(heard, register, arbitrator):
    with pytest.raises(NotAllInPart):
        part(heard, wages(heard), severance(heard))
    with pytest.raises(Missing):
        part(heard, reasons=" ")
    from tests import factories

    other = bring_to(factories.make_case(register.commission), "set_hearing", arbitrator)
    with pytest.raises(NotHeard):
        part(other)


def test_the_database_keeps_a_claim_in_one_award_and_one_last_decision(heard):
    decision = part(heard)
    common = {"proceeding": heard, "kind": "award", "decided_on": day(10, 12), "reasons": "x"}
    last = Decision.objects.create(**common, at=at(10, 12))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**common, at=at(10, 12))
    row = decision.awards.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimAward.objects.create(
            decision=last,
            claim=row.claim,
            supported="full",
            paper="final",
            proposed="final",
        )
