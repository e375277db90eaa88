"""Appointing who mediates."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.refusals import Refusal
from disputes.models import Wall
from mediation.domain import appointment
from mediation.models import Appointment
from offices.domain.staffing import end_posting, post
from offices.duties import Role
from tests.factories import make_case, make_user
from tests.mediation.acts import TUESDAY, told


def appoint(proceeding, mediator, *, by, **facts):
    facts = {"members": [], "reason": "熟悉建筑业", "conflict_declared": True, **facts}
    return appointment.appoint(proceeding, mediator=mediator, **facts, at=TUESDAY, by=by)


def test_the_mediator_gets_the_file(accepted_case, district_mediator, regional_head):
    appoint(accepted_case, district_mediator, by=regional_head)
    accepted_case.refresh_from_db()
    assert accepted_case.handler == district_mediator
    assert told(accepted_case)[-2:] == [
        ("Mediator appointed: 张敏", "all"),
        ("Why these people were appointed", "office"),
    ]


def test_a_panel_is_led_by_the_mediator(accepted_case, district_mediator, regional_head):
    appoint(accepted_case, district_mediator, members=[regional_head], by=regional_head)
    assert appointment.panel(accepted_case) == [district_mediator, regional_head]


def test_the_latest_appointment_counts(accepted_case, district_mediator, regional_head):
    appoint(accepted_case, district_mediator, by=regional_head)
    second = appoint(accepted_case, regional_head, by=regional_head)
    assert appointment.last_appointment(accepted_case) == second
    assert accepted_case.appointments.count() == 2


def test_a_file_without_appointment_is_mediated_by_its_handler(district_case, district_mediator):
    assert appointment.panel(district_case) == []
    district_case.handler = district_mediator
    assert appointment.panel(district_case) == [district_mediator]


def test_nobody_from_elsewhere_is_appointed(accepted_case, other_mediator, lawyer, regional_head):
    for stranger in (other_mediator, lawyer):
        with pytest.raises(appointment.NotAMediatorHere) as refused:
            appoint(accepted_case, stranger, by=regional_head)
        assert refused.value.field == "mediator"


def test_nobody_is_appointed_whose_posting_has_ended(
    accepted_case, district_mediator, regional_head
):
    end_posting(district_mediator.postings.get(), until=date(2026, 9, 7))
    with pytest.raises(appointment.NotAMediatorHere):
        appoint(accepted_case, district_mediator, by=regional_head)


def test_a_member_needs_the_duty_too(
    accepted_case, district_mediator, other_mediator, regional_head
):
    with pytest.raises(appointment.NotAMediatorHere) as refused:
        appoint(accepted_case, district_mediator, members=[other_mediator], by=regional_head)
    assert refused.value.field == "members"


def test_nobody_is_appointed_who_is_walled_off(accepted_case, district_mediator, regional_head):
    Wall.objects.create(case=accepted_case.case, user=district_mediator, reason="回避", at=TUESDAY)
    with pytest.raises(appointment.NotAMediatorHere):
        appoint(accepted_case, district_mediator, by=regional_head)


@pytest.mark.parametrize(
    "facts", [{"worker": {"name": "张敏"}}, {"employer": {"contact_name": "张敏"}}]
)
def test_nobody_mediates_for_a_namesake(register, district_mediator, regional_head, facts):
    proceeding = make_case(register.guta, by=regional_head, **facts)
    with pytest.raises(appointment.ConflictOfInterest, match="张敏"):
        appoint(proceeding, district_mediator, by=regional_head)


def test_nobody_mediates_at_the_region_who_serves_at_the_employer(
    register, accepted_case, regional_head
):
    both = make_user("liang", "周凯", office=register.guta, role=Role.MEDIATOR)
    post(both, office=register.enterprise, role=Role.MEDIATOR, since=date(2026, 1, 1))
    with pytest.raises(appointment.ConflictOfInterest, match="锦北样例建筑003"):
        appoint(accepted_case, both, by=regional_head)


def test_the_committee_of_the_enterprise_is_made_of_its_people(
    enterprise_case, enterprise_mediator, enterprise_head
):
    appoint(enterprise_case, enterprise_mediator, by=enterprise_head)
    assert enterprise_case.handler == enterprise_mediator


@pytest.mark.parametrize("undeclared", [False, None])
def test_everybody_is_asked_about_conflicts(
    accepted_case, district_mediator, regional_head, undeclared
):
    with pytest.raises(appointment.ConflictNotDeclared):
        appoint(accepted_case, district_mediator, conflict_declared=undeclared, by=regional_head)
    assert accepted_case.handler is None


def test_nobody_is_appointed_twice(accepted_case, district_mediator, regional_head):
    with pytest.raises(Refusal) as refused:
        appoint(accepted_case, district_mediator, members=[district_mediator], by=regional_head)
    assert refused.value.field == "members"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"conflict_declared": False, "reason": "x"}, "appointment_without_conflict"),
        ({"conflict_declared": True, "reason": ""}, "appointment_gives_its_reason"),
    ],
)
def test_the_database_keeps_the_rules_of_appointment(
    district_case, district_mediator, facts, constraint
):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Appointment.objects.create(
            proceeding=district_case,
            mediator=district_mediator,
            at=TUESDAY,
            by=district_mediator,
            **facts,
        )
