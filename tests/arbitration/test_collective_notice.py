"""The parties of a collective case are told everything at once."""

import pytest
from django.urls import reverse

from arbitration.domain import collective
from arbitration.domain.refusals import DoneBefore, NoPanel
from arbitration.models import CollectiveNotice
from disputes.models import Case, Deadline
from tests.arbitration.acts import at, clock, day, make_arbitrator, seat, take_on

FACTS = {
    "notified_on": day(9, 14),
    "defence_until": day(9, 28),
    "proof_until": day(9, 29),
    "hearing_at": at(10, 12),
    "place": "用人单位会议室",
}


@pytest.fixture
def collective_case(arbitration_case, arbitration_clerk):
    Case.objects.filter(pk=arbitration_case.case_id).update(worker_count=12)
    arbitration_case.case.refresh_from_db()
    take_on(arbitration_case, by=arbitration_clerk)
    return arbitration_case


@pytest.fixture
def seated(collective_case, register, arbitrator):
    second, third = (
        make_arbitrator(register, f"zc{n}", name) for n, name in ((2, "甲乙"), (3, "丙丁"))
    )
    seat(collective_case, arbitrator, sole=False, reason="", second=second, third=third)
    return collective_case


def test_five_working_days_run_from_docketing_in_collective_cases_alone(
    collective_case, register, arbitration_clerk
):
    # Docketed on Wednesday the 9th.
    assert clock(collective_case, "ARB_COLLECTIVE_NOTICE").due_legal == day(9, 16)


def test_an_ordinary_case_has_no_such_clock(arbitration_case, arbitration_clerk):
    take_on(arbitration_case, by=arbitration_clerk)
    assert clock(arbitration_case, "ARB_COLLECTIVE_NOTICE") is None
    with pytest.raises(collective.NotCollective):
        collective.notify(arbitration_case, **FACTS, at=at(9, 14))


def test_the_notice_needs_the_panel_and_is_given_once(seated, arbitration_clerk):
    row = collective.notify(seated, **FACTS, at=at(9, 14), by=arbitration_clerk)

    assert row.place == "用人单位会议室"
    ended = clock(seated, "ARB_COLLECTIVE_NOTICE")
    assert (ended.state, ended.ended_on) == (Deadline.State.MET, day(9, 14))
    with pytest.raises(DoneBefore):
        collective.notify(seated, **FACTS, at=at(9, 14))


def test_without_a_panel_there_is_nothing_to_tell(collective_case):
    with pytest.raises(NoPanel):
        collective.notify(collective_case, **FACTS, at=at(9, 14))


def test_it_is_recorded_at_the_desk(client, time_machine, seated, arbitration_clerk, arbitrator):
    time_machine.move_to(at(9, 14))
    door = reverse("desk_act", args=[seated.pk, "collective-notice"])
    client.force_login(arbitrator)
    assert client.get(door).status_code == 403
    client.force_login(arbitration_clerk)
    said = {
        "notified_on": "2026-09-14", "defence_until": "2026-09-14", "proof_until": "2026-09-29",
        "hearing_at": "2026-10-12T09:00", "place": "用人单位会议室",
    }  # fmt: skip
    assert client.post(door, said).status_code == 422
    assert client.post(door, said | {"defence_until": "2026-09-28"}).status_code == 302
    assert CollectiveNotice.objects.count() == 1
    shown = client.get(reverse("desk", args=[seated.pk])).content.decode()
    assert "用人单位会议室" in shown
