"""Members of the panel disclose, stay or leave, and are replaced."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import seats
from arbitration.domain.refusals import (
    Advised,
    DecidesOnHimself,
    DoneBefore,
    KinNeverStays,
    Missing,
    NoPanel,
    NotEntitled,
    NotSeated,
    SatTwice,
    SeatUnfit,
    WalledOff,
)
from arbitration.models import Disclosure, Panel, PanelChange
from disputes.domain.conflicts import HasConflict
from disputes.models import CaseGrant, Wall
from offices.domain.bookings import PersonTaken
from tests import factories
from tests.arbitration.acts import (
    at,
    bring_to,
    day,
    hold,
    make_arbitrator,
    seat,
    set_hearing,
    take_on,
    titles,
)

Relation, Seat = Disclosure.Relation, PanelChange.Seat


@pytest.fixture
def seated(arbitration_case, arbitrator):
    """A case decided by one arbitrator, no hearing set yet."""
    return bring_to(arbitration_case, "set_hearing", arbitrator)


@pytest.fixture
def another(register):
    return make_arbitrator(register, "zhong2", "柳青")


def disclose(proceeding, person, *, at=at(9, 21), **facts):
    facts = {
        "relation": Relation.OTHER,
        "text": "与被申请人代理人系同学",
        "disclosed_on": day(9, 21),
        **facts,
    }
    return seats.disclose(proceeding, person=person, **facts, at=at)


def settle(proceeding, row, head, *, at=at(9, 22), **facts):
    facts = {"stays": False, "reasons": "可能影响公正裁决", "decided_on": day(9, 22), **facts}
    return seats.decide_disclosure(
        proceeding, disclosure=row, **facts, decided_by=head, at=at, by=head
    )


def change(proceeding, person, *, at=at(9, 22), **facts):
    facts = {
        "seat": Seat.PRESIDING,
        "ground": PanelChange.Ground.DISCLOSURE,
        "reason": "披露后更换",
        "changed_on": day(9, 22),
        "notified_on": day(9, 22),
        **facts,
    }
    return seats.change_member(proceeding, person=person, **facts, at=at)


def test_whoever_disclosed_does_not_sit_until_it_is_decided(seated, arbitrator, commission_head):
    row = disclose(seated, arbitrator)
    set_hearing(seated)
    with pytest.raises(SeatUnfit):
        hold(seated)
    settle(seated, row, commission_head, stays=True, reasons="不影响公正")
    hold(seated)
    assert "%(person)s stays on the panel" in titles(seated)


def test_who_leaves_is_replaced_and_the_hearing_stays(seated, arbitrator, commission_head, another):
    set_hearing(seated)
    settle(seated, disclose(seated, arbitrator), commission_head)
    with pytest.raises(SeatUnfit):
        hold(seated)
    row = change(seated, another)
    assert (row.before, row.after) == (arbitrator, another)
    seated.refresh_from_db()
    assert seated.handler == another
    assert seated.hearings.get().presiding == another
    hold(seated)


def test_kin_never_stays_and_nobody_decides_on_himself(seated, arbitrator, commission_head):
    row = disclose(seated, arbitrator, relation=Relation.KIN)
    with pytest.raises(KinNeverStays):
        settle(seated, row, commission_head, stays=True)
    with pytest.raises(DecidesOnHimself):
        settle(seated, row, arbitrator)
    settle(seated, row, commission_head)
    with pytest.raises(DoneBefore):
        settle(seated, row, commission_head)


def test_only_the_head_decides_and_only_members_disclose(
    seated, arbitrator, arbitration_clerk, another
):
    with pytest.raises(NotSeated):
        disclose(seated, another)
    row = disclose(seated, arbitrator)
    with pytest.raises(DoneBefore):
        disclose(seated, arbitrator)
    with pytest.raises(NotEntitled):
        settle(seated, row, arbitration_clerk)


def test_a_new_member_is_examined_like_the_first(
    seated, arbitrator, another, district_mediator, register
):
    with pytest.raises(SatTwice):
        change(seated, arbitrator)
    with pytest.raises(NotEntitled):
        change(seated, district_mediator)
    with pytest.raises(NotSeated):
        change(seated, another, seat=Seat.SECOND)
    with pytest.raises(Missing):
        change(seated, another, reason=" ")
    namesake = make_arbitrator(register, "tongming", "韩玉兰")
    with pytest.raises(HasConflict):
        change(seated, namesake)
    Wall.objects.create(case=seated.case, user=another, reason="回避", at=at(9, 21))
    with pytest.raises(WalledOff):
        change(seated, another)


def test_who_advised_a_party_does_not_decide(seated, another):
    CaseGrant.objects.create(
        case=seated.case,
        user=another,
        kind=CaseGrant.Kind.LAWYER,
        reason="代理",
        granted_at=at(9, 8),
    )
    with pytest.raises(Advised):
        change(seated, another)


def test_a_wall_against_a_member_keeps_him_from_sitting(seated, arbitrator):
    set_hearing(seated)
    Wall.objects.create(case=seated.case, user=arbitrator, reason="回避", at=at(9, 25))
    with pytest.raises(SeatUnfit):
        hold(seated)


def test_a_new_member_must_be_free_when_the_hearing_is(
    seated, another, register, arbitration_clerk
):
    set_hearing(seated)
    other = factories.make_case(register.commission, by=arbitration_clerk)
    take_on(other)
    seat(other, another)
    set_hearing(other, new_room="第二仲裁庭", waive_notice=True)
    with pytest.raises(PersonTaken):
        change(seated, another, at=at(9, 25))


def test_the_clerk_of_the_panel_changes_too(seated, arbitration_clerk):
    row = change(seated, arbitration_clerk, seat=Seat.CLERK, ground=PanelChange.Ground.LEAVE)
    assert (row.before, row.after) == (None, arbitration_clerk)
    assert Panel.objects.get().clerk == arbitration_clerk


def test_there_must_be_a_panel(arbitration_case, another):
    take_on(arbitration_case)
    with pytest.raises(NoPanel):
        change(arbitration_case, another)


@pytest.mark.parametrize(
    "facts",
    [
        {"text": ""},
        {"stays": True},
        {"stays": True, "decided_on": day(9, 22), "reasons": "x"},
        {"relation": "kin", "stays": True, "decided_on": day(9, 22), "reasons": "x", "head": True},
        {"stays": False, "decided_on": day(9, 20), "reasons": "x", "head": True},
        {"stays": False, "decided_on": day(9, 22), "reasons": "x", "self": True},
    ],
)
def test_the_database_refuses_a_disclosure_that_makes_no_sense(
    seated, arbitrator, commission_head, facts
):
    facts = dict(facts)
    if facts.pop("head", False):
        facts["decided_by"] = commission_head
    if facts.pop("self", False):
        facts["decided_by"] = arbitrator
    row = {
        "proceeding": seated,
        "person": arbitrator,
        "relation": Relation.OTHER,
        "text": "同学",
        "disclosed_on": day(9, 21),
        "at": at(9, 21),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.create(**row | facts)


@pytest.mark.parametrize("facts", [{"reason": ""}, {"notified_on": day(9, 21)}, {"same": True}])
def test_the_database_refuses_a_change_that_is_none(seated, arbitrator, another, facts):
    facts = dict(facts)
    row = {
        "proceeding": seated,
        "seat": Seat.PRESIDING,
        "before": arbitrator,
        "after": arbitrator if facts.pop("same", False) else another,
        "ground": "other",
        "reason": "x",
        "changed_on": day(9, 22),
        "notified_on": day(9, 22),
        "at": at(9, 22),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelChange.objects.create(**row | facts)
