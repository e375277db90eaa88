"""A case goes to an organisation outside this system, and its outcome comes back."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import handover
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NoAmountThere,
    NotAcknowledged,
    NotSent,
    NotYet,
    OutOfOrder,
    SharingNotAgreed,
    WrongOutcome,
)
from arbitration.forms.outside import list_contents
from arbitration.models import Handover
from disputes.models import Consent, Deadline, Evidence, Level, Outcome, TimelineEntry
from law.rules import rule_on
from offices.models import Office
from tests import factories
from tests.arbitration.acts import at, clock, day

Reach = TimelineEntry.Reach


@pytest.fixture
def outside_case(register, arbitration_clerk):
    """A case at a commission that works outside this system."""
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    register.commission.refresh_from_db()
    return factories.make_case(register.commission, by=arbitration_clerk)


@pytest.fixture
def sent(outside_case):
    send(outside_case)
    return outside_case


@pytest.fixture
def acknowledged(sent):
    confirm(sent)
    return sent


def send(proceeding, *, at=at(9, 9), **facts):
    facts = {
        "sent_on": day(9, 9),
        "contents": "申请书",
        "signed_on": day(9, 8),
        "sharing_basis": "法定职责所必需",
        **facts,
    }
    return handover.send_package(proceeding, **facts, at=at)


def confirm(proceeding, *, at=at(9, 11), **facts):
    facts = {"receipt_on": day(9, 11), "outside_number": "锦劳人仲收〔2026〕88号", **facts}
    return handover.record_receipt(proceeding, **facts, at=at)


def end(proceeding, *, at=at(10, 30), **facts):
    facts = {"outcome": Outcome.FINAL_AWARD, "outcome_on": day(10, 30), "note": "", **facts}
    return handover.write_back(proceeding, **facts, at=at)


def test_a_package_is_sent_confirmed_and_answered(acknowledged):
    row = end(acknowledged)
    assert (row.outside_number, row.outcome) == ("锦劳人仲收〔2026〕88号", Outcome.FINAL_AWARD)
    verbs = [entry.verb for entry in acknowledged.case.timeline.order_by("pk")]
    assert verbs[-3:] == [
        "Package sent to %(office)s",
        "Receipt confirmed by %(office)s",
        "%(office)s reported the outcome",
    ]


def test_the_receipt_of_a_commission_ends_the_limitation(acknowledged):
    limitation = clock(acknowledged, "LIMITATION")
    assert (limitation.state, limitation.ended_on) == (Deadline.State.MET, day(9, 11))


def test_mediation_outside_needs_no_signature_and_keeps_the_limitation(register):
    Office.objects.filter(pk=register.guta.pk).update(handled_here=False)
    register.guta.refresh_from_db()
    proceeding = factories.make_case(register.guta)
    send(proceeding, signed_on=None)
    confirm(proceeding)
    assert clock(proceeding, "LIMITATION").state == Deadline.State.RUNNING
    with pytest.raises(WrongOutcome):
        end(proceeding)
    end(proceeding, outcome=Outcome.SETTLED)


def test_what_is_confidential_does_not_travel(outside_case):
    for name, reach, level in [
        ("工资流水.pdf", Reach.ONWARD, Level.CASE),
        ("调解笔录.pdf", Reach.OFFICE, Level.CASE),
        ("诊断书.pdf", Reach.ONWARD, Level.SENSITIVE),
    ]:
        Evidence.objects.create(
            case=outside_case.case,
            proceeding=outside_case,
            name=name,
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            level=level,
            reach=reach,
            added_at=at(9, 8),
        )
    assert [each.name for each in handover.materials_for(outside_case)] == ["工资流水.pdf"]
    contents = list_contents(outside_case)
    assert "工资流水.pdf" in contents
    assert "调解笔录.pdf" not in contents
    assert "14,600.00" in contents


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"signed_on": None}, Missing, "signed_on"),
        ({"signed_on": day(9, 10)}, NotYet, "signed_on"),
        ({"sent_on": day(9, 10)}, NotYet, "sent_on"),
        ({"contents": " "}, Missing, "contents"),
        ({"sharing_basis": " "}, SharingNotAgreed, "sharing_basis"),
    ],
)
def test_an_impossible_package_is_refused(outside_case, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        send(outside_case, **facts)
    assert refused.value.field == field


def test_the_steps_come_in_order_and_once(outside_case):
    with pytest.raises(NotSent):
        confirm(outside_case)
    send(outside_case)
    with pytest.raises(DoneBefore):
        send(outside_case)
    with pytest.raises(NotAcknowledged):
        end(outside_case)
    with pytest.raises(OutOfOrder):
        confirm(outside_case, receipt_on=day(9, 8))
    confirm(outside_case)
    with pytest.raises(DoneBefore):
        confirm(outside_case)
    with pytest.raises(OutOfOrder):
        end(outside_case, outcome_on=day(9, 10))
    end(outside_case)
    with pytest.raises(DoneBefore):
        end(outside_case)


@pytest.mark.parametrize(
    "facts",
    [
        {"contents": ""},
        {"signed_on": day(9, 10)},
        {"receipt_on": day(9, 8)},
        {"outcome": "refused", "outcome_on": day(9, 12)},
        {"receipt_on": day(9, 11), "outcome": "refused", "outcome_on": day(9, 10)},
        {"receipt_on": day(9, 11), "outcome": "refused"},
        {"receipt_on": day(9, 11), "outcome_on": day(9, 12)},
        {"outcome_amount": 100},
        {
            "receipt_on": day(9, 11),
            "outcome": "final_award",
            "outcome_on": day(9, 12),
            "outcome_amount": -1,
        },
    ],
)
def test_the_database_refuses_a_handover_out_of_order(arbitration_case, facts):
    row = {
        "proceeding": arbitration_case,
        "sent_on": day(9, 9),
        "contents": "申请书",
        "at": at(9, 9),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(**row | facts)


def agree(proceeding, given, moment):
    worker = proceeding.case.parties.get(kind="worker")
    facts = {"purpose": Consent.Purpose.SHARING, "recipient": "arbitration_commission"}
    Consent.objects.create(party=worker, given=given, at=moment, **facts)


def test_consent_of_the_applicant_takes_the_place_of_a_reason(outside_case):
    assert not handover.may_share(outside_case)
    agree(outside_case, True, at(9, 7))
    assert handover.may_share(outside_case)
    # What was said last counts: consent can be taken back.
    agree(outside_case, False, at(9, 8))
    with pytest.raises(SharingNotAgreed):
        send(outside_case, sharing_basis="")
    agree(outside_case, True, at(9, 9))
    assert send(outside_case, sharing_basis="").sharing_basis == ""


def test_each_answer_has_a_term_and_is_chased(outside_case):
    sending = clock(outside_case, "HANDOVER_SEND")
    assert (sending.started_on, sending.due_legal) == (day(9, 7), day(9, 10))
    send(outside_case)
    assert clock(outside_case, "HANDOVER_SEND").state == Deadline.State.MET
    assert clock(outside_case, "HANDOVER_RECEIPT").due_legal == day(9, 14)
    confirm(outside_case, outside_number="")
    assert clock(outside_case, "HANDOVER_RECEIPT").state == Deadline.State.MET
    assert clock(outside_case, "HANDOVER_NUMBER").state == Deadline.State.RUNNING
    assert clock(outside_case, "HANDOVER_OUTCOME").due_legal == day(11, 19)
    handover.record_number(outside_case, outside_number="外仲1号", at=at(9, 21))
    assert clock(outside_case, "HANDOVER_NUMBER").state == Deadline.State.MET
    end(outside_case)
    assert clock(outside_case, "HANDOVER_OUTCOME").state == Deadline.State.MET


def test_a_number_that_came_with_the_receipt_is_not_asked_for_again(acknowledged):
    assert clock(acknowledged, "HANDOVER_NUMBER") is None
    with pytest.raises(DoneBefore):
        handover.record_number(acknowledged, outside_number="外仲2号", at=at(9, 21))


def test_a_number_needs_a_receipt_and_words(sent):
    with pytest.raises(NotAcknowledged):
        handover.record_number(sent, outside_number="外仲1号", at=at(9, 21))
    confirm(sent, outside_number="")
    with pytest.raises(Missing):
        handover.record_number(sent, outside_number=" ", at=at(9, 21))


def test_the_outcome_carries_the_amount_where_something_is_paid(acknowledged):
    with pytest.raises(NoAmountThere):
        end(acknowledged, outcome=Outcome.REFUSED, amount=100)
    assert end(acknowledged, amount=14600).outcome_amount == 14600


def test_the_terms_are_figures_that_can_be_changed_and_no_law(db):
    for rule_id in ("HANDOVER_SEND", "HANDOVER_RECEIPT", "HANDOVER_NUMBER", "HANDOVER_OUTCOME"):
        rule = rule_on(rule_id, day(9, 7))
        assert (rule.confidence, rule.unit) == ("D", "working_day")
