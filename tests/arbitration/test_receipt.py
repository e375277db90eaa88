"""An application arrives at the commission."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import docket
from arbitration.domain.refusals import DoneBefore, Missing, NotYet, OutOfOrder
from arbitration.models import PaperCorrection, Receipt
from disputes.domain import escalation
from disputes.models import Deadline
from tests.arbitration.acts import at, clock, day, receive, titles

State = Deadline.State


def test_receiving_starts_the_five_working_days(arbitration_case):
    receipt = receive(arbitration_case)
    assert receipt.manner == Receipt.Manner.DIRECT
    accept = clock(arbitration_case, "ARB_ACCEPT")
    assert (accept.started_on, accept.due_legal) == (day(9, 7), day(9, 14))
    assert docket.is_complete(arbitration_case)
    assert "Application for arbitration received" in titles(arbitration_case)


def test_opening_the_clocks_twice_changes_nothing(arbitration_case):
    first = docket.open_clocks(arbitration_case, at=at(9, 7))
    again = docket.open_clocks(arbitration_case, at=at(9, 7))
    assert again == first
    assert again.events.count() == 1


def test_another_day_of_receipt_starts_another_clock(arbitration_case):
    docket.open_clocks(arbitration_case, at=at(9, 7))
    receive(arbitration_case, received_on=day(9, 8), at=at(9, 8))
    clocks = Deadline.objects.filter(rule__rule_id="ARB_ACCEPT", proceeding=arbitration_case)
    assert [(each.started_on, each.state) for each in clocks.order_by("pk")] == [
        (day(9, 7), State.STOPPED),
        (day(9, 8), State.RUNNING),
    ]


def test_an_application_from_a_tier_waits_for_her_signature(district_case):
    proceeding = escalation.go_to_arbitration(district_case, at=at(9, 14))
    assert docket.open_clocks(proceeding, at=at(9, 14)) is None
    receipt = receive(proceeding, signed_on=day(9, 16), received_on=day(9, 16), at=at(9, 16))
    assert receipt.manner == Receipt.Manner.FROM_TIER
    assert clock(proceeding, "ARB_ACCEPT").started_on == day(9, 16)


def test_missing_papers_let_the_clock_stand_still_until_they_come(arbitration_case):
    receive(
        arbitration_case, complete=False, missing="劳动合同复印件", asked_on=day(9, 8), at=at(9, 8)
    )
    assert not docket.is_complete(arbitration_case)
    assert clock(arbitration_case, "ARB_ACCEPT").state == State.SUSPENDED
    assert clock(arbitration_case, "ARB_CORRECT").state == State.MET
    docket.receive_correction(
        arbitration_case, received="劳动合同复印件", received_on=day(9, 11), at=at(9, 11)
    )
    accept = clock(arbitration_case, "ARB_ACCEPT")
    # Friday the 11th, then 14 to 18.
    assert (accept.state, accept.due_legal) == (State.RUNNING, day(9, 18))
    assert docket.is_complete(arbitration_case)


def test_a_partial_correction_keeps_waiting(arbitration_case):
    receive(arbitration_case, complete=False, missing="合同;流水", asked_on=day(9, 7))
    docket.receive_correction(
        arbitration_case, received="合同", received_on=day(9, 9), complete=False, at=at(9, 9)
    )
    assert not docket.is_complete(arbitration_case)
    assert clock(arbitration_case, "ARB_ACCEPT").state == State.SUSPENDED
    docket.receive_correction(
        arbitration_case, received="流水", received_on=day(9, 10), at=at(9, 10)
    )
    assert docket.is_complete(arbitration_case)
    assert clock(arbitration_case, "ARB_ACCEPT").due_legal == day(9, 17)


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"received_on": day(9, 8)}, NotYet, "received_on"),
        ({"signed_on": day(9, 8)}, NotYet, "signed_on"),
        ({"received_on": day(9, 4)}, OutOfOrder, "received_on"),
        ({"signed_on": None}, Missing, "signed_on"),
        ({"complete": False, "asked_on": day(9, 7)}, Missing, "missing"),
        ({"complete": False, "missing": "合同"}, Missing, "asked_on"),
        ({"complete": False, "missing": "合同", "asked_on": day(9, 6)}, OutOfOrder, "asked_on"),
    ],
)
def test_an_impossible_receipt_is_refused(arbitration_case, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        receive(arbitration_case, **facts)
    assert refused.value.field == field
    assert not Receipt.objects.exists()


def test_an_application_is_received_once(arbitration_case):
    receive(arbitration_case)
    with pytest.raises(DoneBefore):
        receive(arbitration_case)


def test_nothing_is_corrected_that_is_complete(arbitration_case):
    receive(arbitration_case)
    with pytest.raises(DoneBefore):
        docket.receive_correction(
            arbitration_case, received="合同", received_on=day(9, 8), at=at(9, 8)
        )


def test_papers_do_not_come_before_they_were_asked_for(arbitration_case):
    receive(arbitration_case, complete=False, missing="合同", asked_on=day(9, 8), at=at(9, 8))
    with pytest.raises(OutOfOrder):
        docket.receive_correction(
            arbitration_case, received="合同", received_on=day(9, 7), at=at(9, 9)
        )


@pytest.mark.parametrize(
    "facts",
    [
        {"signed_on": day(9, 8)},
        {"complete": False},
        {"complete": False, "missing": "合同"},
        {"missing": "合同"},
        {"complete": False, "missing": "合同", "asked_on": day(9, 6)},
    ],
)
def test_the_database_refuses_a_contradictory_receipt(arbitration_case, facts):
    row = {
        "proceeding": arbitration_case,
        "manner": "direct",
        "signed_on": day(9, 7),
        "received_on": day(9, 7),
        "complete": True,
        "at": at(9, 7),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(**row | facts)


def test_the_database_completes_an_application_once(arbitration_case):
    row = {
        "proceeding": arbitration_case,
        "asked": "合同",
        "received": "合同",
        "received_on": day(9, 7),
        "complete": True,
        "at": at(9, 7),
    }
    PaperCorrection.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperCorrection.objects.create(**row)
