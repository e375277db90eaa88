from datetime import date

import pytest

from law.clock import ClockEvent
from law.limitation import Interruption, at_least_until, compute_limitation


@pytest.fixture
def year(rule):
    return rule(1, "year")


def test_it_is_one_year(year, calendar):
    limitation = compute_limitation(year, date(2025, 10, 1), calendar)
    assert limitation.due.nominal == date(2026, 10, 1)
    assert limitation.due.legal == date(2026, 10, 8)
    assert not limitation.pending


def test_an_interruption_makes_it_run_anew_from_the_end_of_the_proceedings(year, calendar):
    mediation = Interruption(date(2025, 5, 6), date(2025, 6, 3), "调解")
    limitation = compute_limitation(year, date(2025, 1, 10), calendar, [mediation])
    assert limitation.due.nominal == date(2026, 6, 3)
    assert limitation.applied == (mediation,)


def test_an_interruption_after_the_end_has_no_effect(year, calendar):
    late = Interruption(date(2026, 1, 13), date(2026, 2, 3))
    limitation = compute_limitation(year, date(2025, 1, 10), calendar, [late])
    # 10 January 2026 is a Saturday, so the claim lived until Monday the 12th.
    assert limitation.due.legal == date(2026, 1, 12)
    assert limitation.late == (late,)


def test_one_interruption_may_carry_to_the_next(year, calendar):
    first = Interruption(date(2024, 12, 1), date(2024, 12, 20))
    second = Interruption(date(2025, 12, 1), date(2025, 12, 15))
    limitation = compute_limitation(year, date(2024, 1, 10), calendar, [second, first])
    assert limitation.due.nominal == date(2026, 12, 15)
    assert limitation.applied == (first, second)


def test_a_suspension_goes_on_afterwards(year, calendar):
    events = [ClockEvent("suspend", date(2025, 3, 1)), ClockEvent("resume", date(2025, 3, 11))]
    limitation = compute_limitation(year, date(2025, 1, 10), calendar, (), events)
    assert limitation.due.nominal == date(2026, 1, 20)


def test_wages_of_a_living_employment_do_not_lapse(year, calendar):
    limitation = compute_limitation(year, None, calendar)
    assert limitation.due is None
    assert limitation.days_left(date(2026, 1, 1)) is None
    assert limitation.level(date(2026, 1, 1)) == ""


def test_while_mediation_is_pending_it_lives_at_least_a_year_from_today(year, calendar):
    pending = Interruption(date(2025, 5, 6), None)
    limitation = at_least_until(year, date(2025, 1, 10), calendar, [pending], at=date(2025, 5, 20))
    assert limitation.pending
    assert limitation.due.nominal == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("at", "level"),
    [
        (date(2026, 9, 8), ""),
        (date(2026, 9, 9), "warn"),
        (date(2026, 10, 1), "warn"),
        (date(2026, 10, 2), "aid"),
        (date(2026, 10, 8), "aid"),
        (date(2026, 10, 9), "over"),
    ],
)
def test_it_warns_under_thirty_days_and_offers_aid_under_seven(year, calendar, at, level):
    assert compute_limitation(year, date(2025, 10, 1), calendar).level(at) == level
