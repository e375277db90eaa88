from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calculators.annual_leave import (
    annual_leave_pay,
    daily_wage,
    days_in_first_year,
    statutory_days,
    unused_leave,
)
from law.calculators.arrears import arrears_surcharge
from law.calculators.double_wage import double_wage
from law.calculators.injury import death_benefit, funeral_grant, lump_sum, monthly_pension
from law.calculators.non_compete import non_compete
from law.calculators.overtime import Overtime, overtime
from law.calculators.probation import longest_probation, probation_damages
from law.refusals import WrongInput
from law.source import packaged_calendar

CALENDAR = packaged_calendar()


def test_the_second_wage_runs_eleven_months_at_most(calendar):
    result = double_wage(date(2024, 3, 1), 6000, calendar)
    assert (result.facts["from"], result.facts["to"]) == (date(2024, 4, 1), date(2025, 2, 28))
    assert result.amount == Decimal("66000.00")
    assert double_wage(
        date(2024, 3, 1), 6000, calendar, contract_signed=date(2025, 8, 1)
    ).amount == Decimal("66000.00")


@given(st.dates(date(2023, 1, 1), date(2025, 1, 31)))
def test_without_a_contract_it_is_always_eleven_months(hired):
    result = double_wage(hired, 2175, CALENDAR)
    assert result.facts["full_months"] == 11
    assert result.facts["workdays_in_partial"] == 0


def test_an_incomplete_month_counts_its_working_days(calendar):
    result = double_wage(date(2025, 3, 3), "6000", calendar, contract_signed=date(2025, 9, 15))
    assert result.facts["full_months"] == 5
    assert result.facts["workdays_in_partial"] == 8
    assert result.amount == Decimal("32206.90")


@pytest.mark.parametrize("signed", [date(2025, 3, 3), date(2025, 4, 2), date(2025, 4, 3)])
def test_a_contract_within_the_first_month_owes_nothing(calendar, signed):
    assert double_wage(date(2025, 3, 3), 6000, calendar, contract_signed=signed).amount == 0


def test_a_day_after_the_first_month_owes_that_day(calendar):
    result = double_wage(date(2025, 3, 3), 6000, calendar, contract_signed=date(2025, 4, 4))
    assert result.facts["workdays_in_partial"] == 1
    assert result.amount == Decimal("275.86")


def test_the_end_of_employment_ends_the_second_wage(calendar):
    result = double_wage(date(2025, 3, 3), 6000, calendar, employment_ended=date(2025, 5, 2))
    assert result.facts["full_months"] == 1


def test_a_contract_before_hiring_is_refused(calendar):
    with pytest.raises(WrongInput):
        double_wage(date(2025, 3, 3), 6000, calendar, contract_signed=date(2025, 3, 2))


def test_overtime_is_paid_by_the_kind_of_day(calendar):
    work = [
        Overtime(date(2025, 3, 5), Decimal(2)),
        Overtime(date(2025, 10, 11), Decimal(2)),
        Overtime(date(2025, 10, 4), Decimal(8)),
        Overtime(date(2025, 10, 1), Decimal(8)),
    ]
    result = overtime(5220, work, calendar)
    assert result.facts["hourly"] == Decimal("30.00")
    assert result.facts["parts"] == [90, 90, 480, 720]
    assert result.amount == Decimal("1380.00")


def test_leave_makes_up_for_rest_days_only(calendar):
    work = [
        Overtime(day, Decimal(8))
        for day in (date(2025, 3, 5), date(2025, 10, 4), date(2025, 10, 1))
    ]
    result = overtime(5220, work, calendar, compensatory_leave=True)
    assert result.facts["parts"] == [360, 0, 720]


def test_normal_hours_are_overtime_on_days_off_only(calendar):
    eve_2024 = overtime(5220, [Overtime(date(2024, 2, 9), Decimal(2), Decimal(8))], calendar)
    eve_2025 = overtime(5220, [Overtime(date(2025, 1, 28), Decimal(2), Decimal(8))], calendar)
    assert eve_2024.amount == Decimal("90.00")
    assert eve_2025.amount == Decimal("900.00")


def test_overtime_in_an_unknown_year_is_marked(calendar):
    result = overtime(5220, [Overtime(date(2027, 2, 8), Decimal(8))], calendar)
    assert result.warnings


def test_overtime_rounds_the_sum_and_not_its_parts(calendar):
    work = [Overtime(date(2025, 3, day), Decimal(1)) for day in (3, 4, 5)]
    assert overtime(1000, work, calendar).amount == Decimal("25.86")


