"""The clock of the stories of legal aid."""

import pytest
import time_machine

from tests.factories import MONDAY


@pytest.fixture
def clock():
    """A clock that stands on the cast's Monday at nine, and may be moved."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller
