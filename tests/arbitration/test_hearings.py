"""Setting and holding hearings."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import hearings, schedule
from arbitration.domain.refusals import (
    DefenceStillOpen,
    HearingAhead,
    HearingHours,
    HearingPast,
    HearingStands,
    MediationNotTried,
    Missing,
    NoHearing,
    NoPanel,
    NoRoom,
    NoticeTooLate,
    NotYet,
    WrongResult,
)
from arbitration.models import Hearing, HearingRecord
from disputes.domain.proceedings import close_proceeding
from disputes.models import Deadline, Outcome, ServedPaper, Source, TimelineEntry
from notices.models import Kind, Notice
from offices.domain.bookings import PersonTaken, RoomTaken
from offices.models import Booking, Room
from tests import factories
from tests.arbitration.acts import (
    answer,
    at,
    bring_to,
    clock,
    day,
    hold,
    make_arbitrator,
    seat,
    set_hearing,
    take_on,
    titles,
)

Result = HearingRecord.Result


@pytest.fixture
def answered(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "set_hearing", arbitrator)


@pytest.fixture
def heard(answered):
    set_hearing(answered)
    return answered


@pytest.fixture
def other_case(register, arbitration_clerk):
    return factories.make_case(register.commission, by=arbitration_clerk)


# The worked examples of the law's five working days.
@pytest.mark.parametrize(
    ("hearing", "latest"), [(day(10, 12), day(9, 29)), (day(10, 9), day(9, 24))]
)
def test_five_working_days_are_counted_back(db, hearing, latest):
    assert schedule.latest_notice(hearing) == latest


def test_the_earliest_hearing_follows_from_the_notice(db):
    assert schedule.earliest_hearing(day(9, 24)) == day(10, 9)
    assert schedule.earliest_hearing(day(9, 7)) == day(9, 14)


def test_a_hearing_is_set_and_everybody_told(answered, arbitrator):
    hearing = set_hearing(answered, notice_method="mail")
    assert (hearing.ordinal, hearing.presiding, hearing.room.name) == (1, arbitrator, "第一仲裁庭")
    notices = answered.services.filter(paper=ServedPaper.HEARING_NOTICE)
    assert {notice.party.role for notice in notices} == {"applicant", "respondent"}
    assert "Hearing set for %(day)s %(time)s" in titles(answered)


def test_a_known_room_is_used_again(answered):
    first = set_hearing(answered, new_room=" 第1 仲裁庭").room
    hold(answered, result=Result.ADJOURNED)
    again = set_hearing(
        answered,
        new_room="第１ 仲裁庭",
        starts_at=at(10, 20, 9),
        ends_at=at(10, 20, 11),
        notified_on=day(10, 9),
        at=at(10, 9, 15),
    )
    assert again.room == first
    assert Room.objects.count() == 1


def test_an_online_hearing_needs_no_room(answered):
    assert set_hearing(answered, mode=Hearing.Mode.ONLINE).room is None


def test_a_notice_one_day_late_is_refused_and_names_the_days(answered):
    with pytest.raises(NoticeTooLate) as refused:
        set_hearing(answered, starts_at=at(10, 8, 9), ends_at=at(10, 8, 12))
    assert refused.value.field == "starts_at"
    # Latest notice 23 September, earliest hearing 9 October.
    assert "9月23日" in str(refused.value)
    assert "10月9日" in str(refused.value)


def test_both_may_agree_to_be_heard_sooner(answered):
    hearing = set_hearing(
        answered, starts_at=at(9, 28, 9), ends_at=at(9, 28, 12), waive_notice=True
    )
    assert hearing.notice_waived


def test_nobody_is_heard_while_the_respondent_may_answer(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "defence", arbitrator)
    early = {"starts_at": at(9, 23, 9), "ends_at": at(9, 23, 12), "notified_on": day(9, 11)}
    with pytest.raises(DefenceStillOpen, match="9月23日"):
        set_hearing(case, **early, at=at(9, 11))
    answer(case, received_on=day(9, 11), at=at(9, 11))
    assert set_hearing(case, **early, at=at(9, 11))


def test_a_hearing_after_the_term_can_be_set_before_the_answer(arbitration_case, arbitrator):
    case = bring_to(arbitration_case, "defence", arbitrator)
    later = {"starts_at": at(9, 24, 9), "ends_at": at(9, 24, 12), "notified_on": day(9, 11)}
    assert set_hearing(case, **later, at=at(9, 11))


def test_the_copy_of_the_defence_goes_out_with_the_notice(answered):
    set_hearing(answered, defence_served_on=day(9, 24))
    assert clock(answered, "ARB_SERVE_DEF").state == Deadline.State.MET


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"starts_at": at(9, 24, 9), "ends_at": at(9, 24, 10)}, HearingPast, "starts_at"),
        ({"ends_at": at(10, 9, 9)}, HearingHours, "ends_at"),
        ({"ends_at": at(10, 10, 9)}, HearingHours, "ends_at"),
        ({"new_room": " "}, NoRoom, "room"),
        ({"notified_on": None}, Missing, "notified_on"),
        ({"notified_on": day(9, 25)}, NotYet, "notified_on"),
    ],
)
def test_an_impossible_hearing_is_refused(answered, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        set_hearing(answered, **facts)
    assert refused.value.field == field


def test_a_hearing_needs_a_panel(arbitration_case):
    take_on(arbitration_case)
    with pytest.raises(NoPanel):
        set_hearing(arbitration_case)


def test_an_imported_case_is_heard_without_our_panel(arbitration_case):
    arbitration_case.case.source = Source.LEDGER
    arbitration_case.case.save()
    assert set_hearing(arbitration_case).presiding is None


def test_one_hearing_at_a_time(heard):
    with pytest.raises(HearingStands, match="10月9日"):
        set_hearing(heard)


def test_a_room_is_not_taken_twice(heard, other_case, register, arbitrator):
    take_on(other_case)
    seat(other_case, make_arbitrator(register, "zhongcai2", "范明"))
    room = Room.objects.get()
    with pytest.raises(RoomTaken):
        set_hearing(other_case, room=room, starts_at=at(10, 9, 11), ends_at=at(10, 9, 14))
    assert set_hearing(other_case, room=room, starts_at=at(10, 9, 12), ends_at=at(10, 9, 14))


def test_an_arbitrator_does_not_sit_in_two_hearings(heard, other_case, register, arbitrator):
    take_on(other_case)
    bench = [make_arbitrator(register, f"zhongcai{n}", name) for n, name in ((2, "甲"), (3, "乙"))]
    seat(other_case, bench[0], sole=False, second=arbitrator, third=bench[1])
    with pytest.raises(PersonTaken, match="何平"):
        set_hearing(other_case, new_room="第二仲裁庭")


def test_a_taken_room_under_another_name_is_refused_in_words(heard, other_case, register):
    take_on(other_case)
    seat(other_case, make_arbitrator(register, "zhongcai2", "范明"))
    with pytest.raises(RoomTaken):
        set_hearing(other_case, new_room=" 第一仲裁庭 ")
    assert not other_case.hearings.exists()


def test_a_held_hearing_says_how_it_went(heard):
    hold(heard)
    assert hearings.last_result(heard) == Result.CONCLUDED
    record = heard.case.timeline.get(verb="Record of the hearing")
    assert record.reach == TimelineEntry.Reach.OFFICE
    assert "Hearing held, the panel decides" in titles(heard)


def test_an_absent_applicant_is_treated_as_having_withdrawn(heard):
    hold(heard, applicant_present=False, mediation_tried=False, result=Result.APPLICANT_ABSENT)
    assert hearings.last_result(heard) == Result.APPLICANT_ABSENT


def test_an_absent_respondent_is_decided_on_in_absence(heard):
    hold(heard, respondent_present=False, mediation_tried=False, result=Result.DEFAULT)
    assert hearings.last_result(heard) == Result.DEFAULT


def test_an_adjourned_hearing_is_followed_by_another(heard):
    hold(heard, result=Result.ADJOURNED)
    second = set_hearing(
        heard,
        starts_at=at(10, 19, 9),
        ends_at=at(10, 19, 11),
        notified_on=day(10, 9),
        at=at(10, 9, 15),
    )
    assert second.ordinal == 2
    hold(heard, at=at(10, 19, 11))
    assert hearings.last_result(heard) == Result.CONCLUDED


def test_a_hearing_books_its_room_and_its_panel(heard, arbitrator):
    rows = Booking.objects.filter(kind="hearing", occasion=heard.hearings.get().pk)
    assert {str(row.room or row.person) for row in rows} == {"第一仲裁庭", "何平"}


def test_a_hearing_put_off_before_it_begins_frees_its_room(heard, other_case, register):
    hold(
        heard,
        applicant_present=False,
        respondent_present=False,
        result=Result.ADJOURNED,
        at=at(9, 28),
    )
    take_on(other_case)
    seat(other_case, make_arbitrator(register, "zhongcai2", "范明"))
    assert set_hearing(other_case, room=Room.objects.get())


def test_a_case_that_ends_cancels_its_hearing(heard, other_case, register):
    close_proceeding(heard, outcome=Outcome.WITHDRAWN, at=at(9, 28))
    assert "Hearing cancelled" in titles(heard)
    take_on(other_case)
    seat(other_case, make_arbitrator(register, "zhongcai2", "范明"))
    assert set_hearing(other_case, room=Room.objects.get())


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"mediation_tried": False}, MediationNotTried),
        ({"respondent_present": False}, WrongResult),
        ({"applicant_present": False, "result": Result.DEFAULT}, WrongResult),
        ({"result": Result.DEFAULT}, WrongResult),
        ({"result": Result.APPLICANT_ABSENT}, WrongResult),
        ({"result": Result.MEDIATED, "applicant_present": False}, WrongResult),
        ({"record": "  "}, Missing),
        ({"at": at(10, 9, 8)}, HearingAhead),
    ],
)
def test_a_result_that_does_not_fit_is_refused(heard, facts, refusal):
    with pytest.raises(refusal):
        hold(heard, **facts)
    assert hearings.last_result(heard) is None


def test_nothing_is_recorded_without_a_hearing(answered):
    with pytest.raises(NoHearing):
        hold(answered)


def hearing_row(proceeding, room, **facts):
    return {
        "proceeding": proceeding,
        "ordinal": 1,
        "mode": "room",
        "room": room,
        "starts_at": at(10, 9, 9),
        "ends_at": at(10, 9, 12),
        "notified_on": day(9, 24),
        "at": at(9, 24),
        **facts,
    }


@pytest.fixture
def room(register):
    return Room.objects.create(office=register.commission, name="第一仲裁庭")


@pytest.mark.parametrize(
    "facts",
    [
        {"ends_at": at(10, 9, 9)},
        {"ends_at": at(10, 9, 8)},
        {"mode": "online"},
        {"room": None},
    ],
)
def test_the_database_refuses_an_empty_or_placeless_hearing(arbitration_case, room, facts):
    with pytest.raises(Exception, match="hearing_|range"), transaction.atomic():
        Hearing.objects.create(**hearing_row(arbitration_case, room) | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"mediation_tried": False},
        {"respondent_present": False},
        {"result": "applicant_absent"},
        {"result": "default"},
        {"result": "default", "applicant_present": False, "respondent_present": False},
        {"record": ""},
    ],
)
def test_the_database_refuses_a_result_that_does_not_fit(arbitration_case, room, facts):
    row = {
        "hearing": Hearing.objects.create(**hearing_row(arbitration_case, room)),
        "applicant_present": True,
        "respondent_present": True,
        "mediation_tried": True,
        "record": "笔录",
        "result": "concluded",
        "at": at(10, 9, 12),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        HearingRecord.objects.create(**row | facts)


def test_the_panel_hears_when_it_sits_and_when_not(answered, arbitrator):
    set_hearing(answered)
    close_proceeding(answered, outcome=Outcome.WITHDRAWN, at=at(9, 25))

    told = Notice.objects.filter(recipient=arbitrator, kind=Kind.HEARING).order_by("pk")
    assert [notice.verb.partition(":")[2].split("%")[0].strip() for notice in told] == [
        "hearing set for",
        "the hearing of",
    ]
    assert answered.number in told[0].title
