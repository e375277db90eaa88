"""Calculators on a case: filled from its facts, kept among its notes, never in an address."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from disputes.domain.escalation import go_to_arbitration
from disputes.models import Case, Claim, ClaimKind, TimelineEntry
from tests.factories import MONDAY, make_case

CLAIMS = [
    {
        "kind": ClaimKind.SEVERANCE,
        "period_from": date(2019, 3, 1),
        "period_to": date(2026, 8, 31),
        "amount": Decimal("40000"),
    },
    {"kind": ClaimKind.WAGE_ARREARS, "amount": Decimal("14600")},
]
ASKED = {
    "kind": "n",
    "start": "2019-03-01",
    "end": "2026-08-31",
    "avg_wage": "6000",
    "local_avg_wage": "7500",
    "min_wage": "1900",
}


@pytest.fixture
def proceeding(register, district_mediator):
    return make_case(register.guta, by=district_mediator, claims=CLAIMS)


def url_of(proceeding, name="severance"):
    return reverse("case_calculator", args=[proceeding.case_id, name])


def get(client, user, proceeding, name="severance"):
    client.force_login(user)
    return client.get(url_of(proceeding, name))


def post(client, user, proceeding, name="severance", **changes):
    client.force_login(user)
    return client.post(url_of(proceeding, name), ASKED | changes)


def test_the_calculators_of_the_claims_come_first(client, district_mediator, proceeding):
    client.force_login(district_mediator)
    answer = client.get(reverse("case_calculators", args=[proceeding.case_id]))
    assert [form.name for form in answer.context["fitting"]] == ["severance", "arrears"]
    page = client.get(reverse("case", args=[proceeding.case_id])).content.decode()
    assert reverse("case_calculators", args=[proceeding.case_id]) in page


def test_a_calculator_is_filled_from_the_facts(client, district_mediator, proceeding):
    form = get(client, district_mediator, proceeding).context["form"]
    assert form["start"].value() == date(2019, 3, 1)
    assert form["end"].value() == date(2026, 8, 31)
    assert (form["kind"].value(), form["place"].value()) == ("n", "urban")
    form = get(client, district_mediator, proceeding, "arrears").context["form"]
    assert form["arrears"].value() == Decimal("14600")


def test_the_county_of_the_office_decides_the_place(register, proceeding):
    from disputes.domain.calculations import place_of

    for county, place in (
        ("古塔区", "urban"),
        ("锦州市", "urban"),
        ("义县", "county"),
        ("凌海市", "county"),
    ):
        register.guta.county = county
        assert place_of(register.guta) == place


def test_what_is_asked_never_stands_in_an_address(client, district_mediator, proceeding):
    answer = post(client, district_mediator, proceeding)
    assert "48,000.00" in answer.content.decode()
    assert "6000" not in url_of(proceeding)
    assert 'method="get"' not in answer.content.decode().split("<main")[1]
    assert not TimelineEntry.objects.filter(kind="note").exists()


def test_the_sheet_is_kept_as_a_note(client, district_mediator, proceeding):
    answer = post(client, district_mediator, proceeding, attach="1", reach="office")
    assert answer.url == reverse("case", args=[proceeding.case_id])
    entry = TimelineEntry.objects.get(kind="note")
    assert (entry.reach, entry.actor, entry.proceeding) == ("office", district_mediator, proceeding)
    assert "48000.00" in entry.title
    for said in ("6000", "劳动合同法第四十七条", "不写入任何协议"):
        assert said in entry.text
    assert not Claim.objects.filter(amount=48000).exists()


def test_the_sheet_is_kept_in_the_language_of_the_house(client, district_mediator, proceeding):
    client.cookies["django_language"] = "en"
    post(client, district_mediator, proceeding, attach="1", reach="office")
    assert "劳动合同法第四十七条" in TimelineEntry.objects.get(kind="note").text
    assert "worth" not in TimelineEntry.objects.get(kind="note").text


def test_a_sheet_may_travel_to_the_tiers_after(
    client, district_mediator, arbitration_clerk, proceeding
):
    post(client, district_mediator, proceeding, attach="1", reach="onward")
    post(client, district_mediator, proceeding, attach="1", reach="office", avg_wage="7000")
    go_to_arbitration(proceeding, at=MONDAY)
    client.force_login(arbitration_clerk)
    page = client.get(reverse("case", args=[proceeding.case_id])).content.decode()
    assert "48000.00" in page
    assert "56000.00" not in page


@pytest.mark.parametrize("reach", ["", "all", "own", "x"])
def test_a_sheet_goes_nowhere_else(client, district_mediator, proceeding, reach):
    answer = post(client, district_mediator, proceeding, attach="1", reach=reach)
    assert answer.status_code == 200
    assert not TimelineEntry.objects.filter(kind="note").exists()


def test_what_is_wrong_is_said_and_nothing_is_kept(client, district_mediator, proceeding):
    answer = post(client, district_mediator, proceeding, attach="1", reach="office", end="x")
    assert answer.status_code == 422
    assert "end" in answer.context["form"].errors
    assert not TimelineEntry.objects.filter(kind="note").exists()


def test_more_days_may_be_asked_for_and_what_was_written_stays(
    client, district_mediator, proceeding
):
    client.force_login(district_mediator)
    answer = client.post(url_of(proceeding, "overtime"), {"monthly_wage": "4350", "rows": "7"})
    assert answer.context["form"]["monthly_wage"].value() == "4350"
    assert "day_7" in answer.context["form"].fields


def test_only_those_who_work_in_the_case_calculate_there(
    client, leader, other_mediator, reporter, register, proceeding
):
    assert get(client, other_mediator, proceeding).status_code == 404
    assert get(client, leader, proceeding).status_code == 403
    assert post(client, leader, proceeding, attach="1", reach="office").status_code == 403
    reported = make_case(register.guta, by=reporter)
    assert get(client, reporter, reported).status_code == 403


def test_unknown_calculators_are_not_found(client, district_mediator, proceeding):
    for name in ("nonsense", "deadline"):
        assert get(client, district_mediator, proceeding, name).status_code == 404


def test_a_closed_proceeding_takes_no_sheet(client, regional_head, proceeding):
    from disputes.domain.proceedings import close_proceeding, end_case

    close_proceeding(proceeding, outcome="not_settled", at=MONDAY)
    end_case(Case.objects.get(pk=proceeding.case_id), at=MONDAY, outcome="not_settled", tier=2)
    answer = post(client, regional_head, proceeding, attach="1", reach="office")
    assert answer.status_code == 200
    assert not TimelineEntry.objects.filter(kind="note").exists()
