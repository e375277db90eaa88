from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calculators.severance import (
    months_of_pay,
    severance,
    severance_with_notice_pay,
    unlawful_termination,
)
from law.deadlines import add_months
from law.refusals import WrongInput

START, END = date(2019, 3, 15), date(2025, 9, 14)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 3, 1), date(2025, 3, 1), "0.5"),
        (date(2025, 3, 1), date(2025, 8, 31), "1"),
        (date(2025, 3, 1), date(2025, 8, 30), "0.5"),
        (date(2024, 3, 1), date(2025, 2, 28), "1"),
        (date(2024, 3, 1), date(2025, 3, 1), "1.5"),
        (date(2024, 8, 31), date(2025, 2, 27), "1"),
        (date(2024, 8, 31), date(2025, 2, 26), "0.5"),
        (date(2024, 2, 29), date(2025, 2, 27), "1"),
        (date(2024, 2, 29), date(2025, 2, 28), "1.5"),
        (date(2019, 3, 15), date(2025, 9, 14), "7"),
        (date(2019, 3, 15), date(2025, 9, 13), "6.5"),
    ],
)
def test_service_is_worth_a_month_a_year(start, end, months):
    assert months_of_pay(start, end) == Decimal(months)


@given(st.dates(date(2008, 1, 1), date(2020, 12, 31)), st.integers(1, 12))
def test_full_years_are_worth_as_many_months(start, years):
    end = add_months(start, 12 * years)
    assert months_of_pay(start, end) in (years, years + Decimal("0.5"))


@given(st.dates(date(2008, 1, 1), date(2020, 12, 31)), st.integers(1, 4000), st.integers(1, 400))
def test_longer_service_is_never_worth_less(start, days, more):
    end = date.fromordinal(start.toordinal() + days)
    later = date.fromordinal(end.toordinal() + more)
    assert months_of_pay(start, end) <= months_of_pay(start, later)


def test_severance_names_formula_and_article():
    result = severance(START, END, "8000")
    assert result.amount == Decimal("56000.00")
    assert [line.article for line in result.trace] == [
        "劳动合同法第四十七条第一款",
        "劳动合同法第四十七条",
    ]
    assert "8000.00" in result.trace[-1].text


def test_three_times_the_local_average_caps_base_and_years():
    capped = severance(date(2008, 1, 1), date(2024, 12, 31), 21001, local_avg_wage=7000)
    equal = severance(date(2008, 1, 1), date(2024, 12, 31), 21000, local_avg_wage=7000)
    assert capped.amount == Decimal("252000.00")
    assert capped.facts == {"months": 12, "base": Decimal("21000.00")}
    assert equal.amount == Decimal("357000.00")


def test_the_base_does_not_fall_below_the_minimum_wage():
    result = severance(START, END, 1500, min_wage="1900")
    assert result.amount == Decimal("13300.00")


def test_service_before_2008_counts_by_the_old_rule_with_a_warning():
    result = severance(date(2006, 5, 1), date(2009, 3, 31), 2000)
    # 20 months before 2008 are two years begun; 15 months since give one and a half.
    assert result.facts["months"] == Decimal("3.5")
    assert result.warnings
    whole = unlawful_termination(date(2006, 5, 1), date(2009, 3, 31), 2000)
    assert whole.facts["months"] == 3
    assert not whole.warnings


def test_service_that_ended_before_2008_is_all_old():
    assert severance(date(2005, 1, 1), date(2006, 12, 31), 1000).facts["months"] == 2


def test_unlawful_termination_doubles():
    assert unlawful_termination(START, END, 8000).amount == Decimal("112000.00")


def test_missing_notice_adds_the_last_month():
    result = severance_with_notice_pay(date(2022, 1, 10), date(2025, 6, 20), 8000, 9200)
    assert result.amount == Decimal("37200.00")


def test_amounts_are_rounded_once_half_up():
    assert severance(START, END, "0.015").amount == Decimal("0.11")
    assert severance(date(2025, 1, 1), date(2025, 2, 1), "0.03").amount == Decimal("0.02")


@pytest.mark.parametrize("wage", [None, "", "abc", -1, True, "NaN", "Infinity"])
def test_a_wrong_wage_is_refused_with_its_name(wage):
    from django.utils import translation

    with translation.override("en"), pytest.raises(WrongInput) as refusal:
        severance(START, END, wage)
    assert "Average wage" in str(refusal.value)


def test_service_that_ends_before_it_begins_is_refused():
    with pytest.raises(WrongInput):
        severance(END, START, 8000)


def test_notice_pay_needs_the_last_wage():
    with pytest.raises(WrongInput):
        severance_with_notice_pay(START, END, 8000, None)
