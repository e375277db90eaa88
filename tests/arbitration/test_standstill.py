"""A case stands still: the days do not count for the award, and nothing is heard meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from arbitration.domain import standstill
from arbitration.domain.refusals import (
    HearingStands,
    Missing,
    NotDocketed,
    NotEntitled,
    NotSuspended,
    OutOfOrder,
    Suspended,
)
from arbitration.models import Suspension
from disputes.domain.turn_refusals import EvidenceMissing
from disputes.models import Deadline
from tests.arbitration.acts import at, bring_to, clock, day, decide, hold, set_hearing, titles
from tests.disputes.test_intake_page import PDF

Ground = Suspension.Ground


@pytest.fixture
def heard_later(arbitration_case, arbitrator):
    """A case whose hearing is not set yet."""
    return bring_to(arbitration_case, "set_hearing", arbitrator)


def suspend(proceeding, head, *, at=at(9, 21), **facts):
    facts = {
        "ground": Ground.APPRAISAL,
        "reason": "等待工伤认定结论",
        "since": day(9, 21),
        "notified_on": day(9, 21),
        "approved_by": head,
        "file": SimpleUploadedFile("工伤认定申请受理决定书.pdf", PDF),
        **facts,
    }
    return standstill.suspend(proceeding, **facts, at=at, by=head)


def resume(proceeding, *, at=at(10, 12), **facts):
    facts = {"resumed_on": day(10, 12), "reason": "工伤认定决定书已送达", **facts}
    return standstill.resume(proceeding, **facts, at=at)


def test_the_days_of_a_suspension_do_not_count_for_the_award(heard_later, commission_head):
    assert clock(heard_later, "ARB_AWARD").due_legal == day(10, 26)
    suspend(heard_later, commission_head)
    award = clock(heard_later, "ARB_AWARD")
    assert (award.state, award.suspended_on) == (Deadline.State.SUSPENDED, day(9, 21))
    event = award.events.get(kind="suspend")
    assert (event.reason, event.ground) == ("等待工伤认定结论", Ground.APPRAISAL)
    resume(heard_later)
    award = clock(heard_later, "ARB_AWARD")
    # 21 September to 11 October: 21 days; 24 October + 21 = 14 November, a Saturday, rolls.
    assert (award.state, award.due_nominal) == (Deadline.State.RUNNING, day(11, 14))
    assert award.due_legal == day(11, 16)
    assert titles(heard_later)[-2:] == ["Case suspended", "Case resumed"]


def test_nothing_is_set_held_or_decided_while_the_case_stands_still(
    heard_later, commission_head, arbitrator
):
    suspend(heard_later, commission_head)
    with pytest.raises(Suspended):
        set_hearing(heard_later)
    with pytest.raises(Suspended):
        suspend(heard_later, commission_head)
    resume(heard_later)
    set_hearing(
        heard_later,
        at=at(10, 12),
        starts_at=at(10, 23, 9),
        ends_at=at(10, 23, 11),
        notified_on=day(10, 12),
    )
    hold(heard_later, at=at(10, 23, 12))
    suspend(heard_later, commission_head, at=at(10, 26), since=day(10, 26), notified_on=day(10, 26))
    with pytest.raises(Suspended):
        decide(heard_later, at=at(10, 27), decided_on=day(10, 27))


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"reason": " "}, Missing, "reason"),
        ({"since": day(9, 8)}, OutOfOrder, "since"),
        ({"since": None}, Missing, "since"),
        ({"file": None}, EvidenceMissing, "file"),
    ],
)
def test_an_impossible_suspension_is_refused(heard_later, commission_head, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        suspend(heard_later, commission_head, **facts)
    assert refused.value.field == field


def test_only_the_head_approves(heard_later, arbitrator):
    with pytest.raises(NotEntitled):
        suspend(heard_later, arbitrator)


def test_a_hearing_that_is_set_is_put_off_first(heard_later, commission_head):
    set_hearing(heard_later)
    with pytest.raises(HearingStands):
        suspend(
            heard_later, commission_head, at=at(9, 25), since=day(9, 24), notified_on=day(9, 24)
        )


def test_what_is_not_docketed_or_not_suspended_is_refused(
    arbitration_case, commission_head, arbitrator
):
    with pytest.raises(NotDocketed):
        suspend(arbitration_case, commission_head)
    bring_to(arbitration_case, "set_hearing", arbitrator)
    with pytest.raises(NotSuspended):
        resume(arbitration_case)
    suspend(arbitration_case, commission_head)
    with pytest.raises(OutOfOrder):
        resume(arbitration_case, resumed_on=day(9, 20))


@pytest.mark.parametrize(
    "facts",
    [
        {"reason": ""},
        {"resumed_on": day(9, 30)},
        {"resumed_on": day(9, 20), "resume_reason": "恢复"},
        {"resume_reason": "恢复"},
    ],
)
def test_the_database_refuses_a_suspension_that_makes_no_sense(heard_later, commission_head, facts):
    row = {
        "proceeding": heard_later,
        "ground": Ground.OTHER,
        "reason": "其他",
        "since": day(9, 21),
        "notified_on": day(9, 21),
        "approved_by": commission_head,
        "at": at(9, 21),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(**row | facts)


def test_the_database_keeps_one_suspension_at_a_time(heard_later, commission_head):
    suspend(heard_later, commission_head)
    row = Suspension.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
