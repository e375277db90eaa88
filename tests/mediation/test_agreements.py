"""The mediation agreement: writing it down, and when it takes effect."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.refusals import Refusal
from disputes.models import Deadline
from mediation.domain import agreements
from mediation.models import Agreement
from mediation.models.agreement import ELEMENTS
from tests.mediation.acts import agreement_facts, at, clock, sign, told

TENTH = date(2026, 9, 10)


def test_an_agreement_takes_effect_with_the_last_element(accepted_case, district_mediator):
    agreement = sign(
        accepted_case,
        by=district_mediator,
        employer_signed_on=date(2026, 9, 11),
        sealed_on=date(2026, 9, 14),
        handed_over=False,
    )
    assert agreement.effective_on == date(2026, 9, 14)
    assert agreements.is_effective(accepted_case)
    assert told(accepted_case)[-1] == ("Agreement effective since 2026-09-14", "all")


def test_review_and_confirmation_run_from_that_day(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator, sealed_on=date(2026, 9, 14))
    assert clock(accepted_case, "REVIEW_APPLY").started_on == date(2026, 9, 14)
    assert clock(accepted_case, "COURT_CONFIRM").started_on == date(2026, 9, 14)
    assert clock(accepted_case, "MED_CLOSE").state == Deadline.State.MET
    assert clock(accepted_case, "MED_CLOSE").ended_on == date(2026, 9, 14)


def test_what_confirms_a_labour_relation_is_not_reviewed(accepted_case, district_mediator):
    agreement = sign(accepted_case, by=district_mediator, confirms_relationship=True)
    rules = accepted_case.deadlines.values_list("rule__rule_id", flat=True)
    assert "COURT_CONFIRM" in rules
    assert "REVIEW_APPLY" not in rules
    assert len(agreements.warnings(agreement)) == 1


def test_an_ordinary_agreement_warns_of_nothing(accepted_case, district_mediator):
    assert agreements.warnings(sign(accepted_case, by=district_mediator)) == []


@pytest.mark.parametrize("element", ELEMENTS)
def test_without_one_element_it_is_kept_and_has_no_effect(
    accepted_case, district_mediator, element
):
    agreement = sign(accepted_case, by=district_mediator, **{element: None})
    assert agreement.effective_on is None
    assert agreement.missing == [element]
    assert not agreements.is_effective(accepted_case)
    assert clock(accepted_case, "MED_CLOSE").state == Deadline.State.RUNNING
    assert told(accepted_case)[-1] == ("Agreement written, not everybody has signed", "office")


def test_the_missing_element_may_come_later(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator, sealed_on=None)
    agreement = sign(accepted_case, by=district_mediator, sealed_on=date(2026, 9, 14))
    assert agreement.effective_on == date(2026, 9, 14)
    assert Agreement.objects.count() == 1


def test_an_agreement_in_force_is_not_changed(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator)
    with pytest.raises(agreements.AlreadyEffective):
        sign(accepted_case, by=district_mediator, amount=Decimal(1))
    assert accepted_case.agreement.amount == 12000


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"copies": 2}, "copies"),
        ({"performance_by": None}, "performance_by"),
        ({"performance_mode": ""}, "performance_mode"),
        ({"performance_by": date(2026, 9, 9)}, "performance_by"),
        ({"sealed_on": date(2026, 9, 15)}, "sealed_on"),
        ({"worker_signed_on": date(2026, 9, 6)}, "worker_signed_on"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(accepted_case, district_mediator, facts, field):
    with pytest.raises(Refusal) as refused:
        sign(accepted_case, by=district_mediator, **facts)
    assert refused.value.field == field
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"effective_on": None}, "agreement_effective_with_the_last_element"),
        ({"effective_on": date(2026, 9, 11)}, "agreement_effective_with_the_last_element"),
        (
            {"effective_on": TENTH, "sealed_on": None},
            "agreement_effective_with_the_last_element",
        ),
        ({"effective_on": TENTH, "terms": ""}, "agreement_effective_with_the_last_element"),
        (
            {"effective_on": TENTH, "performance_by": None},
            "agreement_effective_with_the_last_element",
        ),
        (
            {"effective_on": TENTH, "performance_mode": ""},
            "agreement_effective_with_the_last_element",
        ),
        ({"effective_on": TENTH, "copies": 2}, "agreement_in_three_copies"),
        ({"effective_on": TENTH, "amount": -1}, "agreement_amount_not_negative"),
    ],
)
def test_the_database_keeps_the_four_elements(accepted_case, district_mediator, facts, constraint):
    row = {**agreement_facts(), **facts}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Agreement.objects.create(
            proceeding=accepted_case, **row, at=at(9, 14), by=district_mediator
        )
