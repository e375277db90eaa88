"""What the courts did after the award, and the time limits that follow."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import courts
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NotDecidedYet,
    NothingFinal,
    NotTheirs,
    NotYet,
    OutOfOrder,
    WrongCourtOutcome,
)
from arbitration.models import CourtCase
from disputes.models import Claim, ClaimKind, Deadline
from tests.arbitration.acts import at, bring_to, clock, day, party, titles

Kind, Outcome, State = CourtCase.Kind, CourtCase.Outcome, Deadline.State


@pytest.fixture
def served(arbitration_case, arbitrator):
    """A final award on wages, served on both on 13 October."""
    bring_to(arbitration_case, "end", arbitrator)
    return arbitration_case


def file(proceeding, kind, side, *, at=at(10, 20), **facts):
    facts = {
        "party": party(proceeding, side),
        "court": "古塔区人民法院",
        "filed_on": day(10, 20),
        "number": "(2026)辽0702民初1号",
        **facts,
    }
    return courts.note_filing(proceeding, kind=kind, **facts, at=at)


def end(row, outcome, *, at=at(11, 20), **facts):
    everybody = {each: day(11, 18) for each in row.proceeding.case.parties.all()}
    facts = {"ended_on": day(11, 16), "received": everybody, **facts}
    return courts.note_outcome(row, outcome=outcome, **facts, at=at)


def test_a_suit_uses_up_the_time_to_sue(served):
    file(served, Kind.SUIT, "worker")
    limit = clock(served, "SUE_15", party(served, "worker"))
    assert (limit.state, limit.ended_on) == (State.MET, day(10, 20))
    assert "Suit filed at %(court)s (%(number)s)" in titles(served)


def test_a_suit_after_its_time_is_noted_as_late(served):
    file(served, Kind.SUIT, "worker", at=at(11, 5), filed_on=day(11, 5))
    assert clock(served, "SUE_15", party(served, "worker")).state == State.LATE


def test_an_award_that_is_set_aside_opens_the_court_for_both(served):
    row = file(served, Kind.SETASIDE, "employer", court="锦州市中级人民法院")
    assert clock(served, "SETASIDE_30", party(served, "employer")).state == State.MET
    end(row, Outcome.SET_ASIDE)
    for side in ("worker", "employer"):
        limit = clock(served, "SUE_AFTER_SET", party(served, side))
        assert (limit.started_on, limit.due_legal) == (day(11, 18), day(12, 3))


def test_an_upheld_award_starts_nothing(served):
    end(file(served, Kind.SETASIDE, "employer"), Outcome.UPHELD)
    assert clock(served, "SUE_AFTER_SET") is None


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.DISMISSED])
def test_when_the_workers_suit_is_out_the_employer_may_set_aside(served, outcome):
    end(file(served, Kind.SUIT, "worker"), outcome)
    assert clock(served, "SETASIDE_WORKER_OUT", party(served, "employer")).started_on == day(11, 18)
    assert clock(served, "SETASIDE_WORKER_OUT", party(served, "worker")) is None


def test_a_suit_not_taken_for_an_unstated_award_opens_setting_aside(served):
    end(file(served, Kind.SUIT, "employer"), Outcome.NOT_TAKEN)
    assert clock(served, "SETASIDE_UNSTATED", party(served, "employer")) is not None


def test_a_judgment_may_be_appealed_from_each_ones_receipt(served):
    row = file(served, Kind.SUIT, "worker")
    worker, employer = party(served, "worker"), party(served, "employer")
    end(row, Outcome.JUDGMENT, received={worker: day(11, 17), employer: day(11, 19)}, amount=9000)
    assert clock(served, "APPEAL_15", worker).started_on == day(11, 17)
    assert clock(served, "APPEAL_15", employer).started_on == day(11, 19)
    file(served, Kind.APPEAL, "employer", at=at(11, 20), filed_on=day(11, 20))
    assert clock(served, "APPEAL_15", employer).state == State.MET


def test_a_party_that_has_not_received_it_has_no_limit_yet(served):
    row = file(served, Kind.SUIT, "worker")
    end(row, Outcome.JUDGMENT, received={party(served, "worker"): day(11, 18)})
    assert clock(served, "APPEAL_15", party(served, "employer")) is None


def test_refused_enforcement_opens_the_court(served):
    end(file(served, Kind.NO_ENFORCEMENT, "employer"), Outcome.NOT_ENFORCED)
    assert clock(served, "SUE_NOEXEC", party(served, "worker")).due_legal == day(12, 18)


def test_limits_that_passed_unused_come_to_rest(served):
    assert courts.end_passed_limits(at=at(10, 28)) == 0
    assert courts.end_passed_limits(at=at(10, 29)) == 1
    assert clock(served, "SUE_15", party(served, "worker")).state == State.EXPIRED
    assert clock(served, "SETASIDE_30", party(served, "employer")).state == State.RUNNING


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"court": " "}, Missing),
        ({"filed_on": day(10, 21)}, NotYet),
        ({"filed_on": day(10, 11)}, OutOfOrder),
    ],
)
def test_an_impossible_filing_is_refused(served, facts, refusal):
    with pytest.raises(refusal):
        file(served, Kind.SUIT, "worker", **facts)


def test_only_an_employer_sets_aside_and_only_what_is_final(arbitration_case, arbitrator):
    Claim.objects.create(case=arbitration_case.case, kind=ClaimKind.RELATIONSHIP)
    bring_to(arbitration_case, "end", arbitrator)
    with pytest.raises(NotTheirs):
        file(arbitration_case, Kind.SETASIDE, "worker")
    with pytest.raises(NothingFinal):
        file(arbitration_case, Kind.SETASIDE, "employer")


def test_before_the_award_there_is_nothing_to_go_to_court_about(arbitration_case):
    with pytest.raises(NotDecidedYet):
        file(arbitration_case, Kind.SUIT, "worker")


def test_one_case_of_a_kind_at_a_time_and_one_outcome(served):
    row = file(served, Kind.SUIT, "worker")
    with pytest.raises(DoneBefore):
        file(served, Kind.SUIT, "worker")
    with pytest.raises(WrongCourtOutcome):
        end(row, Outcome.SET_ASIDE)
    with pytest.raises(OutOfOrder):
        end(row, Outcome.JUDGMENT, received={party(served, "worker"): day(11, 15)})
    end(row, Outcome.JUDGMENT)
    with pytest.raises(DoneBefore):
        end(row, Outcome.JUDGMENT)


@pytest.mark.parametrize(
    "facts",
    [
        {"court": ""},
        {"outcome": "judgment"},
        {"outcome": "judgment", "ended_on": day(10, 19)},
        {"ended_on": day(10, 21)},
        {"outcome": "judgment", "ended_on": day(10, 21), "amount": -1},
    ],
)
def test_the_database_refuses_a_case_at_court_that_makes_no_sense(served, facts):
    row = {
        "proceeding": served,
        "kind": Kind.SUIT,
        "party": party(served, "worker"),
        "court": "x",
        "filed_on": day(10, 20),
        "at": at(10, 20),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtCase.objects.create(**row | facts)
