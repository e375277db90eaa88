"""Hearings put off at a party's request, and who signs the record."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import postponements
from arbitration.domain.refusals import (
    AskedTooLate,
    DoneBefore,
    HeardAlready,
    Missing,
    NoHearing,
    NothingChosen,
)
from arbitration.models import Postponement, RecordSignature
from tests.arbitration.acts import at, bring_to, day, hold, party, set_hearing, titles

How = RecordSignature.How


@pytest.fixture
def set_case(arbitration_case, arbitrator):
    """A case to be heard on Friday 9 October at nine; 3 working days before is 29 September."""
    return bring_to(arbitration_case, "hearing", arbitrator)


def ask(proceeding, *, at=at(9, 28), **facts):
    facts = {
        "party": party(proceeding, "employer"),
        "asked_on": day(9, 28),
        "reason": "代理人住院",
        "granted": True,
        **facts,
    }
    return postponements.answer_request(proceeding, **facts, at=at)


def sign(proceeding, *, at=at(10, 9, 13), **hows):
    signatures = [
        {"party": each, "how": hows.get(each.kind, How.SIGNED), "note": hows.get("note", "")}
        for each in proceeding.case.parties.all()
    ]
    return postponements.sign_record(proceeding, signatures=signatures, at=at)


def test_a_granted_request_frees_the_room(set_case):
    row = ask(set_case)
    hearing = set_case.hearings.get()
    assert (row.granted, hearing.cancelled, hearing.record.result) == (True, True, "adjourned")
    assert "Postponement granted" in titles(set_case)
    freed = {"notified_on": day(9, 28), "new_room": "第一仲裁庭", "waive_notice": True}
    set_hearing(set_case, at=at(9, 28, 11), **freed)


def test_the_last_day_to_ask_is_three_working_days_before(set_case):
    assert postponements.latest_request(day(10, 9)) == day(9, 29)
    with pytest.raises(AskedTooLate) as refused:
        ask(set_case, at=at(9, 30), asked_on=day(9, 30))
    assert refused.value.field == "asked_on"
    row = ask(set_case, at=at(9, 30), asked_on=day(9, 30), granted=False, note="未在期限内提出")
    assert not set_case.hearings.get().cancelled
    assert row.note


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"reason": " "}, "reason"), ({"granted": False}, "note"), ({"asked_on": None}, "asked_on")],
)
def test_an_incomplete_answer_is_refused(set_case, facts, field):
    with pytest.raises(Missing) as refused:
        ask(set_case, **facts)
    assert refused.value.field == field


def test_there_must_be_a_hearing_ahead(set_case, arbitration_case):
    with pytest.raises(HeardAlready):
        ask(set_case, at=at(10, 9, 10))
    hold(set_case)
    with pytest.raises(NoHearing):
        ask(set_case, at=at(10, 9, 13))


def test_who_refuses_to_sign_is_noted_with_why(set_case):
    hold(set_case)
    with pytest.raises(Missing):
        sign(set_case, employer=How.REFUSED)
    rows = sign(set_case, employer=How.REFUSED, note="认为记录不全")
    assert {row.how for row in rows} == {How.SIGNED, How.REFUSED}
    assert titles(set_case)[-1] == "Record signed, refused by %(count)s"
    with pytest.raises(DoneBefore):
        sign(set_case)


def test_a_record_is_signed_after_it_was_written(set_case):
    with pytest.raises(DoneBefore):
        sign(set_case)
    hold(set_case)
    with pytest.raises(NothingChosen):
        postponements.sign_record(set_case, signatures=[], at=at(10, 9, 13))


@pytest.mark.parametrize("facts", [{"reason": ""}, {"granted": False}, {"decided_on": day(9, 27)}])
def test_the_database_refuses_an_answer_that_makes_no_sense(set_case, facts):
    row = {
        "hearing": set_case.hearings.get(),
        "party": party(set_case, "employer"),
        "asked_on": day(9, 28),
        "reason": "x",
        "decided_on": day(9, 28),
        "granted": True,
        "at": at(9, 28),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Postponement.objects.create(**row | facts)


def test_the_database_refuses_an_unexplained_refusal_to_sign(set_case):
    hold(set_case)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordSignature.objects.create(
            record=set_case.hearings.get().record,
            party=party(set_case, "worker"),
            how=How.REFUSED,
            at=at(10, 9, 13),
        )
