"""When a worker reaches the statutory retirement age, as it rises step by step from 2025.

全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (in force 2025-01-01).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.deadlines import add_months


class Scheme(StrEnum):
    """Whose retirement age: all men, women retiring from 55 on, women retiring from 50 on."""

    MEN = "men"
    WOMEN_55 = "women_55"
    WOMEN_50 = "women_50"


@dataclass(frozen=True)
class _Table:
    """Old age in years, birth month from which it rises, months of birth per step, most months."""

    age: int
    since: tuple[int, int]
    step: int
    most: int


_TABLES = {
    Scheme.MEN: _Table(60, (1965, 1), 4, 36),
    Scheme.WOMEN_55: _Table(55, (1970, 1), 4, 36),
    Scheme.WOMEN_50: _Table(50, (1975, 1), 2, 60),
}


def retirement_age_months(born: date, scheme: Scheme) -> int:
    """Return the statutory retirement age in months for a person *born* on that day."""
    table = _TABLES[scheme]
    later = (born.year - table.since[0]) * 12 + born.month - table.since[1]
    delay = 0 if later < 0 else min(later // table.step + 1, table.most)
    return table.age * 12 + delay


def retirement_day(born: date, scheme: Scheme) -> date:
    """Return the day on which a person *born* on that day reaches the retirement age."""
    return add_months(born, retirement_age_months(born, scheme))


def is_overage(born: date, scheme: Scheme, *, on: date) -> bool:
    """Return whether the person has reached the statutory retirement age on the day *on*."""
    return retirement_day(born, scheme) <= on
