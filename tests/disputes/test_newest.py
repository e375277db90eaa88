"""The newest cases of a person: the same ones that exist for her, found desk by desk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from disputes.domain.escalation import escalate, go_to_arbitration
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.models import Case, CaseGrant, Outcome, Wall
from disputes.newest import newest_cases
from disputes.permissions import visible_cases
from offices.domain.standing import keep_standing
from tests.factories import MONDAY, make_case, make_user


@pytest.fixture
def house(register, reporter, lawyer, district_mediator):
    """Cases at every tier: moved on, closed, reported, granted, walled."""
    made = [make_case(register.guta) for _n in range(4)]
    made += [make_case(register.linghe), make_case(register.commission)]
    made += [make_case(register.guta, by=reporter), make_case(register.linghe, by=reporter)]
    escalate(make_case(register.enterprise), outcome=Outcome.NOT_SETTLED, at=MONDAY)
    go_to_arbitration(made[0], at=MONDAY + timedelta(days=1))
    close_proceeding(made[1], outcome=Outcome.SETTLED, at=MONDAY + timedelta(days=1))
    end_case(made[1].case, at=MONDAY + timedelta(days=1), outcome=Outcome.SETTLED, tier=2)
    CaseGrant.objects.create(
        case=made[4].case, user=lawyer, kind="lawyer", reason="指派", granted_at=MONDAY
    )
    CaseGrant.objects.create(
        case=made[5].case,
        user=lawyer,
        kind="reason",
        reason="已过期",
        granted_at=MONDAY,
        until=date(2026, 1, 1),
    )
    Wall.objects.create(case=made[2].case, user=district_mediator, reason="亲属", at=MONDAY)


@pytest.fixture(
    params=[
        "district_mediator",
        "enterprise_mediator",
        "other_mediator",
        "arbitration_clerk",
        "reporter",
        "lawyer",
        "leader",
        "clerk",
        "administrator",
    ]
)
def person(request, house):
    return request.getfixturevalue(request.param)


def test_they_are_those_that_exist_for_her(person):
    assert set(newest_cases(person, number=100)) == set(visible_cases(person))


def test_open_and_closed_ones_are_told_apart(person):
    for state, ended in (("open", False), ("closed", True)):
        expected = set(visible_cases(person).filter(ended_at__isnull=not ended))
        assert set(newest_cases(person, number=100, state=state)) == expected


def test_the_tier_is_that_of_the_last_proceeding(person):
    for tier in (1, 2, 3):
        expected = {
            case
            for case in visible_cases(person)
            if case.proceedings.order_by("-ordinal").first().tier == tier
        }
        assert set(newest_cases(person, number=100, tier=tier)) == expected


def test_pages_follow_each_other_in_both_directions(person):
    all_of_them = list(visible_cases(person).order_by("-pk"))
    key, seen = None, []
    while page := sorted(newest_cases(person, number=2, before=key), key=lambda case: -case.pk):
        seen += page
        key = page[-1].pk
    assert seen == all_of_them
    if len(all_of_them) > 2:
        back = newest_cases(person, number=2, after=all_of_them[2].pk)
        assert set(back) == set(all_of_them[:2])


def test_nobody_who_is_nobody_sees_anything(house, stranger_without_posting):
    assert not newest_cases(stranger_without_posting, number=10).exists()
    assert Case.objects.exists()


@pytest.fixture
def stranger_without_posting(db):
    return make_user("keren", "来客")


def test_they_cost_three_queries(django_assert_num_queries, house, district_mediator):
    # Where she serves is asked before, once for the whole request.
    keep_standing(district_mediator, on=timezone.localdate())
    with django_assert_num_queries(3):
        list(newest_cases(district_mediator, number=10))
