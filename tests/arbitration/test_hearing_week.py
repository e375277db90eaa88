"""The calendar of hearings: one week, rooms and days, whoever may know what."""

import pytest
from django.urls import reverse

from arbitration.models import HearingRecord
from disputes.models import Wall
from tests import factories
from tests.arbitration.acts import (
    at,
    bring_to,
    hold,
    make_arbitrator,
    seat,
    serve_copy,
    set_hearing,
    take_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_case(arbitration_case, arbitrator):
    """A case to be heard on Friday 9 October 2026 at nine in the first hearing room."""
    bring_to(arbitration_case, "hearing", arbitrator)
    return arbitration_case


@pytest.fixture
def calendar(client, time_machine):
    time_machine.move_to(at(9, 24, 10))

    def open_as(user, **query):
        client.force_login(user)
        return client.get(reverse("hearings"), query)

    return open_as


def slots(response):
    return [slot for day in response.context["week"].days for slot in day.slots]


def test_a_hearing_stands_in_its_week_with_room_and_panel(calendar, set_case, arbitration_clerk):
    assert slots(calendar(arbitration_clerk)) == []
    shown = calendar(arbitration_clerk, week="2026-10-08")
    (slot,) = slots(shown)
    said = shown.content.decode()
    assert slot.shown
    assert "第一仲裁庭" in said
    assert "何平" in said
    assert set_case.number in said


def test_days_that_a_notice_moved_are_marked(calendar, set_case, arbitration_clerk):
    days = calendar(arbitration_clerk, week="2026-10-05").context["week"].days
    assert [day.mark for day in days] == ["off", "off", "off", "", "", "on", ""]


def test_a_walled_case_still_takes_its_room(calendar, set_case, arbitration_clerk):
    Wall.objects.create(case=set_case.case, user=arbitration_clerk, reason="回避", at=at(9, 8))
    shown = calendar(arbitration_clerk, week="2026-10-05")
    (slot,) = slots(shown)
    assert not slot.shown
    assert set_case.number not in shown.content.decode()


def test_a_held_hearing_says_what_came_of_it_and_one_put_off_is_gone(
    calendar, set_case, arbitration_clerk
):
    hold(set_case)
    assert slots(calendar(arbitration_clerk, week="2026-10-05"))[0].outcome
    HearingRecord.objects.all().delete()
    set_case.hearings.update(cancelled=True)
    assert slots(calendar(arbitration_clerk, week="2026-10-05")) == []


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_a_week_that_does_not_exist_shows_another(calendar, set_case, arbitration_clerk, week):
    assert calendar(arbitration_clerk, week=week).status_code == 200


def test_strangers_have_no_calendar(calendar, district_mediator):
    assert calendar(district_mediator).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_week_asks_a_fixed_number_of_queries(
    calendar, register, arbitration_clerk, client, django_assert_num_queries, count
):
    for number in range(count):
        proceeding = factories.make_case(register.commission, by=arbitration_clerk)
        take_on(proceeding)
        seat(proceeding, make_arbitrator(register, f"z{number}", f"仲裁员{number}"))
        serve_copy(proceeding)
        set_hearing(proceeding, new_room=f"第{number}庭", waive_notice=False)
    calendar(arbitration_clerk)
    with django_assert_num_queries(10):
        shown = client.get(reverse("hearings"), {"week": "2026-10-05"})
    assert len(slots(shown)) == count
