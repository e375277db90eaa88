"""Every kind of news is told by a verb of the trade, to those whom it concerns."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audit.models import Verification
from disputes.domain.proceedings import end_case
from disputes.domain.recusals import ask_recusal, decide_recusal
from disputes.models import Deadline, Outcome, Recusal, Wall
from legal_aid.domain import assignment
from mediation.domain.meetings import invitations, planning
from notices.domain.fanout import send_digests
from notices.domain.inbox import notify
from notices.domain.preferences import choose, reach
from notices.models import Channel, How, Kind, Message, Notice
from tests.factories import MONDAY, make_case, make_lawyer
from tests.legal_aid.acts import apply, grant, refuse
from tests.mediation.meetings.acts import NOW, plan
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import timers
from workflows.alarms import alarm_damaged_log, alarm_deadlines, alarm_stuck
from workflows.courses import change_handler
from workflows.models import StuckTimer

pytestmark = pytest.mark.django_db
# Where each kind is shown: here, or beside the verb that tells it.
SHOWN = {
    Kind.ASSIGNED: "tests/notices/test_kinds.py::test_who_is_given_work_is_told",
    Kind.HANDED_OVER: "tests/workflows/test_telling.py::test_a_desk_hears_of_what_comes_to_it",
    Kind.DEADLINE: "tests/notices/test_kinds.py::test_near_the_handler_over_one_level_up",
    Kind.OVERDUE: "tests/notices/test_kinds.py::test_near_the_handler_over_one_level_up",
    Kind.MOVED: "tests/disputes/test_recomputing.py::test_the_handler_is_told_once",
    Kind.HEARING: "tests/arbitration/test_hearings.py::"
    "test_the_panel_hears_when_it_sits_and_when_not",
    Kind.MEETING: "tests/notices/test_kinds.py::"
    "test_who_is_asked_to_a_meeting_hears_of_it_and_of_its_changes",
    Kind.INSTALMENT: "tests/workflows/test_telling.py::"
    "test_the_holder_is_reminded_of_an_agreement_once",
    Kind.AID: "tests/notices/test_kinds.py::test_who_asked_for_aid_hears_what_was_decided",
    Kind.RESULT: "tests/notices/test_kinds.py::test_the_first_reporter_hears_the_result",
    Kind.COURSE: "tests/notices/test_kinds.py::"
    "test_who_must_act_on_the_course_of_a_case_hears_of_it_and_the_person_concerned_does_not",
    Kind.FAULT: "tests/notices/test_kinds.py::test_a_fault_is_told_to_who_mends_it_and_nobody_else",
    Kind.DIGEST: "tests/notices/test_kinds.py::test_what_waits_comes_as_one_digest",
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_shown_by_a_test(kind):
    path, _sep, name = SHOWN[kind].partition("::")
    assert f"def {name}(" in (Path(settings.BASE_DIR) / path).read_text()


def told(user, kind):
    return list(Notice.objects.filter(recipient=user, kind=kind).order_by("pk"))


def test_who_is_given_work_is_told(
    register, district_case, district_mediator, regional_head, lawyer, aid_administrator
):
    change_handler(
        district_case, handler=district_mediator, reason="换人", conflict_declared=True,
        at=MONDAY, by=regional_head,
    )  # fmt: skip
    assert len(told(district_mediator, Kind.ASSIGNED)) == 1

    row = grant(apply(district_case.case, register, by=aid_administrator), by=aid_administrator)
    assignment.offer(row, lawyer=make_lawyer(lawyer), at=MONDAY, by=aid_administrator)
    assert len(told(lawyer, Kind.ASSIGNED)) == 1


def at_dawn(day):
    return timezone.make_aware(datetime.combine(day, time(8)))


def test_near_the_handler_over_one_level_up(district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    term = Deadline.objects.get(proceeding=district_case, rule__rule_id="MED_CLOSE")
    alarm_deadlines(at=at_dawn(term.alarm_on))
    assert [len(told(user, Kind.DEADLINE)) for user in (district_mediator, regional_head)] == [1, 0]
    for _ in range(2):
        alarm_deadlines(at=at_dawn(term.due_legal + timedelta(days=1)))
    assert [len(told(user, Kind.OVERDUE)) for user in (district_mediator, regional_head)] == [1, 1]


def test_of_a_head_who_is_late_herself_the_office_above_hears(
    register, district_case, regional_head, clerk, leader
):
    accept(district_case, mediator=regional_head, head=regional_head)
    term = Deadline.objects.get(proceeding=district_case, rule__rule_id="MED_CLOSE")
    Wall.objects.create(case=district_case.case, user=leader, reason="亲属", at=MONDAY)
    alarm_deadlines(at=at_dawn(term.due_legal + timedelta(days=1)))
    assert told(regional_head, Kind.OVERDUE)
    above = district_case.desk.parent
    expected = 1 if clerk.postings.filter(office=above).exists() else 0
    assert len(told(clerk, Kind.OVERDUE)) == expected
    assert not told(leader, Kind.OVERDUE)


def test_who_is_asked_to_a_meeting_hears_of_it_and_of_its_changes(
    db, coordinator, court_liaison, other_mediator
):
    meeting = plan(coordinator, court_liaison.postings.get().office)
    assert not told(court_liaison, Kind.MEETING)
    invitations.invite(meeting, at=NOW, by=coordinator)
    meeting.refresh_from_db()
    planning.cancel(meeting, reason="改期", at=NOW + timedelta(hours=1), by=coordinator)
    meeting.refresh_from_db()
    invitations.tell_cancelled(meeting, at=NOW + timedelta(hours=1))
    assert len(told(court_liaison, Kind.MEETING)) == 2
    assert not told(other_mediator, Kind.MEETING)


def test_who_asked_for_aid_hears_what_was_decided(
    register, district_case, district_mediator, aid_administrator, other_mediator
):
    row = apply(district_case.case, register, by=district_mediator)
    refuse(row, by=aid_administrator)
    (notice,) = told(district_mediator, Kind.AID)
    assert "未批准" in notice.title or row.number in notice.title
    assert notice.url == f"/aid/applications/{row.pk}/"
    assert not told(aid_administrator, Kind.AID)
    assert not told(other_mediator, Kind.AID)


def test_who_may_not_know_of_the_case_any_more_hears_no_decision(
    register, district_case, district_mediator, aid_administrator
):
    row = apply(district_case.case, register, by=district_mediator)
    Wall.objects.create(case=district_case.case, user=district_mediator, reason="亲属", at=MONDAY)
    grant(row, by=aid_administrator)
    assert not told(district_mediator, Kind.AID)


def test_the_first_reporter_hears_the_result(register, reporter):
    proceeding = make_case(register.guta, by=reporter)
    end_case(proceeding.case, at=MONDAY, outcome=Outcome.SETTLED, tier=proceeding.tier)
    (notice,) = told(reporter, Kind.RESULT)
    assert notice.url == f"/cases/{proceeding.case_id}/"


def test_who_must_act_on_the_course_of_a_case_hears_of_it_and_the_person_concerned_does_not(
    register, district_case, district_mediator, regional_head, other_mediator
):
    accept(district_case, mediator=district_mediator, head=regional_head)
    recusal = ask_recusal(
        district_case, person=district_mediator, asker=Recusal.Asker.APPLICANT,
        form=Recusal.Form.ORAL, ground=Recusal.Ground.KIN, reason="是单位经理的妻子",
        asked_on=MONDAY.date(), at=MONDAY, by=regional_head,
    )  # fmt: skip
    (asked,) = told(regional_head, Kind.COURSE)
    assert asked.url == f"/recusals/{recusal.pk}/"
    decide_recusal(
        recusal, granted=True, decision="属实", at=MONDAY + timedelta(hours=1), by=regional_head
    )
    _asked, orphaned = told(regional_head, Kind.COURSE)
    assert orphaned.url == f"/cases/{district_case.case_id}/"
    assert not told(district_mediator, Kind.COURSE)
    assert not told(other_mediator, Kind.COURSE)


def test_a_fault_is_told_to_who_mends_it_and_nobody_else(
    district_case, district_mediator, regional_head, administrator, auditor
):
    accept(district_case, mediator=district_mediator, head=regional_head)
    timer = timers(district_case).first()
    StuckTimer.objects.create(
        task=timer, error="RuntimeError", first_failed_at=MONDAY, last_failed_at=MONDAY
    )
    for _ in range(2):
        assert alarm_stuck(at=MONDAY) == 1
    (notice,) = told(administrator, Kind.FAULT)
    assert notice.url == reverse("stuck")

    alarm_damaged_log(
        Verification.objects.create(at=MONDAY, checked=9, unsealed=0, fault="altered", bad_entry=4)
    )
    (notice,) = told(auditor, Kind.FAULT)
    assert notice.url == reverse("audit")
    for user in (district_mediator, regional_head):
        assert not told(user, Kind.FAULT)


def test_what_waits_comes_as_one_digest(settings, district_mediator):
    settings.EMAIL_HOST = "127.0.0.1"
    reach(
        district_mediator, email="a@example.org", mobile="", quiet_from=None, quiet_until=None,
        digest_at=time(8, 30),
    )  # fmt: skip
    choose(district_mediator, {(Kind.COURSE, Channel.MAIL): How.DIGEST})
    for number in range(3):
        notify([district_mediator], "x", kind=Kind.COURSE, url="/", key=f"k{number}", at=MONDAY)
    assert not Message.objects.exists()
    assert send_digests(at=MONDAY + timedelta(days=1)) == 1
    assert "3" in Message.objects.get().content
