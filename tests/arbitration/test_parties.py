"""Parties are added, and the jurisdiction is disputed."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import parties, schedule, service
from arbitration.domain.refusals import (
    Decided,
    DoneBefore,
    Missing,
    NoElectronicService,
    NoObjection,
    NotDocketed,
    NotTheirs,
    ObjectionLate,
    ObjectionOpen,
    WithinNewTerm,
)
from arbitration.models import AddedParty, JurisdictionObjection
from disputes.models import Deadline, Party, ServiceMethod
from tests.arbitration.acts import (
    at,
    bring_to,
    clock,
    day,
    hold,
    party,
    serve,
    set_hearing,
    titles,
)

USER = {"role": "respondent", "kind": "employer", "name": "锦北样例劳务009有限公司"}


@pytest.fixture
def answered(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "set_hearing", arbitrator)


def add(proceeding, *, at=at(9, 22), person=USER, **facts):
    facts = {
        "ground": AddedParty.Ground.DISPATCH,
        "decided_on": day(9, 21),
        "served_on": day(9, 22),
        "method": ServiceMethod.DIRECT,
        "receipt": "前台签收",
        **facts,
    }
    return parties.add_party(proceeding, facts=person, **facts, at=at)


def object_to(proceeding, *, at=at(9, 18), **facts):
    facts = {
        "party": party(proceeding, "employer"),
        "raised_on": day(9, 18),
        "grounds": "合同履行地在凌海市",
        **facts,
    }
    return parties.raise_objection(proceeding, **facts, at=at)


def test_an_added_respondent_has_its_own_term_and_the_award_starts_again(answered):
    row = add(answered)
    assert clock(answered, "ARB_AWARD").due_nominal == day(11, 5)
    own = clock(answered, "ARB_DEFENSE", row.party)
    assert own.due_legal == schedule.open_term(answered) == day(10, 13)
    served = answered.services.get(party=row.party)
    assert (served.paper, served.receipt) == ("application_copy", "前台签收")
    assert titles(answered)[-1] == "A party was added"


def test_a_third_party_has_no_term_to_answer(answered):
    row = add(answered, person=USER | {"role": "third"}, ground=AddedParty.Ground.INTEREST)
    assert clock(answered, "ARB_DEFENSE", row.party) is None
    assert schedule.open_term(answered) is None


def test_the_decision_is_served_on_an_added_party_too(answered):
    third = add(answered, person=USER | {"role": "third"}).party
    set_hearing(answered)
    hold(answered)
    bring_to_decision(answered)
    serve(answered, party(answered, "worker"))
    assert third in service.unserved_parties(answered)


def bring_to_decision(proceeding):
    from tests.arbitration.acts import decide

    decide(proceeding)


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"person": USER | {"role": "applicant"}}, NotTheirs, "role"),
        ({"person": USER | {"name": "锦北样例建筑003有限公司"}}, DoneBefore, "name"),
        ({"ground": AddedParty.Ground.OTHER}, Missing, "reason"),
        ({"receipt": ""}, Missing, "receipt"),
        ({"method": ServiceMethod.ELECTRONIC}, NoElectronicService, "method"),
    ],
)
def test_an_impossible_addition_is_refused(answered, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        add(answered, **facts)
    assert refused.value.field == field


def test_a_hearing_within_its_term_is_put_off_first(answered):
    set_hearing(answered)
    with pytest.raises(WithinNewTerm):
        add(answered, at=at(9, 28), served_on=day(9, 28))


def test_nobody_is_added_before_the_docket_or_after_the_award(arbitration_case, arbitrator):
    with pytest.raises(NotDocketed):
        add(arbitration_case)
    bring_to(arbitration_case, "serve", arbitrator)
    with pytest.raises(Decided):
        add(arbitration_case, at=at(10, 13))


def test_an_objection_comes_within_the_term_and_is_decided_before_the_hearing(answered):
    object_to(answered)
    set_hearing(answered)
    with pytest.raises(ObjectionOpen):
        hold(answered)
    row = parties.decide_objection(
        answered, upheld=False, reasons="用人单位住所地在本市", decided_on=day(9, 24), at=at(9, 24)
    )
    assert row.upheld is False
    hold(answered)
    assert "Objection rejected" in titles(answered)


def test_a_late_objection_does_not_hold_the_case_up(answered):
    with pytest.raises(ObjectionLate) as refused:
        object_to(answered, at=at(9, 28), raised_on=day(9, 28))
    assert refused.value.field == "raised_on"
    with pytest.raises(NotTheirs):
        object_to(answered, party=party(answered, "worker"))
    with pytest.raises(NoObjection):
        parties.decide_objection(
            answered, upheld=False, reasons="x", decided_on=day(9, 24), at=at(9, 24)
        )


def test_a_party_objects_once(answered):
    object_to(answered)
    with pytest.raises(DoneBefore):
        object_to(answered)


@pytest.mark.parametrize(
    "facts",
    [
        {"grounds": ""},
        {"upheld": False, "decided_on": day(9, 20)},
        {"upheld": True, "decided_on": day(9, 20), "reasons": "x"},
        {"upheld": False, "decided_on": day(9, 17), "reasons": "x"},
        {"reasons": "x"},
    ],
)
def test_the_database_refuses_an_objection_that_makes_no_sense(answered, facts):
    row = {
        "proceeding": answered,
        "party": party(answered, "employer"),
        "raised_on": day(9, 18),
        "grounds": "x",
        "at": at(9, 18),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        JurisdictionObjection.objects.create(**row | facts)


def test_the_database_wants_a_reason_for_another_ground(answered):
    added = Party.objects.create(case=answered.case, **USER)
    with pytest.raises(IntegrityError), transaction.atomic():
        AddedParty.objects.create(
            proceeding=answered, party=added, ground="other", decided_on=day(9, 21), at=at(9, 21)
        )


def test_terms_of_two_respondents_run_beside_each_other(arbitration_case, arbitrator):
    bring_to(arbitration_case, "defence", arbitrator)
    add(arbitration_case)
    running = Deadline.objects.running().filter(rule__rule_id="ARB_DEFENSE")
    assert running.count() == 2
    assert schedule.open_term(arbitration_case) == day(10, 13)
