"""When a dispute is collective, and that nobody makes it less."""

import pytest
from django.db import IntegrityError, transaction

from disputes.domain import collective, joinders
from disputes.models import Case, Cause
from tests.factories import MONDAY, make_case

pytestmark = pytest.mark.django_db


def count(proceeding, workers):
    Case.objects.filter(pk=proceeding.case_id).update(worker_count=workers)
    proceeding.case.refresh_from_db()
    return proceeding.case


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"worker_count": 9}, False),
        ({"worker_count": 10}, True),
        ({"worker_count": 40, "common_claim": False}, False),
        ({"cause": Cause.COLLECTIVE_CONTRACT}, True),
    ],
)
def test_the_law_says_at_filing_what_is_collective(register, facts, found):
    case = make_case(register.guta, **facts).case
    case.refresh_from_db()
    assert case.collective is found


def test_the_database_flags_what_somebody_forgot_to_flag(district_case):
    assert count(district_case, 10).collective is True


def test_the_flag_is_not_cleared(district_case):
    case = count(district_case, 12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(collective=False, worker_count=1)
    case.refresh_from_db()
    case.collective, case.worker_count = False, 3
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save()


def test_the_number_of_workers_is_not_lowered(district_case):
    case = count(district_case, 12)
    collective.assess(case, workers=3, at=MONDAY)
    case.refresh_from_db()
    assert (case.worker_count, case.collective) == (12, True)


def test_cases_handled_together_are_collective_when_they_are_enough(register, district_mediator):
    one, two = (
        make_case(register.guta, by=district_mediator, worker_count=workers) for workers in (4, 6)
    )
    joinders.join(one, other=two, reason="同一工地", at=MONDAY, by=district_mediator)
    for each in (one, two):
        each.case.refresh_from_db()
        assert each.case.collective
    joinders.sever(two, reason="请求不同", at=MONDAY, by=district_mediator)
    two.case.refresh_from_db()
    assert two.case.collective


def test_two_causes_are_no_common_claim(register, district_mediator):
    one = make_case(register.guta, worker_count=4)
    two = make_case(register.guta, worker_count=6, cause=Cause.INSURANCE)
    joinders.join(one, other=two, reason="同一工地", at=MONDAY, by=district_mediator)
    one.case.refresh_from_db()
    assert not one.case.collective
