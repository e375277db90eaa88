"""The shared calendar: who finds what in it, in every view, at a fixed cost."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mediation.models import Meeting
from offices.domain.bookings import Kind, Wish, book
from offices.duties import Role
from tests import factories
from tests.mediation.meetings.acts import NOW, THURSDAY, at, make_room, plan, plan_series

VIEWS = ("month", "week", "list", "rooms")
pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client, time_machine):
    time_machine.move_to(NOW)

    def open_as(user, name="meetings", *args, **query):
        client.force_login(user)
        return client.get(reverse(name, args=args), query)

    return open_as


@pytest.mark.parametrize("view", VIEWS)
def test_a_coordinator_finds_her_draft_in_every_view(opened, coordinator, view):
    plan(coordinator)
    said = opened(coordinator, view=view, day="2026-09-24").content.decode()
    assert "联席会议（2026年第3次）" in said
    assert ("草稿" in said) == (view != "rooms")


def test_the_month_says_the_lunar_day_and_what_a_notice_moved(opened, coordinator):
    said = opened(coordinator, day="2026-09-24").content.decode()
    assert "中秋节" in said
    assert said.count("fx-day-off") > 3
    assert opened(coordinator, day="2026-10-08").content.decode().count("fx-day-on") > 1


@pytest.mark.parametrize("view", VIEWS)
def test_an_agency_does_not_know_of_a_draft_and_a_stranger_of_nothing(
    opened, coordinator, court_liaison, other_mediator, view
):
    plan(coordinator, court_liaison.postings.get().office)
    for user in (court_liaison, other_mediator):
        assert "联席会议（2026" not in opened(user, view=view, day="2026-09-24").content.decode()
    Meeting.objects.update(status="invited")
    assert "联席会议（2026" in opened(court_liaison, day="2026-09-24").content.decode()
    assert "联席会议（2026" not in opened(other_mediator, day="2026-09-24").content.decode()


def test_a_room_taken_by_what_one_may_not_know_is_taken_and_no_more(opened, coordinator, register):
    room = make_room(register.federation)
    book(Wish(Kind.SESSION, 4, at(THURSDAY, 9), at(THURSDAY, 10), room))
    said = opened(coordinator, view="rooms", day="2026-09-24").content.decode()
    assert "已占用" in said


def test_a_meeting_page_is_for_those_whom_it_concerns(
    opened, coordinator, court_liaison, other_mediator
):
    meeting = plan(coordinator, court_liaison.postings.get().office)
    assert opened(coordinator, "meeting", meeting.pk).status_code == 200
    assert opened(court_liaison, "meeting", meeting.pk).status_code == 404
    Meeting.objects.update(status="invited")
    assert opened(court_liaison, "meeting", meeting.pk).status_code == 200
    for name in ("meeting", "meeting_edit", "meeting_cancel"):
        assert opened(other_mediator, name, meeting.pk).status_code == 404
    for name in ("meeting_edit", "meeting_cancel"):
        assert opened(court_liaison, name, meeting.pk).status_code == 403
    assert opened(court_liaison, "meeting_new").status_code == 403


def answers(register, **other):
    said = {
        "name": "季度联席会议",
        "office": register.federation.pk,
        "kind": "joint",
        "day": "2026-09-08",
        "begins": "14:00",
        "ends": "15:30",
        "repeat": "quarter_last",
        "weekday": "4",
        "nth": "-1",
        "until": "2027-09-07",
        "holidays": "previous",
        "room": make_room(register.federation).pk,
        "agencies": [register.court.pk],
        "quorum": "2",
    }
    return said | other


def test_a_series_is_looked_at_before_it_is_saved(client, opened, coordinator, register):
    opened(coordinator)
    shown = client.post(reverse("meeting_new"), answers(register, preview="1"))
    said = shown.content.decode()
    assert shown.status_code == 200
    assert "2026年9月24日 周四" in said
    assert "待确认" in said
    assert not Meeting.objects.exists()
    saved = client.post(reverse("meeting_new"), answers(register))
    assert saved.status_code == 302
    assert Meeting.objects.count() == 4


def test_a_repetition_says_what_it_needs(client, opened, coordinator, register):
    opened(coordinator)
    shown = client.post(reverse("meeting_new"), answers(register, weekday="", until=""))
    assert shown.status_code == 422
    assert set(shown.context["form"].errors) == {"weekday", "until"}


def test_a_change_asks_which_dates_it_reaches(client, opened, coordinator, register):
    one = plan_series(coordinator)
    first = one.meetings.first()
    said = opened(coordinator, "meeting_edit", first.pk).content.decode()
    assert "此次及以后（4）" in said
    change = answers(register, day="2026-09-23", repeat="quarter_last", scope="this", version="0")
    assert client.post(reverse("meeting_edit", args=[first.pk]), change).status_code == 302
    first.refresh_from_db()
    assert first.starts_at == at(date(2026, 9, 23))
    again = client.post(reverse("meeting_edit", args=[first.pk]), change)
    assert again.status_code == 422
    assert "其他人" in again.content.decode()
    assert one.meetings.filter(starts_at=at(date(2026, 12, 25))).exists()


def test_a_holiday_wants_a_reason_and_the_page_says_so(client, opened, coordinator, register):
    opened(coordinator)
    said = answers(register, day="2026-09-25", repeat="once")
    shown = client.post(reverse("meeting_new"), said)
    assert shown.status_code == 422
    assert "法定节假日" in shown.content.decode()
    assert shown.context["form"].errors["override_reason"]
    done = client.post(reverse("meeting_new"), said | {"override_reason": "各单位均同意"})
    assert done.status_code == 302


def test_a_conflict_is_said_beside_its_field(client, opened, coordinator, register):
    plan(coordinator)
    opened(coordinator)
    shown = client.post(reverse("meeting_new"), answers(register, day="2026-09-24", repeat="once"))
    assert shown.status_code == 422
    assert "联席会议（2026年第3次）" in str(shown.context["form"].errors["room"])


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_asks_as_much_of_many_meetings_as_of_one(client, opened, coordinator, view):
    def count():
        opened(coordinator, view=view, day="2026-09-24")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("meetings"), {"view": view, "day": "2026-09-24"})
        return len(asked)

    plan(coordinator)
    one = count()
    plan(coordinator, day=date(2026, 9, 22))
    plan(coordinator, day=date(2026, 9, 23))
    assert count() == one <= 9


def test_rooms_are_entered_and_taken_out_of_use(
    client, opened, coordinator, court_liaison, register
):
    opened(coordinator, "meeting_rooms")
    entry = {
        "office": register.federation.pk,
        "name": "302会议室",
        "seats": "24",
        "is_active": "on",
    }
    assert client.post(reverse("meeting_rooms"), entry).status_code == 302
    room = make_room(register.federation, "302会议室")
    address = reverse("meeting_room", args=[room.pk])
    assert client.post(address, entry | {"is_active": ""}).status_code == 302
    room.refresh_from_db()
    assert not room.is_active
    assert opened(court_liaison, "meeting_rooms").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_want_one_room_at_the_same_moment_and_one_reads_why_not(
    coordinator, register, time_machine
):
    time_machine.move_to(NOW)
    second = factories.make_user("lianxi2", "顾言", office=register.guta, role=Role.COORDINATOR)
    colleagues = {
        office.pk: factories.make_user(
            f"x{office.pk}", "许可", office=office, role=Role.COORDINATOR
        )
        for office in (register.federation, register.guta)
    }
    said = answers(register, day="2026-09-24", repeat="once", agencies=[])
    wishes = {coordinator: said, second: said | {"office": register.guta.pk, "name": "区会议"}}
    barrier, got = Barrier(2), {}

    def plan_it(user):
        client = Client()
        client.force_login(user)
        barrier.wait()
        got[user] = client.post(reverse("meeting_new"), wishes[user])
        connection.close()

    threads = [Thread(target=plan_it, args=(user,)) for user in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in got.values()) == [302, 422]
    assert Meeting.objects.count() == 1
    won = Meeting.objects.get().office
    (refused,) = [answer for answer in got.values() if answer.status_code == 422]
    error = str(refused.context["form"].errors["room"])
    # The other office may not know what is in the way; a colleague of the winner may.
    assert "301会议室" in error
    assert Meeting.objects.get().name not in error
    client = Client()
    client.force_login(colleagues[won.pk])
    again = client.post(reverse("meeting_new"), said | {"name": "再一次", "office": won.pk})
    assert Meeting.objects.get().name in str(again.context["form"].errors["room"])
