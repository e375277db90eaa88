"""More time for the award."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain.extension import extend_award
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NotEntitled,
    NoTerm,
    OutOfOrder,
    TermOver,
)
from arbitration.models import AwardExtension
from tests.arbitration.acts import at, clock, day, take_on


@pytest.fixture
def docketed(arbitration_case):
    take_on(arbitration_case)
    return arbitration_case


def extend(proceeding, head, *, at=at(10, 20), **facts):
    facts = {
        "days": 15,
        "reason": "案情复杂,需补充鉴定",
        "approved_on": day(10, 20),
        "approved_by": head,
        "notified_on": day(10, 20),
        **facts,
    }
    return extend_award(proceeding, **facts, at=at, by=head)


def test_the_award_gets_up_to_fifteen_days_more(docketed, commission_head):
    extend(docketed, commission_head)
    # 24 October and 15 days are Sunday 8 November.
    award = clock(docketed, "ARB_AWARD")
    assert (award.due_nominal, award.due_legal) == (day(11, 8), day(11, 9))


def test_the_award_is_extended_once(docketed, commission_head):
    extend(docketed, commission_head, days=5)
    with pytest.raises(DoneBefore):
        extend(docketed, commission_head, days=5)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"reason": " "}, Missing),
        ({"approved_on": day(10, 27), "at": at(10, 27), "notified_on": day(10, 27)}, TermOver),
        ({"notified_on": day(10, 19)}, OutOfOrder),
    ],
)
def test_an_extension_comes_in_time_with_reason_and_notice(
    docketed, commission_head, facts, refusal
):
    with pytest.raises(refusal):
        extend(docketed, commission_head, **facts)


def test_only_the_head_of_the_commission_extends(docketed, arbitrator):
    with pytest.raises(NotEntitled):
        extend(docketed, arbitrator)


def test_nothing_is_extended_that_does_not_run(arbitration_case, commission_head):
    with pytest.raises(NoTerm):
        extend(arbitration_case, commission_head)


@pytest.mark.parametrize("facts", [{"days": 16}, {"days": 0}, {"reason": ""}])
def test_the_database_keeps_the_extension_within_the_law(arbitration_case, commission_head, facts):
    row = {
        "proceeding": arbitration_case,
        "days": 15,
        "reason": "复杂",
        "approved_on": day(10, 20),
        "approved_by": commission_head,
        "notified_on": day(10, 20),
        "at": at(10, 20),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardExtension.objects.create(**row | facts)
