"""Deciding claim by claim."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import awards
from arbitration.domain.finality import wage_district
from arbitration.domain.refusals import (
    AmountNeeded,
    AmountOfNothing,
    AmountWrong,
    ClaimForgotten,
    DoneBefore,
    FigureMissing,
    Missing,
    NoPanel,
    NoStatement,
    NotHeard,
    NotYet,
    OutOfOrder,
    OverrideUnexplained,
)
from arbitration.models import ClaimAward, Decision, HearingRecord
from disputes.domain import case_papers
from disputes.domain.roster import speaking
from disputes.models import Case, ClaimKind, Level, Outcome, Source, TimelineEntry
from disputes.papers import due_at
from offices.models import Office
from tests.arbitration.acts import (
    at,
    bring_to,
    claim_facts,
    day,
    decide,
    hold,
    take_on,
    titles,
)
from tests.disputes.rosters import rostered

Paper = ClaimAward.Paper


@pytest.fixture
def heard(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "award", arbitrator)


@pytest.fixture
def wages(heard):
    return heard.case.claims.get()


def papers(decision):
    return {award.claim.kind: award.paper for award in decision.awards.all()}


def test_a_claim_granted_in_full_needs_no_amount(heard, wages):
    decision = decide(heard)
    award = decision.awards.get()
    assert (award.amount_awarded, award.paper, award.final) == (
        Decimal("14600.00"),
        Paper.FINAL,
        True,
    )
    assert awards.of(heard) == decision
    assert awards.outcome_of(heard) == Outcome.FINAL_AWARD
    assert awards.total_of(heard) == Decimal("14600.00")


# Twelve monthly minimum wages of 1,900 yuan are 22,800 yuan.
@pytest.mark.parametrize(
    ("amount", "paper"), [("22800.00", Paper.FINAL), ("22800.01", Paper.NON_FINAL)]
)
def test_twelve_minimum_wages_are_the_limit_of_a_final_award(heard, wages, amount, paper):
    wages.amount = Decimal("60000.00")
    wages.save()
    facts = claim_facts(wages, "part", amount_awarded=Decimal(amount))
    assert papers(decide(heard, claims=[facts])) == {ClaimKind.WAGE_ARREARS: paper}


def test_final_and_other_claims_make_separate_awards(heard, wages):
    other = heard.case.claims.create(kind=ClaimKind.REINSTATEMENT)
    decision = decide(heard, claims=[claim_facts(wages), claim_facts(other)])
    assert papers(decision) == {
        ClaimKind.WAGE_ARREARS: Paper.FINAL,
        ClaimKind.REINSTATEMENT: Paper.NON_FINAL,
    }
    assert awards.outcome_of(heard) == Outcome.SEPARATE_AWARDS
    assert "Awards made, final and non-final apart" in titles(heard)


def test_final_and_other_claims_stand_on_separate_papers(heard, wages):
    other = heard.case.claims.create(kind=ClaimKind.REINSTATEMENT)
    decide(heard, claims=[claim_facts(wages), claim_facts(other)])
    said = case_papers.gather(heard, "award_paper", at=at(10, 30))

    assert {"award_paper", "final_award"} <= {source.code for source in due_at(heard)}
    assert "继续履行" in said["裁决事项"]
    assert "继续履行" not in said["终局裁决事项"]
    assert "14,600.00" in said["终局裁决事项"]


def test_an_award_that_is_all_final_makes_one_paper(heard):
    decide(heard)

    codes = {source.code for source in due_at(heard)}
    assert "final_award" in codes
    assert "award_paper" not in codes


def test_a_confirmed_relation_makes_everything_non_final(heard, wages):
    relation = heard.case.claims.create(kind=ClaimKind.RELATIONSHIP)
    decide(heard, claims=[claim_facts(wages), claim_facts(relation)])
    assert awards.outcome_of(heard) == Outcome.NON_FINAL_AWARD


def test_the_panel_may_depart_from_the_proposal_with_a_reason(heard, wages):
    facts = claim_facts(wages, paper=Paper.NON_FINAL)
    with pytest.raises(OverrideUnexplained) as refused:
        decide(heard, claims=[facts])
    assert refused.value.field == f"override_reason_{wages.pk}"
    decide(heard, claims=[facts | {"override_reason": "请求涉及劳动关系认定"}])
    award = ClaimAward.objects.get()
    assert (award.paper, award.proposed) == (Paper.NON_FINAL, Paper.FINAL)


def test_a_reason_without_a_departure_is_dropped(heard, wages):
    decide(heard, claims=[claim_facts(wages, override_reason="无")])
    assert ClaimAward.objects.get().override_reason == ""


def test_a_settlement_becomes_a_statement(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "hearing", arbitrator)
    hold(case, result=HearingRecord.Result.MEDIATED)
    claim = case.case.claims.get()
    facts = claim_facts(claim, "part", amount_awarded=Decimal("12000.00"))
    decision = decide(case, kind=Decision.Kind.STATEMENT, claims=[facts])
    assert decision.awards.get().final is None
    assert awards.outcome_of(case) == Outcome.MEDIATED_AWARD
    assert awards.total_of(case) == Decimal("12000.00")


def test_no_statement_without_the_respondent(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "hearing", arbitrator)
    hold(case, respondent_present=False, result=HearingRecord.Result.DEFAULT)
    with pytest.raises(NoStatement):
        decide(case, kind=Decision.Kind.STATEMENT)
    assert decide(case)


def test_the_deliberation_stays_with_the_panel(heard):
    decide(heard)
    entry = heard.case.timeline.get(verb="Deliberation of the panel")
    assert (entry.reach, entry.level) == (TimelineEntry.Reach.OFFICE, Level.SENSITIVE)
    course = heard.case.timeline.get(verb="Award made, final")
    assert (course.reach, course.text) == (TimelineEntry.Reach.ALL, "")


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"supported": "part"}, AmountNeeded, "amount_awarded"),
        ({"supported": "part", "amount_awarded": Decimal(0)}, AmountNeeded, "amount_awarded"),
        ({"supported": "part", "amount_awarded": Decimal(14600)}, AmountWrong, "amount_awarded"),
        ({"supported": "part", "amount_awarded": Decimal(99999)}, AmountWrong, "amount_awarded"),
        ({"supported": "none", "amount_awarded": Decimal(1)}, AmountOfNothing, "amount_awarded"),
        ({"supported": ""}, Missing, "supported"),
    ],
)
def test_an_amount_that_does_not_fit_the_claim_is_refused(heard, wages, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        decide(heard, claims=[claim_facts(wages) | facts])
    assert refused.value.field == f"{field}_{wages.pk}"
    assert not Decision.objects.exists()


def test_every_claim_is_decided(heard, wages):
    heard.case.claims.create(kind=ClaimKind.OVERTIME, amount=Decimal(100))
    with pytest.raises(ClaimForgotten):
        decide(heard, claims=[claim_facts(wages)])


def test_the_minimum_wage_of_a_county_is_lower(heard, wages, register):
    Office.objects.filter(pk=register.commission.pk).update(county="黑山县")
    heard.office.refresh_from_db()
    wages.amount = Decimal("60000.00")
    wages.save()
    # Twelve times 1,700 yuan are 20,400 yuan.
    facts = claim_facts(wages, "part", amount_awarded=Decimal("22800.00"))
    assert papers(decide(heard, claims=[facts])) == {ClaimKind.WAGE_ARREARS: Paper.NON_FINAL}


def test_a_day_whose_minimum_wage_nobody_recorded_is_refused(arbitration_case):
    arbitration_case.case.source = Source.LEDGER
    arbitration_case.case.save()
    with pytest.raises(FigureMissing) as refused:
        decide(arbitration_case, decided_on=date(2017, 6, 1))
    assert refused.value.field == "decided_on"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"decided_on": day(10, 8)}, OutOfOrder),
        ({"decided_on": day(10, 13)}, NotYet),
        ({"reasons": " "}, Missing),
    ],
)
def test_a_decision_follows_the_hearing_with_reasons(heard, facts, refusal):
    with pytest.raises(refusal):
        decide(heard, **facts)


def test_nothing_is_decided_before_the_hearing_came_to_a_result(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "hearing", arbitrator)
    with pytest.raises(NotHeard):
        decide(case)
    hold(case, result=HearingRecord.Result.ADJOURNED)
    with pytest.raises(NotHeard):
        decide(case)


def test_nothing_is_decided_without_a_panel(arbitration_case):
    take_on(arbitration_case)
    with pytest.raises(NoPanel):
        decide(arbitration_case)


def test_an_imported_case_is_decided_without_earlier_steps(arbitration_case):
    arbitration_case.case.source = Source.LEDGER
    arbitration_case.case.save()
    assert decide(arbitration_case)


def test_a_case_is_decided_once(heard):
    decide(heard)
    with pytest.raises(DoneBefore):
        decide(heard)


@pytest.mark.parametrize(
    ("county", "district"),
    [("古塔区", ""), ("黑山县", "县"), ("凌海市", "县"), ("锦州市", ""), ("", "")],
)
def test_the_minimum_wage_is_that_of_the_place(county, district):
    assert wage_district(Office(county=county)) == district


@pytest.mark.parametrize(
    "facts",
    [
        {"amount_awarded": Decimal(-1)},
        {"supported": "none", "amount_awarded": Decimal(1)},
        {"paper": "non_final"},
        {"paper": "statement", "override_reason": "调解"},
    ],
)
def test_the_database_refuses_a_contradictory_award(arbitration_case, facts):
    decision = Decision.objects.create(
        proceeding=arbitration_case,
        kind="award",
        decided_on=day(10, 12),
        reasons="理由",
        at=at(10, 12),
    )
    row = {
        "decision": decision,
        "claim": arbitration_case.case.claims.get(),
        "supported": "full",
        "paper": "final",
        "proposed": "final",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimAward.objects.create(**row | facts)


def test_the_database_wants_reasons(arbitration_case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            proceeding=arbitration_case, kind="award", decided_on=day(10, 12), at=at(10, 12)
        )


def test_a_collective_statement_needs_every_represented_worker(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "hearing", arbitrator)
    Case.objects.filter(pk=case.case_id).update(worker_count=3, collective=True)
    case.case.refresh_from_db()
    rostered(case, 3, by=arbitrator)
    hold(case, result=HearingRecord.Result.MEDIATED)
    facts = claim_facts(case.case.claims.get(), "part", amount_awarded=Decimal("12000.00"))
    statement = {"kind": Decision.Kind.STATEMENT, "claims": [facts]}
    answers = [([1, 2], True, "1"), ([3], False, "1")]
    for numbers, given, told in answers:
        speaking.record_consents(
            case, numbers=numbers, given=given, on=day(9, 10), at=at(9, 30), by=arbitrator
        )
        with pytest.raises(speaking.NotAsked, match=told):
            decide(case, **statement)
    speaking.record_consents(
        case, numbers=[3], given=True, on=day(9, 11), at=at(9, 30), by=arbitrator
    )
    assert decide(case, **statement).kind == Decision.Kind.STATEMENT
