"""The sheet that explains a deadline."""

from datetime import date

import pytest
from django.urls import reverse

from disputes.domain.clocks import extend_clock, start_clock, stop_clock, suspend_clock
from tests.factories import MONDAY, make_case


@pytest.fixture
def mediation_term(district_case):
    """Accepted on 11 September 2026: the 15th day falls on the Mid-Autumn holiday."""
    return start_clock(
        district_case.case, "MED_CLOSE", on=date(2026, 9, 11), at=MONDAY, proceeding=district_case
    )


def read(client, user, deadline):
    client.force_login(user)
    return client.get(reverse("deadline", args=[deadline.pk]))


def test_the_sheet_says_both_dates_and_why(client, district_mediator, mediation_term):
    answer = read(client, district_mediator, mediation_term)
    text = answer.content.decode()
    for said in ("9月26日 周六", "9月28日 周一", "9月24日 周四", "第二十九条"):
        assert said in text
    cells = {day.on: day for week in answer.context["weeks"] for day in week}
    assert cells[date(2026, 9, 12)].number == 1
    assert cells[date(2026, 9, 26)].number == 15
    assert cells[date(2026, 9, 20)].mark == "on"
    assert cells[date(2026, 9, 25)].mark == "off"
    assert "legal" in cells[date(2026, 9, 28)].kinds


def test_working_days_are_told_in_a_row(client, district_mediator, district_case):
    deadline = start_clock(
        district_case.case, "MED_ACCEPT", on=date(2026, 9, 22), at=MONDAY, proceeding=None
    )
    answer = read(client, district_mediator, deadline)
    numbers = [day.number for day in answer.context["strip"]]
    assert numbers == [None, 1, 2, None, None, None, 3]


def test_a_year_is_told_in_steps_only(client, district_mediator, district_case):
    deadline = district_case.case.deadlines.get(rule__rule_id="LIMITATION")
    answer = read(client, district_mediator, deadline)
    assert answer.status_code == 200
    assert not answer.context["weeks"]


def test_what_happened_to_the_clock_is_listed(client, district_mediator, mediation_term):
    suspend_clock(mediation_term, on=date(2026, 9, 14), at=MONDAY, reason="等待鉴定")
    assert "等待鉴定" in read(client, district_mediator, mediation_term).content.decode()
    stop_clock(mediation_term, on=date(2026, 9, 16), at=MONDAY)
    assert read(client, district_mediator, mediation_term).status_code == 200


def test_an_extended_term_is_explained(client, district_mediator, mediation_term):
    extend_clock(mediation_term, amount=5, on=date(2026, 9, 18), at=MONDAY, reason="双方同意")
    assert "双方同意" in read(client, district_mediator, mediation_term).content.decode()


def test_the_sheet_opens_to_those_who_read_the_outline(
    client, leader, other_mediator, reporter, register, mediation_term
):
    assert read(client, leader, mediation_term).status_code == 200
    assert read(client, other_mediator, mediation_term).status_code == 404
    reported = make_case(register.guta, by=reporter)
    deadline = reported.case.deadlines.first()
    assert read(client, reporter, deadline).status_code == 403


def test_the_sheet_asks_a_fixed_number_of_queries(
    client, django_assert_num_queries, district_mediator, mediation_term
):
    read(client, district_mediator, mediation_term)
    with django_assert_num_queries(14):
        client.get(reverse("deadline", args=[mediation_term.pk]))