@pytest.mark.parametrize(
    ("years", "days"), [(0, 0), (1, 5), ("9.9", 5), (10, 10), (19, 10), (20, 15)]
)
def test_leave_grows_with_the_years_worked(years, days):
    assert statutory_days(years) == days


@pytest.mark.parametrize(
    ("hired", "days"),
    [
        (date(2025, 6, 20), 5),
        (date(2025, 1, 1), 10),
        (date(2024, 1, 1), 10),
        (date(2025, 12, 31), 0),
    ],
)
def test_leave_of_the_first_year_drops_parts_of_a_day(hired, days):
    assert days_in_first_year(hired, 10) == days
    assert days_in_first_year(hired, 10, worked_12_months=False) == 0


def test_leave_on_leaving_is_earned_by_the_days_gone():
    assert unused_leave(date(2025, 6, 30), 10, 2) == (4, 2)
    assert unused_leave(date(2025, 6, 30), 10, 9) == (4, 0)
    assert unused_leave(date(2025, 6, 30), 10, 0, hired=date(2025, 4, 1)) == (2, 2)


def test_leave_not_taken_is_paid_twice_on_top_of_the_wage():
    result = annual_leave_pay(3, daily_wage(6000))
    assert result.facts["daily"] == Decimal("275.86")
    assert result.amount == Decimal("1655.17")
    assert result.facts["amount_if_300pct"] == Decimal("2482.76")
    assert annual_leave_pay(3, daily_wage(6000), normal_wage_paid=False).amount == Decimal(
        "2482.76"
    )


def test_leave_waived_in_writing_is_paid_with_the_wage():
    waived = {"employer_arranged": True, "waived_in_writing": True}
    assert annual_leave_pay(3, 300, **waived).amount == 0
    assert annual_leave_pay(3, 300, normal_wage_paid=False, **waived).amount == 900
    assert annual_leave_pay(3, 300, employer_arranged=True).amount == 1800
    assert annual_leave_pay(3, 300, waived_in_writing=True).amount == 1800


def test_the_surcharge_needs_an_order_that_was_not_obeyed():
    due = arrears_surcharge("12000", order_issued=True, paid_by_deadline=False)
    assert due.facts == {"min": Decimal("6000.00"), "max": Decimal("12000.00")}
    for order, paid in ((True, True), (False, False), (False, True)):
        result = arrears_surcharge(12000, order_issued=order, paid_by_deadline=paid)
        assert result.facts == {"min": 0, "max": 0}


@pytest.mark.parametrize(
    ("contract", "longest"),
    [(2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (None, 6)],
)
def test_the_longest_probation_follows_the_contract(contract, longest):
    assert longest_probation(contract) == longest


def test_probation_served_too_long_is_paid_by_the_month():
    result = probation_damages(24, 5, 6000)
    assert result.facts == {"legal_max_months": 2, "excess_months": 3}
    assert result.amount == Decimal("18000.00")
    assert probation_damages(24, 1, 6000).amount == 0
    assert probation_damages(12, "2.5", 6000).amount == 3000


def test_non_compete_is_thirty_per_cent_but_the_minimum_wage():
    assert non_compete(10000, 1900).amount == 3000
    assert non_compete(5000, 1900).amount == 1900
    assert non_compete(10000, 1900, months=30).amount == 72000


@pytest.mark.parametrize(
    ("grade", "wage", "base", "amount"),
    [(1, 5000, 5000, 135000), (10, 3500, 4200, 29400), (5, 30000, 21000, 378000)],
)
def test_the_lump_sum_is_months_of_the_insured_wage(grade, wage, base, amount):
    result = lump_sum(grade, wage, 7000)
    assert result.facts["base"] == base
    assert result.amount == amount


@pytest.mark.parametrize("grade", [0, 11, "x", None, "1.5"])
def test_there_are_ten_grades(grade):
    with pytest.raises(WrongInput):
        lump_sum(grade, 5000, 7000)


def test_pensions_are_for_grades_one_to_six():
    assert monthly_pension(6, 5000, 7000).amount == 3000
    with pytest.raises(WrongInput):
        monthly_pension(7, 5000, 7000)


def test_a_death_is_twenty_times_the_income_and_six_months_for_the_funeral():
    assert death_benefit(54188).amount == 1083760
    assert funeral_grant(7000).amount == 42000
