"""Calculators for everybody: pages without an account, links to pass on, plain sentences."""

import pytest
from django.urls import reverse

from law.forms import AMOUNTS, CALCULATORS

pytestmark = pytest.mark.django_db

ASKED = {
    "deadline": ({"rule": "SUE_15", "start": "2026-09-10"}, "2026年9月28日 周一"),
    "severance": (
        {
            "kind": "n",
            "start": "2019-03-01",
            "end": "2026-08-31",
            "avg_wage": "6,000",
            "local_avg_wage": "7500",
            "min_wage": "1900",
        },
        "48,000.00",
    ),
    "double-wage": (
        {"hired": "2025-03-01", "monthly_wage": "5000", "contract_signed": "2025-09-01"},
        "25,000.00",
    ),
    "overtime": (
        {"monthly_wage": "4350", "day_1": "2026-10-01", "hours_1": "8"},
        "600.00",
    ),
    "annual-leave": ({"years_worked": "6", "taken": "1", "avg_wage": "4350"}, "1,600.00"),
    "arrears": (
        {"arrears": "14600", "order_issued": "yes", "paid_by_deadline": "no"},
        "14,600.00",
    ),
    "probation": (
        {"contract_months": "12", "served_months": "3", "wage_after_probation": "4000"},
        "4,000.00",
    ),
    "non-compete": ({"avg_wage": "10000", "min_wage": "1900", "months": "6"}, "18,000.00"),
    "injury": (
        {"kind": "lump_sum", "grade": "9", "own_wage": "5000", "regional_avg": "6000"},
        "45,000.00",
    ),
}


def ask(client, name, **query):
    return client.get(reverse("calculator", args=[name]), query)


def text_of(answer):
    return answer.content.decode()


def test_every_calculator_is_offered_to_everybody(client):
    answer = client.get(reverse("calculators"))
    assert answer.status_code == 200
    for name in CALCULATORS:
        assert reverse("calculator", args=[name]) in text_of(answer)


@pytest.mark.parametrize("name", CALCULATORS)
def test_a_calculator_asks_before_it_answers(client, name):
    answer = ask(client, name)
    assert answer.status_code == 200
    assert answer.context["answer"] is None
    assert not answer.context["form"].is_bound


@pytest.mark.parametrize("name", CALCULATORS)
def test_a_calculator_answers_with_trace_and_article(client, name):
    query, expected = ASKED[name]
    answer = ask(client, name, **query)
    assert answer.status_code == 200, answer.context["form"].errors
    assert expected in text_of(answer)
    assert "第" in text_of(answer)


@pytest.mark.parametrize("name", CALCULATORS)
def test_each_question_may_be_answered_with_nonsense(client, name):
    query, _expected = ASKED[name]
    form = CALCULATORS[name](query)
    for field in form.fields:
        for nonsense in ("x", "-1", "1e999999999", "9" * 60, "\x00", "NaN", "²", "0000-00-00"):
            answer = ask(client, name, **query | {field: nonsense})
            assert answer.status_code in (200, 422), (field, nonsense)


@pytest.mark.parametrize("name", CALCULATORS)
def test_what_is_missing_is_said_beside_its_field(client, name):
    query, _expected = ASKED[name]
    needed = [
        name
        for name, field in CALCULATORS[name](query).fields.items()
        if field.required and not hasattr(field, "may_be_left_out")
    ]
    for field in needed:
        answer = ask(client, name, **{k: v for k, v in query.items() if k != field})
        assert answer.status_code == 422
        assert answer.context["form"].errors[field]


def test_days_in_the_wrong_order_are_refused_beside_the_later_one(client):
    query, _expected = ASKED["severance"]
    answer = ask(client, "severance", **query | {"end": "2018-01-01"})
    assert "早于" in str(answer.context["form"].errors["end"])


def test_a_day_before_the_rule_held_is_refused_in_a_sentence(client):
    answer = ask(client, "deadline", rule="MED_CLOSE", start="2001-01-01")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_a_rule_without_a_length_asks_for_one(client):
    query = {"rule": "LETTER_REPLY", "start": "2026-09-07"}
    assert "amount" in ask(client, "deadline", **query).context["form"].errors
    assert ask(client, "deadline", **query, amount="20").status_code == 200
    answer = ask(client, "deadline", rule="SUE_15", start="2026-09-07", amount="20")
    assert "amount" in answer.context["form"].errors


def test_a_time_limit_shows_each_day_with_its_reason(client):
    text = text_of(ask(client, "deadline", rule="MED_ACCEPT", start="2026-09-22"))
    for said in ("9月24日 周四", "9月25日 周五", "2026年9月28日 周一"):
        assert said in text
    assert "不计入" in text


def test_a_time_limit_may_stand_still(client):
    answer = ask(
        client,
        "deadline",
        rule="ARB_AWARD",
        start="2026-09-01",
        suspended_from="2026-09-11",
        resumed_on="2026-09-21",
    )
    assert answer.context["answer"].due.nominal.isoformat() == "2026-10-26"


def test_a_date_in_a_year_without_a_notice_is_marked(client):
    text = text_of(ask(client, "deadline", rule="SUE_15", start="2026-12-25"))
    assert "暂估" in text


def test_the_answer_can_be_passed_on(client):
    query, expected = ASKED["probation"]
    address = ask(client, "probation", **query).context["address"]
    assert expected in text_of(client.get(address))


def test_a_link_may_fill_the_form_in_without_judging(client):
    answer = ask(client, "deadline", rule="SUE_15", fill="1")
    assert answer.status_code == 200
    assert 'value="SUE_15" selected' in text_of(answer)


def test_figures_come_from_those_recorded_and_are_named(client):
    query = {"kind": "n", "start": "2024-01-01", "end": "2025-12-31", "avg_wage": "1500"}
    text = text_of(ask(client, "severance", **query))
    assert "1900.00" in text
    assert "3,800.00" in text
    assert "上年度职工月平均工资" in text


def test_a_figure_that_nobody_recorded_is_asked_for(client):
    answer = ask(client, "injury", kind="lump_sum", grade="9", own_wage="5000", on="2026-03-01")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_a_death_at_work_takes_the_income_of_the_year_before(client):
    text = text_of(ask(client, "injury", kind="death", died_on="2026-03-01"))
    assert "1,130,040.00" in text


def test_more_days_of_overtime_may_be_asked_for(client):
    answer = ask(client, "overtime", rows="10")
    assert answer.status_code == 200
    assert "day_10" in answer.context["form"].fields
    assert "day_31" in ask(client, "overtime", rows="9" * 30).context["form"].fields


def test_unknown_calculators_are_not_found(client):
    assert ask(client, "nonsense").status_code == 404


def test_the_pages_speak_english_to_who_asks(client):
    client.cookies["django_language"] = "en"
    text = text_of(ask(client, "probation", **ASKED["probation"][0]))
    assert "The longest lawful probation is 2 months." in text


def test_staff_see_the_same_pages_in_the_look_of_the_house(client, district_mediator):
    assert "fx-public" in text_of(client.get(reverse("calculators")))
    client.force_login(district_mediator)
    assert "fx-public" not in text_of(client.get(reverse("calculators")))
    assert client.get(reverse("calculator", args=[next(iter(AMOUNTS))])).status_code == 200
