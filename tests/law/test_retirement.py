from datetime import date

import pytest

from law.retirement import Scheme, is_overage, retirement_age_months, retirement_day


@pytest.mark.parametrize(
    ("born", "scheme", "age"),
    [
        (date(1964, 12, 31), Scheme.MEN, (60, 0)),
        (date(1965, 1, 1), Scheme.MEN, (60, 1)),
        (date(1965, 4, 30), Scheme.MEN, (60, 1)),
        (date(1965, 5, 1), Scheme.MEN, (60, 2)),
        (date(1976, 8, 31), Scheme.MEN, (62, 11)),
        (date(1976, 9, 1), Scheme.MEN, (63, 0)),
        (date(1990, 1, 1), Scheme.MEN, (63, 0)),
        (date(1969, 12, 31), Scheme.WOMEN_55, (55, 0)),
        (date(1970, 1, 1), Scheme.WOMEN_55, (55, 1)),
        (date(1981, 9, 1), Scheme.WOMEN_55, (58, 0)),
        (date(1974, 12, 31), Scheme.WOMEN_50, (50, 0)),
        (date(1975, 1, 1), Scheme.WOMEN_50, (50, 1)),
        (date(1975, 3, 1), Scheme.WOMEN_50, (50, 2)),
        (date(1984, 11, 1), Scheme.WOMEN_50, (55, 0)),
    ],
)
def test_the_age_rises_step_by_step(born, scheme, age):
    assert divmod(retirement_age_months(born, scheme), 12) == age


def test_over_age_begins_on_the_day_of_retirement():
    born = date(1965, 1, 15)
    assert retirement_day(born, Scheme.MEN) == date(2025, 2, 15)
    assert is_overage(born, Scheme.MEN, on=date(2025, 2, 15))
    assert not is_overage(born, Scheme.MEN, on=date(2025, 2, 14))
