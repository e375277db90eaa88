"""The respondent answers, or does not."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import defence
from arbitration.domain.refusals import (
    CounterclaimLate,
    DoneBefore,
    Missing,
    NotYet,
    OutOfOrder,
    TermNotOver,
)
from arbitration.models import Defence
from disputes.models import Deadline, ServedPaper
from tests.arbitration.acts import answer, at, bring_to, clock, day, titles

State = Deadline.State


@pytest.fixture
def served(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "defence", arbitrator)


def test_a_defence_ends_its_term_and_is_to_be_passed_on(served):
    answer(served)
    assert clock(served, "ARB_DEFENSE").state == State.MET
    assert clock(served, "ARB_SERVE_DEF").due_legal == day(9, 24)
    assert not defence.is_late(served)
    assert "Defence received" in titles(served)


def test_the_copy_for_the_applicant_can_go_out_at_once(served):
    answer(served, copy_served_on=day(9, 18))
    assert clock(served, "ARB_SERVE_DEF").state == State.MET
    assert served.services.filter(paper=ServedPaper.DEFENCE_COPY, party__role="applicant").exists()


def test_a_late_defence_is_taken_and_marked(served):
    answer(served, received_on=day(9, 24), at=at(9, 24))
    assert clock(served, "ARB_DEFENSE").state == State.LATE
    assert defence.is_late(served)
    assert "Defence received late" in titles(served)


def test_no_defence_is_recorded_when_the_term_is_over(served):
    with pytest.raises(TermNotOver, match="23"):
        answer(served, received=False, received_on=None, at=at(9, 23))
    answer(served, received=False, received_on=None, at=at(9, 24))
    term = clock(served, "ARB_DEFENSE")
    assert (term.state, term.ended_on) == (State.EXPIRED, day(9, 23))
    assert clock(served, "ARB_SERVE_DEF") is None


def test_the_respondent_may_waive_the_rest(served):
    answer(served, received=False, received_on=None, waived=True, at=at(9, 15))
    assert clock(served, "ARB_DEFENSE").ended_on == day(9, 15)


def test_a_joined_counterclaim_starts_the_award_again(served):
    answer(
        served,
        counter_claim=True,
        counter_joined=True,
        counter_decided_on=day(9, 21),
        at=at(9, 21),
    )
    assert clock(served, "ARB_COUNTER").state == State.MET
    assert clock(served, "ARB_AWARD").due_nominal == day(11, 5)
    assert "Counterclaim joined" in titles(served)


def test_a_counterclaim_that_is_not_joined_moves_nothing(served):
    answer(served, counter_claim=True, counter_decided_on=day(9, 18))
    assert clock(served, "ARB_AWARD").due_nominal == day(10, 24)


def test_what_comes_with_a_defence_is_dropped_without_one(served):
    row = answer(
        served,
        received=False,
        received_on=day(9, 18),
        counter_claim=True,
        counter_decided_on=day(9, 18),
        at=at(9, 24),
    )
    assert (row.received_on, row.counter_claim, row.counter_decided_on) == (None, False, None)


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"received_on": None}, Missing, "received_on"),
        ({"received_on": day(9, 9)}, OutOfOrder, "received_on"),
        ({"received_on": day(9, 19)}, NotYet, "received_on"),
        ({"copy_served_on": day(9, 17)}, OutOfOrder, "copy_served_on"),
        ({"counter_claim": True}, Missing, "counter_decided_on"),
        ({"jurisdiction_objection": True}, Missing, "note"),
    ],
)
def test_an_impossible_defence_is_refused(served, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        answer(served, **facts)
    assert refused.value.field == field
    assert not Defence.objects.exists()


def test_a_counterclaim_after_the_term_needs_its_own_case(served):
    with pytest.raises(CounterclaimLate):
        answer(
            served,
            received_on=day(9, 24),
            counter_claim=True,
            counter_decided_on=day(9, 24),
            at=at(9, 24),
        )


def test_a_defence_is_recorded_once(served):
    answer(served)
    with pytest.raises(DoneBefore):
        answer(served)


@pytest.mark.parametrize(
    "facts",
    [
        {"received_on": None},
        {"received": False},
        {"received": False, "received_on": None, "counter_claim": True},
        {"counter_claim": True},
        {"counter_joined": True},
        {"copy_served_on": day(9, 17)},
        {"jurisdiction_objection": True},
    ],
)
def test_the_database_refuses_a_contradictory_defence(arbitration_case, facts):
    row = {
        "proceeding": arbitration_case,
        "received": True,
        "received_on": day(9, 18),
        "at": at(9, 18),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Defence.objects.create(**row | facts)
