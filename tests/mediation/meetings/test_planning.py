"""Planning single meetings and series: rows, rooms, people, and changes of one, the rest or all."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from mediation.domain.meetings import planning, series
from mediation.domain.meetings.refusals import (
    EditedMeanwhile,
    MeetingHours,
    MeetingInThePast,
    NoDates,
    NoPlace,
    NotAhead,
    ReasonNeeded,
    TooLong,
)
from mediation.domain.meetings.warnings import warnings_of
from mediation.models import Liaison, Meeting
from offices.domain.bookings import Kind, PersonTaken, RoomTaken, Wish, book
from offices.models import Booking
from tests.mediation.meetings.acts import (
    NOW,
    THURSDAY,
    at,
    delegates,
    facts,
    make_room,
    plan,
    plan_series,
    rule,
    shared,
)


def starts(one):
    return [f"{row.starts_at.astimezone():%Y-%m-%d}" for row in one.meetings.order_by("starts_at")]


def test_a_planned_meeting_is_a_draft_with_its_room_and_people_booked(coordinator, court_liaison):
    meeting = plan(coordinator, court_liaison.postings.get().office)
    assert meeting.status == Meeting.Status.DRAFT
    taken = {str(row.room or row.person) for row in Booking.objects.all()}
    assert taken == {"301会议室", "秦岚", "陆明"}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (
            {"starts_at": at(date(2026, 9, 1)), "ends_at": at(date(2026, 9, 1), 15)},
            MeetingInThePast,
        ),
        ({"ends_at": at(THURSDAY)}, MeetingHours),
        ({"ends_at": at(THURSDAY + timedelta(days=1))}, MeetingHours),
        ({"room": None}, NoPlace),
        ({"day": date(2026, 10, 3)}, ReasonNeeded),
        ({"starts_at": at(THURSDAY, 19), "ends_at": at(THURSDAY, 20)}, ReasonNeeded),
        ({"day": date(2027, 3, 5)}, ReasonNeeded),
    ],
)
def test_a_meeting_that_cannot_be_like_this_is_refused(coordinator, wrong, refusal):
    with pytest.raises(refusal):
        plan(coordinator, **wrong)
    assert not Meeting.objects.exists()


def test_a_warning_is_overridden_with_a_reason(coordinator):
    assert plan(coordinator, day=date(2026, 10, 3), override_reason="节前欠薪，急").pk


def test_a_room_is_not_promised_twice(coordinator, register):
    plan(coordinator)
    with pytest.raises(RoomTaken, match="联席会议（2026年第3次）"):
        plan(coordinator)


def test_who_sits_in_a_hearing_is_not_required_in_a_meeting(coordinator, commission_head, register):
    book(Wish(Kind.HEARING, 7, at(THURSDAY, 14), at(THURSDAY, 17), people=(commission_head,)))
    with pytest.raises(PersonTaken, match="高原"):
        plan(coordinator, register.commission)


def test_half_an_hour_between_two_sites_is_warned_of(coordinator, register):
    other = make_room(register.commission, "第一仲裁庭", site="云飞街")
    book(Wish(Kind.HEARING, 7, at(THURSDAY, 9), at(THURSDAY, 13, 45), other, (coordinator,)))
    hours = {"starts_at": at(THURSDAY), "ends_at": at(THURSDAY, 15)}
    room = make_room(register.federation)
    assert warnings_of(**hours, room=room, people=[coordinator])
    assert not warnings_of(**hours, room=other, people=[coordinator])


def test_two_editors_do_not_overwrite_each_other(coordinator, register):
    meeting = plan(coordinator)
    change = facts(register.federation) | {"name": "改名"}
    planning.change(meeting, version=0, at=NOW, by=coordinator, **change)
    with pytest.raises(EditedMeanwhile):
        planning.change(meeting, version=0, at=NOW, by=coordinator, **change)


def test_only_what_was_told_makes_a_new_edition(coordinator, register):
    meeting = plan(coordinator)
    Meeting.objects.update(status="invited")
    same = facts(register.federation)
    assert planning.change(meeting, version=0, at=NOW, by=coordinator, **same, quorum=3) == []
    assert Meeting.objects.get().sequence == 0
    moved = facts(register.federation, day=THURSDAY - timedelta(days=1))
    told = planning.change(meeting, version=1, at=NOW, by=coordinator, **moved)
    assert told == ["starts_at", "ends_at"]
    assert Meeting.objects.get().sequence == 1


def test_a_cancelled_meeting_frees_its_room_and_says_why(coordinator):
    meeting = plan(coordinator)
    planning.cancel(meeting, reason="并入下次", at=NOW, by=coordinator)
    assert not Booking.objects.exists()
    plan(coordinator)
    with pytest.raises(NotAhead):
        planning.cancel(meeting, reason="再次", at=NOW, by=coordinator)


def test_the_database_keeps_a_meeting_sound(coordinator):
    meeting = plan(coordinator)
    for wrong in (
        {"ends_at": meeting.starts_at},
        {"status": "cancelled"},
        {"status": "invited", "question": "room"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**wrong)


def test_officers_of_the_register_come_before_who_merely_serves(coordinator, court_liaison):
    court = court_liaison.postings.get().office
    common = {"office": court, "since": date(2026, 1, 1), "at": NOW}
    Liaison.objects.create(rank="A", name="甲", mail="a@example.com", **common)
    Liaison.objects.create(rank="B", user=court_liaison, name="陆明", **common)
    found = [(each.name, each.role) for each in delegates(coordinator, court)]
    assert found == [("秦岚", "chair"), ("甲", "required"), ("陆明", "optional")]


def test_a_series_becomes_rows_and_holidays_move_them(coordinator):
    one = plan_series(coordinator)
    assert starts(one) == ["2026-09-24", "2026-12-25", "2027-03-26", "2027-06-25"]
    questions = list(one.meetings.order_by("starts_at").values_list("question", flat=True))
    assert questions == ["", "", "no_notice", "no_notice"]
    first = one.meetings.first()
    assert first.original_start == at(date(2026, 9, 25))
    assert set(one.meetings.values_list("uid", flat=True)) == {one.uid}


def test_a_date_whose_room_is_taken_is_planned_without_it_and_says_so(coordinator, register):
    plan(coordinator)
    preview = series.preview(
        series.MeetingSeries(**rule()), room=make_room(register.federation), by=coordinator
    )
    assert ["301会议室" in each.conflict for each in preview] == [True, False, False, False]
    one = plan_series(coordinator)
    first = one.meetings.first()
    assert (first.room, first.question) in ((None, "room"), (None, "people"))
    assert one.meetings.exclude(pk=first.pk).filter(room__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"until": date(2028, 9, 9)}, TooLong),
        ({"until": date(2026, 9, 20)}, NoDates),
        ({"ends": time(14)}, MeetingHours),
        ({"starts_on": date(2026, 9, 1)}, MeetingInThePast),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(coordinator, wrong, refusal):
    with pytest.raises(refusal):
        plan_series(coordinator, **wrong)


def test_one_date_moves_and_keeps_its_slot(coordinator, register):
    one = plan_series(coordinator)
    first = one.meetings.first()
    moved = facts(register.federation, day=date(2026, 9, 23))
    planning.change(first, version=0, at=NOW, by=coordinator, **moved)
    first.refresh_from_db()
    assert first.starts_at == at(date(2026, 9, 23))
    assert first.original_start == at(date(2026, 9, 25))


def change_series(meeting, coordinator, *, whole, **other):
    office = meeting.office
    return series.change_series(
        meeting,
        whole=whole,
        version=meeting.version,
        rule=rule(**other),
        at=NOW,
        by=coordinator,
        **shared(office),
    ).series


def test_this_and_the_following_begin_a_series_of_their_own(coordinator):
    one = plan_series(coordinator)
    second = one.meetings.order_by("starts_at")[1]
    new = change_series(second, coordinator, whole=False, weekdays=[2], starts_on=date(2026, 12, 1))
    one.refresh_from_db()
    assert (starts(one), one.until) == (["2026-09-24"], date(2026, 9, 25))
    assert starts(new) == ["2026-12-30", "2027-03-31", "2027-06-30"]
    assert new.uid != one.uid
    assert new.split_from == one
    assert new.meetings.order_by("starts_at").first().pk == second.pk


def test_all_that_lie_ahead_change_under_the_same_name(coordinator):
    one = plan_series(coordinator)
    keys = set(one.meetings.values_list("pk", flat=True))
    new = change_series(one.meetings.first(), coordinator, whole=True, weekdays=[3])
    assert new.pk == one.pk
    assert new.sequence == 1
    assert starts(new) == ["2026-09-24", "2026-12-31", "2027-03-25", "2027-06-24"]
    assert set(new.meetings.values_list("pk", flat=True)) == keys


def test_dates_that_the_new_rule_does_not_have_are_cancelled(coordinator):
    one = plan_series(coordinator)
    change_series(one.meetings.first(), coordinator, whole=True, until=date(2026, 12, 31))
    assert starts(one) == ["2026-09-24", "2026-12-25"]
    assert Meeting.objects.filter(status="cancelled").count() == 2


def test_a_series_may_be_cancelled_from_one_date_on(coordinator):
    one = plan_series(coordinator)
    second = one.meetings.order_by("starts_at")[1]
    gone = series.cancel_rest(second, reason="机制调整", at=NOW, by=coordinator)
    assert len(gone) == 3
    assert one.meetings.exclude(status="cancelled").count() == 1
