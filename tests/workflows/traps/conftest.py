"""A case of the small course, on a Monday."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY
from tests.workflows.engines import flows


@pytest.fixture(autouse=True)
def _on_monday(time_machine):
    time_machine.move_to(MONDAY)


@pytest.fixture
def due(time_machine):
    """Let the deadline of the small course pass."""
    return lambda: time_machine.move_to(flows.DUE + timedelta(hours=1))


@pytest.fixture
def process(engine, register):
    return engine.start(register.guta)
