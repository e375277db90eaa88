"""People hear of what concerns them, and of nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from disputes.domain.escalation import escalate
from disputes.domain.proceedings import end_case
from disputes.models import Case, Outcome, Wall
from mediation.models import Agreement
from notices.models import Kind, Notice
from tests.factories import MONDAY, Tier, make_case, make_office
from tests.factories import Kind as OfficeKind
from workflows import ways
from workflows.courses import NotTheWork, change_handler, withdraw
from workflows.telling import tell_of_performance

pytestmark = pytest.mark.django_db


def told(user, kind):
    return list(Notice.objects.filter(recipient=user, kind=kind))


def give(proceeding, handler, *, by):
    change_handler(
        proceeding, handler=handler, reason="换人", conflict_declared=True, at=MONDAY, by=by
    )


def test_who_gets_a_file_is_told(district_case, district_mediator, regional_head):
    give(district_case, district_mediator, by=regional_head)
    (notice,) = told(district_mediator, Kind.ASSIGNED)
    assert district_case.number in notice.title
    assert notice.url == f"/cases/{district_case.case_id}/"


def test_who_takes_a_file_herself_is_not(district_case, regional_head):
    give(district_case, regional_head, by=regional_head)
    assert not told(regional_head, Kind.ASSIGNED)


def test_a_desk_hears_of_what_comes_to_it(register, reporter, regional_head, other_mediator):
    case = make_case(register.guta, by=reporter)
    (notice,) = told(regional_head, Kind.HANDED_OVER)
    assert case.number in notice.title
    assert not told(other_mediator, Kind.HANDED_OVER)
    assert not told(reporter, Kind.HANDED_OVER)


def test_nobody_behind_a_wall_hears_of_the_case(district_case, district_mediator, regional_head):
    Wall.objects.create(case=district_case.case, user=district_mediator, reason="亲属", at=MONDAY)
    with pytest.raises(NotTheWork):
        give(district_case, district_mediator, by=regional_head)
    assert not told(district_mediator, Kind.ASSIGNED)


def test_the_first_reporter_hears_that_her_case_has_ended(register, reporter, district_mediator):
    proceeding = make_case(register.guta, by=reporter)
    withdraw(proceeding, reason="和解", at=MONDAY, by=district_mediator)
    (notice,) = told(reporter, Kind.RESULT)
    assert proceeding.case.matter_number in notice.title


def test_the_first_reporter_hears_of_each_tier_that_did_not_settle(
    register, reporter, enterprise_mediator
):
    proceeding = make_case(register.enterprise, by=enterprise_mediator)
    Case.objects.update(filed_by=reporter, reporting_office=register.station)
    proceeding.refresh_from_db()
    branch = make_office(
        "另一企业调解委员会", "另企", Tier.ENTERPRISE, OfficeKind.ENTERPRISE_COMMITTEE,
        county="古塔区", parent=register.guta,
    )  # fmt: skip
    moved = ways.hand_on(
        proceeding, office=branch, reason="分公司", at=MONDAY, by=enterprise_mediator
    )
    assert not told(reporter, Kind.RESULT)
    escalate(moved, outcome=Outcome.NOT_SETTLED, at=MONDAY, by=enterprise_mediator)
    (notice,) = told(reporter, Kind.RESULT)
    assert register.guta.name in notice.title
    assert proceeding.case.matter_number in notice.title


def test_a_reporter_who_left_hears_nothing(register, reporter):
    proceeding = make_case(register.guta, by=reporter)
    reporter.is_active = False
    reporter.save()
    end_case(proceeding.case, at=MONDAY, outcome=Outcome.WITHDRAWN, tier=proceeding.tier)
    assert not told(reporter, Kind.RESULT)


@pytest.mark.parametrize(("days", "number"), [(0, 1), (3, 1), (4, 0), (-1, 1)])
def test_the_holder_is_reminded_of_an_agreement_once(
    district_case, district_mediator, days, number
):
    district_case.handler = district_mediator
    district_case.save()
    signed = date(2026, 9, 1)
    agreement = Agreement.objects.create(
        proceeding=district_case,
        terms="分期付清",
        performance_by=date(2026, 12, 31),
        performance_mode="instalments",
        worker_signed_on=signed,
        employer_signed_on=signed,
        mediator_signed_on=signed,
        sealed_on=signed,
        effective_on=signed,
        at=MONDAY,
        by=district_mediator,
    )
    debtor = district_case.case.parties.get(kind="employer")
    term = agreement.term_rows.create(
        ordinal=1, debtor=debtor, content="支付拖欠工资", amount=Decimal(5000)
    )
    term.instalments.create(
        ordinal=1, due_on=MONDAY.date() + timedelta(days=days), amount=Decimal(5000)
    )
    assert tell_of_performance(at=MONDAY) == number
    assert tell_of_performance(at=MONDAY + timedelta(minutes=5)) == 0
    assert len(told(district_mediator, Kind.INSTALMENT)) == number
