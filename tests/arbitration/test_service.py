"""Papers reach the parties."""

import pytest

from arbitration.domain import service
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NobodyServed,
    NoElectronicService,
    NotByThisWay,
    NotDocketed,
    NothingToServe,
    NotYet,
    OutOfOrder,
)
from arbitration.models import Decision, HearingRecord
from disputes.domain.proceedings import close_proceeding
from disputes.models import Deadline, Outcome, ServiceMethod
from tests.arbitration.acts import (
    at,
    bring_to,
    claim_facts,
    clock,
    day,
    decide,
    hold,
    party,
    serve,
    serve_copy,
    take_on,
)

State = Deadline.State


@pytest.fixture
def docketed(arbitration_case):
    take_on(arbitration_case)
    return arbitration_case


@pytest.fixture
def decided(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "serve", arbitrator)


def test_serving_the_copy_gives_ten_working_days_to_answer(docketed):
    serve_copy(docketed)
    assert clock(docketed, "ARB_SERVE_COPY").state == State.MET
    defence = clock(docketed, "ARB_DEFENSE")
    assert (defence.started_on, defence.due_legal) == (day(9, 10), day(9, 23))


def test_a_copy_left_at_the_address_counts_after_three_working_days(docketed):
    serve_copy(docketed, method=ServiceMethod.LEFT)
    assert docketed.services.get().received_on == day(9, 15)
    assert clock(docketed, "ARB_DEFENSE").started_on == day(9, 15)
    # Serving was done when the paper was left.
    assert clock(docketed, "ARB_SERVE_COPY").ended_on == day(9, 10)


def test_the_days_of_a_public_notice_do_not_count_for_the_award(docketed):
    before = clock(docketed, "ARB_AWARD").due_nominal
    serve_copy(docketed, method=ServiceMethod.PUBLIC, receipt="《锦州日报》")
    counted = docketed.services.get().received_on
    assert counted == day(10, 10)
    award = clock(docketed, "ARB_AWARD")
    assert (award.state, award.due_nominal - before) == (State.RUNNING, counted - day(9, 10))


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"served_on": day(9, 8)}, OutOfOrder, "served_on"),
        ({"served_on": day(9, 11)}, NotYet, "served_on"),
        ({"method": ""}, Missing, "method"),
        ({"receipt": "  "}, Missing, "receipt"),
        ({"method": ServiceMethod.ELECTRONIC}, NoElectronicService, "method"),
    ],
)
def test_service_without_proof_or_in_a_wrong_way_is_refused(docketed, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        serve_copy(docketed, **facts)
    assert refused.value.field == field


def test_who_agreed_is_served_electronically(docketed):
    docketed.case.parties.filter(role="respondent").update(accepts_e_service=True)
    serve_copy(docketed, method=ServiceMethod.ELECTRONIC)
    assert docketed.services.get().received_on == day(9, 10)


def test_a_copy_is_served_once_and_only_after_docketing(arbitration_case):
    with pytest.raises(NotDocketed):
        serve_copy(arbitration_case)
    take_on(arbitration_case)
    serve_copy(arbitration_case)
    with pytest.raises(DoneBefore):
        serve_copy(arbitration_case)


def test_a_final_award_lets_the_worker_sue_and_the_employer_ask_to_set_it_aside(decided):
    worker, employer = party(decided, "worker"), party(decided, "employer")
    serve(decided)
    assert clock(decided, "SUE_15", worker).due_legal == day(10, 28)
    assert clock(decided, "SUE_15", employer) is None
    assert clock(decided, "SETASIDE_30", employer).due_legal == day(11, 12)
    assert clock(decided, "SETASIDE_30", worker) is None
    assert clock(decided, "ARB_AWARD").state == State.MET
    assert service.all_served(decided)


def test_the_parties_clocks_outlive_the_proceeding(decided):
    serve(decided)
    close_proceeding(decided, outcome=Outcome.FINAL_AWARD, at=at(10, 13))
    assert clock(decided, "SUE_15").state == State.RUNNING
    assert clock(decided, "SETASIDE_30").state == State.RUNNING


def test_separate_awards_give_the_employer_both_ways(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "award", arbitrator)
    claim = case.case.claims.get()
    other = case.case.claims.create(kind="reinstatement")
    decide(case, claims=[claim_facts(claim), claim_facts(other)])
    serve(case)
    employer = party(case, "employer")
    assert clock(case, "SUE_15", employer).due_legal == day(10, 28)
    assert clock(case, "SETASIDE_30", employer).due_legal == day(11, 12)


def test_each_party_has_its_own_day(decided):
    worker, employer = party(decided, "worker"), party(decided, "employer")
    serve(decided, worker)
    assert not service.all_served(decided)
    assert clock(decided, "ARB_AWARD").state == State.RUNNING
    serve(decided, employer, on=day(10, 19), at=at(10, 19))
    assert clock(decided, "SETASIDE_30", employer).started_on == day(10, 19)
    award = clock(decided, "ARB_AWARD")
    assert (award.state, award.ended_on) == (State.MET, day(10, 19))


def test_time_to_sue_runs_from_the_day_that_counts_as_receipt(decided):
    serve(decided, method=ServiceMethod.LEFT)
    assert clock(decided, "SUE_15").started_on == day(10, 16)


def test_a_party_is_served_once(decided):
    serve(decided, party(decided, "worker"))
    with pytest.raises(DoneBefore):
        serve(decided, party(decided, "worker"))


def test_somebody_must_be_served(decided):
    with pytest.raises(NobodyServed):
        service.serve_award(decided, services=[], at=at(10, 13))


def test_the_refusal_names_the_field_of_the_party(decided):
    worker = party(decided, "worker")
    with pytest.raises(Missing) as refused:
        serve(decided, worker, receipt="")
    assert refused.value.field == f"receipt_{worker.pk}"


def test_nothing_is_served_before_it_was_decided(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "award", arbitrator)
    with pytest.raises(NothingToServe):
        serve(case)
    decide(case)
    with pytest.raises(OutOfOrder):
        serve(case, on=day(10, 11))


def test_a_statement_is_signed_for_and_opens_no_court(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "hearing", arbitrator)
    hold(case, result=HearingRecord.Result.MEDIATED)
    decide(case, kind=Decision.Kind.STATEMENT)
    with pytest.raises(NotByThisWay):
        serve(case, method=ServiceMethod.LEFT)
    serve(case)
    assert clock(case, "SUE_15") is None
    assert clock(case, "SETASIDE_30") is None
    assert clock(case, "ARB_AWARD").state == State.MET
