"""Lists of proof, their exchange, and what each side says of the other's."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arbitration.domain import proof as period
from arbitration.domain.refusals import (
    DoneBefore,
    DoubtUnexplained,
    Missing,
    NotDocketed,
    NothingChosen,
    NotYet,
    OutOfOrder,
    OwnProof,
    PeriodOver,
)
from arbitration.models import ProofPeriod
from disputes.domain import proof
from disputes.models import ProofItem, ProofOpinion
from tests.arbitration.acts import at, bring_to, day, party, titles

CONFIRMED, DISPUTED = ProofOpinion.Opinion.CONFIRMED, ProofOpinion.Opinion.DISPUTED


@pytest.fixture
def docketed(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "defence", arbitrator)


def item(name="工资流水", **facts):
    return {
        "name": name,
        "purpose": "证明拖欠工资事实",
        "source": "银行",
        "pages": 3,
        "is_original": True,
        "material": None,
        **facts,
    }


def hand_in(proceeding, side="worker", *items, at=at(9, 14), **facts):
    facts = {"submitted_on": day(9, 14), **facts}
    lists = [(party(proceeding, side), items or (item(),))]
    return period.hand_in(proceeding, lists=lists, **facts, at=at)


def opinion(row, said=CONFIRMED, **facts):
    doubts = dict.fromkeys(proof.DOUBTS, False)
    return {"item": row, "opinion": said, **doubts, "reason": "", **facts}


def say(proceeding, side, *opinions, at=at(9, 18)):
    return proof.say(
        proceeding,
        party=party(proceeding, side),
        opinions=opinions,
        said_on=day(9, 18),
        at=at,
    )


def test_items_are_numbered_per_party_and_go_on(docketed):
    hand_in(docketed, "worker", item(), item("考勤记录"))
    hand_in(docketed, "worker", item("劳动合同"))
    hand_in(docketed, "employer", item("离职证明"))
    assert list(docketed.proof_items.values_list("number", "name")) == [
        (1, "工资流水"),
        (2, "考勤记录"),
        (3, "劳动合同"),
        (1, "离职证明"),
    ]
    assert titles(docketed)[-1] == "%(role)s handed in proof, %(count)s items"


def test_what_comes_after_the_period_is_marked_not_refused(docketed):
    period.set_period(docketed, until=day(9, 15), notified_on=day(9, 10), at=at(9, 10))
    (in_time,) = hand_in(docketed)
    (late,) = hand_in(docketed, at=at(9, 16), submitted_on=day(9, 16))
    assert (in_time.is_late, late.is_late) == (False, True)


def test_the_period_is_moved_before_it_ends_and_with_a_reason(docketed):
    period.set_period(docketed, until=day(9, 15), notified_on=day(9, 10), at=at(9, 10))
    with pytest.raises(Missing):
        period.set_period(docketed, until=day(9, 20), notified_on=day(9, 14), at=at(9, 14))
    moved = {"until": day(9, 20), "notified_on": day(9, 14), "reason": "申请延长"}
    period.set_period(docketed, **moved, at=at(9, 14))
    assert period.last_day(docketed) == day(9, 20)
    with pytest.raises(PeriodOver):
        period.set_period(docketed, **moved, at=at(9, 21))
    with pytest.raises(OutOfOrder):
        period.set_period(docketed, **moved | {"until": day(9, 13)}, at=at(9, 15))


def test_the_list_is_passed_on_once(docketed):
    hand_in(docketed)
    worker = party(docketed, "worker")
    with pytest.raises(OutOfOrder):
        proof.exchange(docketed, party=worker, exchanged_on=day(9, 13), at=at(9, 15))
    assert proof.exchange(docketed, party=worker, exchanged_on=day(9, 15), at=at(9, 15)) == 1
    with pytest.raises(DoneBefore):
        proof.exchange(docketed, party=worker, exchanged_on=day(9, 15), at=at(9, 15))


def test_the_other_side_confirms_or_disputes_each_item(docketed):
    bank, clock = hand_in(docketed, "worker", item(), item("考勤记录"))
    say(
        docketed,
        "employer",
        opinion(bank),
        opinion(clock, DISPUTED, doubts_authenticity=True, reason="非本单位系统导出"),
    )
    assert ProofOpinion.objects.get(item=clock).doubts == [_("authenticity")]
    assert proof.items_for(docketed, party(docketed, "employer")).count() == 0
    with pytest.raises(DoneBefore):
        say(docketed, "employer", opinion(bank))


def test_doubts_of_a_confirmed_item_are_not_kept(docketed):
    (row,) = hand_in(docketed)
    say(docketed, "employer", opinion(row, CONFIRMED, doubts_legality=True))
    assert ProofOpinion.objects.get().doubts == []


@pytest.mark.parametrize(
    "facts", [{}, {"doubts_relevance": True}, {"reason": "无关"}, {"reason": " "}]
)
def test_what_is_disputed_says_what_and_why(docketed, facts):
    (row,) = hand_in(docketed)
    with pytest.raises(DoubtUnexplained) as refused:
        say(docketed, "employer", opinion(row, DISPUTED, **facts))
    assert refused.value.field == f"reason_{row.pk}"


def test_nobody_speaks_about_his_own_proof_and_nothing_is_nothing(docketed):
    (row,) = hand_in(docketed)
    with pytest.raises(OwnProof):
        say(docketed, "worker", opinion(row))
    with pytest.raises(NothingChosen):
        say(docketed, "employer")
    with pytest.raises(NothingChosen):
        period.hand_in(
            docketed,
            lists=[(party(docketed, "worker"), [])],
            submitted_on=day(9, 14),
            at=at(9, 14),
        )
    with pytest.raises(NotYet):
        hand_in(docketed, submitted_on=day(9, 15))


def test_before_the_docket_there_is_no_proof(arbitration_case):
    with pytest.raises(NotDocketed):
        hand_in(arbitration_case)
    with pytest.raises(NotDocketed):
        period.set_period(arbitration_case, until=day(9, 20), notified_on=day(9, 14), at=at(9, 14))


@pytest.mark.parametrize(
    "facts", [{"name": ""}, {"purpose": ""}, {"exchanged_on": day(9, 13)}, {"number": 1}]
)
def test_the_database_refuses_an_item_that_makes_no_sense(docketed, facts):
    hand_in(docketed)
    row = {
        "proceeding": docketed,
        "party": party(docketed, "worker"),
        "number": 2,
        "name": "x",
        "purpose": "y",
        "submitted_on": day(9, 14),
        "at": at(9, 14),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofItem.objects.create(**row | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"opinion": "disputed"},
        {"opinion": "disputed", "reason": "x"},
        {"opinion": "disputed", "doubts_legality": True},
        {"opinion": "confirmed", "doubts_legality": True},
    ],
)
def test_the_database_refuses_an_opinion_that_makes_no_sense(docketed, facts):
    (row,) = hand_in(docketed)
    employer = party(docketed, "employer")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofOpinion.objects.create(
            item=row, party=employer, said_on=day(9, 18), at=at(9, 18), **facts
        )


def test_the_database_refuses_a_period_that_ended_before_it_was_told(docketed):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofPeriod.objects.create(
            proceeding=docketed, until=day(9, 9), notified_on=day(9, 10), at=at(9, 10)
        )
