"""Clocks of a case whose length the law leaves to the parties or to a letter."""

from datetime import date

import pytest

from disputes.domain.clocks import extend_clock, recompute, start_clock
from disputes.models import Deadline
from law.refusals import AmountMissing
from tests.factories import MONDAY

SERVED = date(2026, 9, 7)


def start(proceeding, **facts):
    return start_clock(
        proceeding.case, "LETTER_REPLY", on=SERVED, at=MONDAY, proceeding=proceeding, **facts
    )


def test_a_letter_that_sets_no_day_starts_no_clock(district_case):
    with pytest.raises(AmountMissing):
        start(district_case)
    assert not Deadline.objects.filter(rule__rule_id="LETTER_REPLY").exists()


def test_a_letter_sets_the_length_of_its_clock(district_case):
    deadline = start(district_case, amount=20)
    assert (deadline.amount, deadline.due_nominal) == (20, date(2026, 9, 27))
    assert deadline.due_legal == date(2026, 9, 28)


def test_its_own_length_stays_with_a_clock(district_case):
    deadline = start(district_case, amount=20)
    assert not recompute(Deadline.objects.get(pk=deadline.pk))
    extend_clock(deadline, amount=5, on=date(2026, 9, 20), at=MONDAY)
    assert Deadline.objects.get(pk=deadline.pk).due_nominal == date(2026, 10, 2)


def test_a_second_letter_sets_a_new_length(district_case):
    start(district_case, amount=20)
    deadline = start(district_case, amount=10)
    assert (deadline.amount, deadline.due_nominal) == (10, date(2026, 9, 17))
    assert Deadline.objects.get(pk=deadline.pk).amount == 10
