"""Who decides a case."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import people
from arbitration.domain.refusals import (
    AloneIsAlone,
    ConflictNotDeclared,
    DoneBefore,
    Mediated,
    Missing,
    NotDocketed,
    NotEntitled,
    SatTwice,
    SoleArbitrator,
    WalledOff,
)
from arbitration.models import Panel
from disputes.domain import escalation
from disputes.domain.timeline import Kind, record
from disputes.models import Deadline, Wall
from disputes.models.choices import Grade
from offices.domain.staffing import post
from offices.duties import Role
from tests.arbitration.acts import (
    at,
    clock,
    day,
    make_arbitrator,
    receive,
    seat,
    take_on,
    titles,
)


@pytest.fixture
def docketed(arbitration_case):
    take_on(arbitration_case)
    return arbitration_case


@pytest.fixture
def bench(register, arbitrator):
    """Three arbitrators."""
    return [
        arbitrator,
        make_arbitrator(register, "zhongcai2", "范明"),
        make_arbitrator(register, "zhongcai3", "邱红"),
    ]


def test_one_arbitrator_decides_a_simple_case_and_holds_the_file(docketed, arbitrator):
    panel = seat(docketed, arbitrator)
    assert panel.arbitrators == [arbitrator]
    docketed.refresh_from_db()
    assert docketed.handler == arbitrator
    assert clock(docketed, "ARB_PANEL").state == Deadline.State.MET
    assert "Panel formed: %(names)s" in titles(docketed)


def test_three_arbitrators_and_a_clerk_form_a_panel(docketed, bench, arbitration_clerk):
    panel = seat(
        docketed,
        bench[0],
        sole=False,
        reason="",
        second=bench[1],
        third=bench[2],
        clerk=arbitration_clerk,
    )
    assert panel.arbitrators == bench


def test_who_mediated_the_matter_may_not_decide_it(
    register, district_case, district_mediator, arbitrator
):
    district_case.handler = district_mediator
    district_case.save()
    post(district_mediator, office=register.commission, role=Role.ARBITRATOR, since=day(1, 1))
    proceeding = escalation.go_to_arbitration(district_case, at=at(9, 7))
    receive(proceeding)
    take_on(proceeding)
    assert list(people.arbitrators_for(proceeding, on=day(9, 10))) == [arbitrator]
    with pytest.raises(Mediated, match="张敏"):
        seat(proceeding, district_mediator)


def test_who_held_a_session_of_the_matter_may_not_decide_it(
    register, district_case, other_mediator
):
    post(other_mediator, office=register.commission, role=Role.ARBITRATOR, since=day(1, 1))
    record(
        district_case.case,
        "met",
        at=at(9, 7),
        by=other_mediator,
        proceeding=district_case,
        kind=Kind.MEETING,
    )
    proceeding = escalation.go_to_arbitration(district_case, at=at(9, 7))
    receive(proceeding)
    take_on(proceeding)
    with pytest.raises(Mediated):
        seat(proceeding, other_mediator)


def test_who_is_walled_off_may_not_decide(docketed, arbitrator):
    Wall.objects.create(case=docketed.case, user=arbitrator, reason="近亲属", at=at(9, 8))
    with pytest.raises(WalledOff):
        seat(docketed, arbitrator)


@pytest.mark.parametrize("change", [{"grade": Grade.MAJOR}, {"worker_count": 10}])
def test_a_major_or_collective_case_needs_three(docketed, arbitrator, change):
    for name, value in change.items():
        setattr(docketed.case, name, value)
    docketed.case.save()
    with pytest.raises(SoleArbitrator) as refused:
        seat(docketed, arbitrator)
    assert refused.value.field == "sole"


def test_a_stranger_to_the_commission_does_not_sit(docketed, district_mediator):
    with pytest.raises(NotEntitled, match="张敏"):
        seat(docketed, district_mediator)


def test_a_posting_that_ended_gives_no_seat(docketed, register, arbitrator):
    arbitrator.postings.update(until=day(9, 9))
    with pytest.raises(NotEntitled):
        seat(docketed, arbitrator)


def test_a_clerk_must_serve_at_the_commission(docketed, arbitrator, district_mediator):
    with pytest.raises(NotEntitled) as refused:
        seat(docketed, arbitrator, clerk=district_mediator)
    assert refused.value.field == "clerk"


def test_a_panel_of_two_is_refused(docketed, bench):
    with pytest.raises(Missing) as refused:
        seat(docketed, bench[0], sole=False, second=bench[1])
    assert refused.value.field == "third"


def test_nobody_sits_twice(docketed, bench):
    with pytest.raises(SatTwice) as refused:
        seat(docketed, bench[0], sole=False, second=bench[1], third=bench[0])
    assert refused.value.field == "third"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"conflict_declared": False}, ConflictNotDeclared),
        ({"reason": ""}, Missing),
        ({"notified_on": None}, Missing),
    ],
)
def test_a_sole_arbitrator_declares_and_is_explained(docketed, arbitrator, facts, refusal):
    with pytest.raises(refusal):
        seat(docketed, arbitrator, **facts)


def test_a_sole_arbitrator_has_nobody_beside_him(docketed, bench):
    with pytest.raises(AloneIsAlone):
        seat(docketed, bench[0], second=bench[1])


def test_a_panel_is_formed_once_and_only_after_docketing(arbitration_case, arbitrator):
    with pytest.raises(NotDocketed):
        seat(arbitration_case, arbitrator)
    take_on(arbitration_case)
    seat(arbitration_case, arbitrator)
    with pytest.raises(DoneBefore):
        seat(arbitration_case, arbitrator)


@pytest.mark.parametrize(
    "seats",
    [
        {"sole": False, "second": 1},
        {"sole": True, "second": 1, "third": 2},
        {"sole": False, "second": 0, "third": 1},
        {"sole": False, "second": 1, "third": 1},
        {"sole": True, "reason": ""},
        {"sole": True, "conflict_declared": False},
    ],
)
def test_the_database_refuses_any_other_panel(arbitration_case, bench, seats):
    people_ = {name: bench[value] for name, value in seats.items() if name in ("second", "third")}
    row = {
        "proceeding": arbitration_case,
        "presiding": bench[0],
        "reason": "简单",
        "conflict_declared": True,
        "notified_on": day(9, 10),
        "at": at(9, 10),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Panel.objects.create(**row | seats | people_)
