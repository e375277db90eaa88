"""The term of the award, turned at the record's door: the desk's rows are written too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from arbitration.models import AwardExtension, Suspension
from disputes.models import Deadline
from tests.arbitration.acts import at, clock, day, take_on
from tests.disputes.test_intake_page import PDF


@pytest.fixture
def docketed(arbitration_case):
    take_on(arbitration_case)
    return arbitration_case


@pytest.fixture
def door(client, arbitration_clerk, commission_head, docketed, time_machine):
    """Post to the door of an act, on 21 September 2026."""
    time_machine.move_to(at(9, 21))
    client.force_login(arbitration_clerk)

    def post(act, **facts):
        award = clock(docketed, "ARB_AWARD")
        return client.post(reverse("turn_clock", args=[award.pk, act]), facts)

    return post


def suspend(door, head, **changes):
    facts = {
        "ground": "appraisal",
        "on": "2026-09-15",
        "reason": "等待伤残等级鉴定结论",
        "approved_by": head.pk,
        "notified_on": "2026-09-16",
        "file": SimpleUploadedFile("决定书.pdf", PDF),
    }
    return door("suspend", **facts | changes)


def test_a_suspension_stands_at_the_desk_and_on_the_clock(door, docketed, commission_head):
    assert suspend(door, commission_head).status_code == 302
    row = Suspension.objects.get(proceeding=docketed)
    assert (row.ground, row.since, row.approved_by) == ("appraisal", day(9, 15), commission_head)
    award = clock(docketed, "ARB_AWARD")
    assert (award.state, award.suspended_on) == (Deadline.State.SUSPENDED, day(9, 15))
    event = award.events.get(kind="suspend")
    assert (event.ground, event.notified_on) == ("appraisal", day(9, 16))
    assert event.evidence.name == "决定书.pdf"


def test_taking_it_up_again_ends_both(door, docketed, commission_head):
    suspend(door, commission_head)
    assert door("resume", on="2026-09-20", reason="鉴定结论已送达").status_code == 302
    row = Suspension.objects.get(proceeding=docketed)
    assert (row.resumed_on, row.resume_reason) == (day(9, 20), "鉴定结论已送达")
    assert clock(docketed, "ARB_AWARD").state == Deadline.State.RUNNING


def test_an_extension_is_granted_once(door, docketed, commission_head):
    facts = {
        "on": "2026-09-18",
        "amount": "10",
        "reason": "案情复杂",
        "approved_by": commission_head.pk,
        "notified_on": "2026-09-18",
    }
    before = clock(docketed, "ARB_AWARD").due_nominal
    paper = SimpleUploadedFile("批准书.pdf", PDF)
    assert door("extend", **facts, file=paper).status_code == 302
    assert AwardExtension.objects.get(proceeding=docketed).days == 10
    assert (clock(docketed, "ARB_AWARD").due_nominal - before).days == 10
    answer = door("extend", **facts | {"amount": "5"}, file=SimpleUploadedFile("b.pdf", PDF))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"approved_by": ""}, "approved_by"),
        ({"notified_on": ""}, "notified_on"),
        ({"on": "2026-09-01"}, "on"),
        ({"ground": "x"}, "ground"),
    ],
)
def test_what_the_desk_refuses_is_said_beside_its_field(
    door, docketed, commission_head, changes, field
):
    answer = suspend(door, commission_head, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Suspension.objects.exists()
    assert clock(docketed, "ARB_AWARD").state == Deadline.State.RUNNING
