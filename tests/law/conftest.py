"""The calendar of the files, and rules of one's own: what pure counting needs."""

from dataclasses import dataclass

import pytest

from law.source import packaged_calendar


@dataclass(frozen=True)
class PlainRule:
    """A time limit with the figures that counting reads."""

    amount: int | None
    unit: str
    rolls: bool = True
    direction: str = "forward"
    extension_amount: int | None = None
    extension_unit: str = ""
    extension_cap: int | None = None
    title: str = "期限"
    anchor_zh: str = "起算事件"


@pytest.fixture(scope="session")
def calendar():
    return packaged_calendar()


@pytest.fixture(scope="session")
def rule():
    return PlainRule
