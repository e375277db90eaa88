"""The docket: the commission's cases by deadline, narrowed, in a fixed number of queries."""

import pytest
from django.urls import reverse

from disputes.models import Deadline, Outcome, Wall
from tests import factories
from tests.arbitration.acts import at, bring_to, day, receive, take_on
from workflows.courses import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def docket(client, time_machine):
    """Open the docket as somebody on Thursday 10 September 2026."""
    time_machine.move_to(at(9, 10, 10))

    def open_as(user, **query):
        client.force_login(user)
        return client.get(reverse("docket"), query)

    return open_as


def numbers(response):
    return [row["proceeding"].number for row in response.context["rows"]]


def make_three(register, clerk):
    return [factories.make_case(register.commission, by=clerk) for _n in range(3)]


def test_the_clerk_sees_the_commissions_cases_most_urgent_first(
    docket, register, arbitration_clerk, arbitration_case
):
    later = factories.make_case(register.commission, by=arbitration_clerk, at=at(9, 9))
    shown = docket(arbitration_clerk)
    assert numbers(shown) == [arbitration_case.number, later.number]
    assert "收件" in shown.content.decode() or "Receive" in shown.content.decode()


def test_a_district_case_is_not_on_the_docket(docket, arbitration_clerk, district_case):
    assert numbers(docket(arbitration_clerk)) == []


def test_a_stranger_has_no_docket(docket, district_mediator, arbitration_case):
    assert docket(district_mediator).status_code == 403


def test_a_wall_takes_the_case_from_the_docket(docket, arbitration_clerk, arbitration_case):
    Wall.objects.create(
        case=arbitration_case.case, user=arbitration_clerk, reason="回避", at=at(9, 8)
    )
    assert numbers(docket(arbitration_clerk)) == []


def test_a_filter_by_step_keeps_the_cases_that_wait_there(
    docket, register, arbitration_clerk, arbitration_case
):
    assert numbers(docket(arbitration_clerk, step="receive")) == [arbitration_case.number]
    assert numbers(docket(arbitration_clerk, step="hearing")) == []
    # What no step is called is no filter.
    assert numbers(docket(arbitration_clerk, step="nonsense")) == [arbitration_case.number]


def test_filters_by_deadline(docket, arbitration_clerk, arbitration_case, time_machine):
    receive(arbitration_case)
    assert numbers(docket(arbitration_clerk, clock="soon")) == [arbitration_case.number]
    assert numbers(docket(arbitration_clerk, clock="over")) == []
    time_machine.move_to(at(9, 16))
    assert numbers(docket(arbitration_clerk, clock="over")) == [arbitration_case.number]
    Deadline.objects.filter(rule__rule_id="ARB_ACCEPT").update(
        state="suspended", suspended_on=day(9, 8)
    )
    assert numbers(docket(arbitration_clerk, clock="suspended")) == [arbitration_case.number]


def test_mine_are_those_in_whose_panel_i_sit(
    docket, register, arbitration_case, arbitration_clerk, commission_head, arbitrator
):
    other = factories.make_case(register.commission, by=arbitration_clerk)
    bring_to(arbitration_case, "serve_copy", arbitrator)
    assert numbers(docket(arbitrator, mine="1")) == [arbitration_case.number]
    assert set(numbers(docket(commission_head))) == {arbitration_case.number, other.number}


def test_an_arbitrator_has_only_her_own_on_the_docket(
    docket, register, arbitration_case, arbitration_clerk, arbitrator
):
    factories.make_case(register.commission, by=arbitration_clerk)
    assert numbers(docket(arbitrator)) == []
    bring_to(arbitration_case, "serve_copy", arbitrator)
    assert numbers(docket(arbitrator)) == [arbitration_case.number]


def test_closed_cases_have_their_own_list(docket, arbitration_case, arbitration_clerk):
    withdraw(arbitration_case, reason="自行和解", at=at(9, 9), by=arbitration_clerk)
    assert numbers(docket(arbitration_clerk)) == []
    shown = docket(arbitration_clerk, state="closed")
    assert numbers(shown) == [arbitration_case.number]
    assert str(Outcome.WITHDRAWN.label) in shown.content.decode()


def test_pages_follow_each_other_without_gap_or_repetition(
    docket, register, arbitration_clerk, monkeypatch
):
    made = [row.number for row in make_three(register, arbitration_clerk)]
    monkeypatch.setattr("arbitration.registry.page_by_deadline.__kwdefaults__", {"size": 2})
    first = docket(arbitration_clerk)
    second = docket(arbitration_clerk, after=first.context["following"])
    assert numbers(first) + numbers(second) == made
    assert second.context["following"] == ""


@pytest.mark.parametrize(
    "key", ["x", ",", "2026-09-10,x", "9999-99-99,1", "2026-09-10," + "9" * 40]
)
def test_a_key_that_says_nothing_shows_the_first_page(
    docket, arbitration_clerk, arbitration_case, key
):
    assert numbers(docket(arbitration_clerk, after=key)) == [arbitration_case.number]


@pytest.mark.parametrize("count", [1, 3])
def test_the_docket_asks_a_fixed_number_of_queries(
    docket, register, arbitration_clerk, django_assert_num_queries, count, client
):
    for _n in range(count):
        take_on(factories.make_case(register.commission, by=arbitration_clerk))
    docket(arbitration_clerk)
    with django_assert_num_queries(10):
        assert len(client.get(reverse("docket")).context["rows"]) == count
