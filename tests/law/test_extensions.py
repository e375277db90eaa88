from datetime import date

import pytest

from law.clock import ClockEvent
from law.extensions import extend_due
from law.refusals import ExtensionRefused
from law.rules import rule_on

START = date(2025, 8, 22)


@pytest.fixture
def award(db):
    return rule_on("ARB_AWARD", START)


def test_an_award_may_be_extended_once_by_fifteen_days(award, calendar):
    due = extend_due(award, START, calendar, on=date(2025, 9, 1), approved_by="主任")
    assert due.nominal == date(2025, 10, 21)


def test_an_extension_without_approval_is_refused(award, calendar):
    with pytest.raises(ExtensionRefused, match="主任"):
        extend_due(award, START, calendar, on=date(2025, 9, 1), approved_by="")


def test_an_extension_after_the_end_is_refused(award, calendar):
    with pytest.raises(ExtensionRefused):
        extend_due(award, START, calendar, on=date(2025, 10, 10), approved_by="主任")


def test_an_extension_beyond_the_cap_is_refused(award, calendar):
    granted = [ClockEvent("extend", date(2025, 9, 1), 10)]
    with pytest.raises(ExtensionRefused, match="15"):
        extend_due(
            award, START, calendar, granted, on=date(2025, 9, 2), amount=6, approved_by="主任"
        )


def test_what_the_law_does_not_extend_is_refused(db, calendar):
    rule = rule_on("SUE_15", START)
    with pytest.raises(ExtensionRefused):
        extend_due(rule, START, calendar, on=date(2025, 9, 1), amount=5, approved_by="主任")


def test_an_extension_that_the_parties_agree_needs_a_length(db, calendar):
    rule = rule_on("MED_CLOSE", START)
    with pytest.raises(ExtensionRefused):
        extend_due(rule, START, calendar, on=date(2025, 9, 1), approved_by="双方")
    due = extend_due(rule, START, calendar, on=date(2025, 9, 1), amount=20, approved_by="双方")
    assert due.extended == 20
