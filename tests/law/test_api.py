"""The calculators for programs."""

import pytest
from django.urls import reverse

from law.forms import CALCULATORS
from tests.law.test_calculator_pages import ASKED

pytestmark = pytest.mark.django_db


def ask(client, name, query):
    return client.get(reverse(f"api-calculator-{name}"), query)


def test_the_calculators_are_listed(client):
    answer = client.get(reverse("api-calculators"))
    assert [each["name"] for each in answer.json()] == list(CALCULATORS)


@pytest.mark.parametrize("name", CALCULATORS)
def test_a_program_gets_the_answer_of_the_page(client, name):
    query, expected = ASKED[name]
    answer = ask(client, name, query)
    assert answer.status_code == 200, answer.content
    if name != "deadline":
        assert answer.json()["amount"] == expected.replace(",", "")
        assert answer.json()["trace"][0]["text"]


def test_a_time_limit_comes_with_its_days(client):
    due = ask(client, "deadline", {"rule": "MED_ACCEPT", "start": "2026-09-22"}).json()
    assert (due["due_nominal"], due["due_legal"], due["provisional"]) == (
        "2026-09-28",
        "2026-09-28",
        False,
    )
    assert [day["number"] for day in due["days"]] == [1, 2, None, None, None, 3]
    assert due["days"][2]["reason"]
    assert due["steps"][0]["on"] == "2026-09-22"


def test_days_of_overtime_may_be_repeated(client):
    query = {
        "monthly_wage": "4350",
        "day": ["2026-10-01", "2026-10-04", "2026-10-10"],
        "hours": ["8", "8", "2"],
    }
    answer = ask(client, "overtime", query).json()
    assert answer["facts"]["rates"] == ["3", "2", "1.5"]
    assert answer["amount"] == "1075.00"


def test_what_is_wrong_is_said_by_field(client):
    answer = ask(client, "severance", {"kind": "n", "start": "yesterday"})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) >= {"start", "end", "avg_wage"}


def test_the_interface_is_described(client):
    schema = client.get(reverse("schema"), HTTP_ACCEPT="application/vnd.oai.openapi+json").json()
    for name in CALCULATORS:
        described = schema["paths"][f"/api/v1/calculators/{name}/"]["get"]
        assert described["parameters"]
        assert {"200", "400"} <= set(described["responses"])


def test_nobody_without_an_account_asks_without_end(client, settings, monkeypatch):
    from rest_framework.throttling import AnonRateThrottle

    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    statuses = [client.get(reverse("api-calculators")).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
    assert client.get(reverse("api-calculators")).status_code == 429
