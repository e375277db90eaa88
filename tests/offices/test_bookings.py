"""A room or a person is never taken twice, whoever asks and whatever for."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from offices import occasions
from offices.domain.bookings import Kind, PersonTaken, RoomTaken, Wish, book, book_all, release
from offices.models import Booking, Room
from offices.occasions import Seen
from tests import factories
from tests.factories import SHANGHAI

TWO = datetime(2026, 9, 24, 14, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


@pytest.fixture
def room(register):
    return Room.objects.create(office=register.federation, name="301会议室")


@pytest.fixture
def wish(room, coordinator):
    return Wish(Kind.MEETING, 1, TWO, TWO + 2 * HOUR, room=room, people=(coordinator,))


def other(wish, **facts):
    return replace(wish, occasion=wish.occasion + 1, **facts)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_room_is_taken_once_whatever_for(wish, kind):
    book(wish)
    with pytest.raises(RoomTaken, match="301会议室 2026-09-24 14:00–16:00"):
        book(other(wish, kind=kind, people=(), starts_at=TWO + HOUR))


def test_a_person_is_expected_at_one_place(wish):
    book(wish)
    with pytest.raises(PersonTaken, match="秦岚"):
        book(other(wish, room=None))


def test_one_occasion_may_follow_the_other_at_once(wish):
    book(wish)
    book(other(wish, starts_at=TWO + 2 * HOUR, ends_at=TWO + 3 * HOUR))
    assert Booking.objects.count() == 4


def test_an_occasion_that_moves_does_not_stand_in_its_own_way(wish):
    book(wish)
    book(replace(wish, starts_at=TWO + HOUR, ends_at=TWO + 3 * HOUR))
    assert set(Booking.objects.values_list("starts_at", flat=True)) == {TWO + HOUR}


def test_what_is_released_is_free(wish):
    book(wish)
    kept = other(wish, starts_at=TWO + 3 * HOUR, ends_at=TWO + 4 * HOUR)
    book(kept)
    release(wish.kind, wish.occasion)
    assert set(Booking.objects.values_list("occasion", flat=True)) == {kept.occasion}
    third = replace(wish, occasion=3)
    book(third)
    taken = Booking.objects.filter(occasion=3)
    assert taken.get(room__isnull=False).room == wish.room
    assert taken.get(person__isnull=False).person == wish.people[0]


def test_two_occasions_exchange_their_rooms_in_one_act(wish, register):
    second = Room.objects.create(office=register.federation, name="302会议室")
    later = other(wish, room=second, people=())
    book_all([wish, later])
    book_all([replace(wish, room=second), replace(later, room=wish.room)])
    assert Booking.objects.get(occasion=1, room__isnull=False).room == second


def test_a_refused_booking_leaves_what_was_booked_before(wish, register):
    book(wish)
    later = other(wish, starts_at=TWO + 3 * HOUR, ends_at=TWO + 4 * HOUR)
    book(later)
    with pytest.raises(RoomTaken):
        book(replace(later, starts_at=TWO, ends_at=TWO + HOUR))
    assert Booking.objects.filter(occasion=2, starts_at=TWO + 3 * HOUR).count() == 2


def test_the_database_refuses_what_overlaps_and_what_is_empty(wish):
    book(wish)
    row = {"kind": "meeting", "occasion": 9, "room": wish.room}
    for name, starts_at, ends_at in (
        ("booking_room_free", TWO + HOUR, TWO + 3 * HOUR),
        ("booking_takes_time", TWO + HOUR, TWO + HOUR),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Booking.objects.create(**row, starts_at=starts_at, ends_at=ends_at)


def test_who_may_know_reads_what_is_in_the_way_and_nobody_else(wish, coordinator, monkeypatch):
    def describe(user, keys, *, on):
        return {key: Seen("联席会议（2026年第3次）") for key in keys if user == coordinator}

    monkeypatch.setitem(occasions._describers, Kind.MEETING, describe)
    book(wish)
    stranger = factories.make_user("moshengren", "甲")
    with pytest.raises(RoomTaken, match="联席会议"):
        book(other(wish, people=()), by=coordinator)
    for reader in (stranger, None):
        with pytest.raises(RoomTaken) as refused:
            book(other(wish, people=()), by=reader)
        assert "联席会议" not in str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_two_who_want_one_room_at_the_same_moment_do_not_both_get_it(room, wish):
    barrier, said = Barrier(2), []

    def take(occasion):
        try:
            barrier.wait()
            book(replace(wish, occasion=occasion, people=()))
            said.append("taken")
        except RoomTaken as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=take, args=(occasion,)) for occasion in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said)[-1] == "taken"
    assert "301会议室" in sorted(said)[0]
    assert Booking.objects.count() == 1
