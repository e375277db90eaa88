"""Holding a meeting: quorum, codes, decisions that move cases, minutes and what follows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from disputes.models import Tier, Wall
from mediation.domain.meetings import agenda, followup, session
from mediation.domain.meetings import minutes as papers
from mediation.domain.meetings.refusals import (
    CommentsOver,
    DoneAlready,
    EvidenceMissing,
    ItemClosed,
    ItemsLeft,
    MinutesOutOfTurn,
    NotInSession,
    NotOnList,
    WrongCode,
)
from mediation.domain.meetings.suggestions import suggest
from mediation.models import ActionItem, Meeting, MeetingDecision
from notices.models import Notice
from tests.mediation.meetings.acts import THURSDAY, at, plan
from workflows.meeting_decisions import ArbitrationComesFirst, NothingToConfirm, NotInMediation

pytestmark = pytest.mark.django_db
NOW = at(THURSDAY)
Kind = MeetingDecision.Kind


@pytest.fixture
def meeting(coordinator, court_liaison, labour_liaison, register):
    """An open meeting of union, court and bureau; two of them must be there."""
    bureau = labour_liaison.postings.get().office
    found = plan(coordinator, register.court, bureau, quorum=2)
    Meeting.objects.filter(pk=found.pk).update(status="invited")
    return session.open_meeting(found, at=NOW)


@pytest.fixture
def item(meeting, district_case, coordinator):
    return agenda.add_case(meeting, district_case.case, reason="other", at=NOW, by=coordinator)


def come(meeting, *users):
    for user in users:
        session.tick(meeting.participants.get(user=user), at=NOW)


def decide(item, kind, by, **facts):
    said = {"text": "依职工意愿办理", "responsible": item.responsible, **facts}
    return session.decide(item, kind=kind, at=NOW, by=by, **said)


def test_agencies_count_and_the_convener_must_be_there(
    meeting, coordinator, court_liaison, labour_liaison
):
    come(meeting, court_liaison, labour_liaison)
    assert session.quorum_of(meeting) == {
        "present": 2, "asked": 3, "needed": 2, "convener": False, "met": False,
    }  # fmt: skip
    come(meeting, coordinator)
    assert session.quorum_of(meeting)["met"]


def test_a_code_counts_for_its_half_minute_and_the_next(meeting, court_liaison, other_mediator):
    code = session.code_of(meeting, at=NOW)
    with pytest.raises(WrongCode):
        session.sign_in(meeting, user=court_liaison, code=code, at=NOW + timedelta(minutes=2))
    with pytest.raises(NotOnList):
        session.sign_in(meeting, user=other_mediator, code=code, at=NOW)
    row = session.sign_in(meeting, user=court_liaison, code=code, at=NOW + timedelta(seconds=40))
    assert row.signed_in_how == "code"


def test_a_decision_moves_the_case_in_the_same_act(meeting, item, coordinator, court_liaison):
    come(meeting, coordinator, court_liaison)
    row = decide(item, Kind.ARBITRATION, coordinator, workdays=5)
    case = item.case
    last = case.proceedings.latest("ordinal")
    assert last.tier == Tier.ARBITRATION
    assert last.number in row.effect
    # 24 September, five working days on: 28, 29, 30 September, 8 and 9 October.
    assert row.due_on == date(2026, 10, 9)
    assert ActionItem.objects.get().due_on == date(2026, 10, 9)
    assert case.timeline.filter(verb="Joint meeting: to arbitration").exists()
    with pytest.raises(ItemClosed):
        decide(item, Kind.NOTED, coordinator)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [(Kind.COURT, ArbitrationComesFirst), (Kind.CONFIRMATION, NothingToConfirm)],
)
def test_what_the_course_does_not_allow_is_refused_whole(
    meeting, item, coordinator, court_liaison, kind, refusal
):
    come(meeting, coordinator, court_liaison)
    foreseen = {each[0]: each[1:] for each in session.foresee(item, by=coordinator)}
    assert foreseen[kind] == (False, str(refusal()))
    with pytest.raises(refusal):
        decide(item, kind, coordinator)
    item.refresh_from_db()
    assert item.state == "open"
    assert not MeetingDecision.objects.exists()


def test_a_case_at_the_commission_is_not_sent_there_again(
    meeting, arbitration_case, coordinator, court_liaison
):
    come(meeting, coordinator, court_liaison)
    row = agenda.add_case(meeting, arbitration_case.case, reason="other", at=NOW, by=coordinator)
    with pytest.raises(NotInMediation):
        decide(row, Kind.ARBITRATION, coordinator)


def test_below_the_quorum_it_is_an_opinion_and_moves_nothing(meeting, item, coordinator):
    come(meeting, coordinator)
    row = decide(item, Kind.ARBITRATION, coordinator)
    assert row.is_opinion
    assert item.case.proceedings.latest("ordinal").tier != Tier.ARBITRATION


def test_every_item_ends_somehow_before_the_meeting_does(meeting, item, coordinator):
    with pytest.raises(ItemsLeft, match="1"):
        session.close_meeting(meeting, at=NOW)
    session.leave_item(item, state="carried", at=NOW, by=coordinator)
    assert session.close_meeting(meeting, at=NOW).status == "closed"
    with pytest.raises(NotInSession):
        session.open_meeting(meeting, at=NOW)


def test_what_is_left_over_and_overdue_is_suggested_next(
    meeting, item, coordinator, court_liaison, register
):
    come(meeting, coordinator, court_liaison)
    due = NOW.date() + timedelta(days=4)
    session.add_action(
        item, text="约谈单位", office=register.court, due_on=due, at=NOW, by=coordinator
    )
    session.leave_item(item, state="carried", at=NOW, by=coordinator)
    following = plan(coordinator, register.court, day=date(2026, 10, 29))
    found = suggest(coordinator, following, today=date(2026, 10, 12))
    reasons = [each.reason for each in found]
    assert reasons[:2] == ["carried", "action"]
    agenda.carry_over(found[0].item, following, at=NOW, by=coordinator)
    found = suggest(coordinator, following, today=date(2026, 10, 12))
    assert "carried" not in [each.reason for each in found]


def test_a_wall_hides_what_is_to_be_done_about_the_case(
    client, item, coordinator, court_liaison, register
):
    row = session.add_action(
        item, text="约谈单位", office=register.court, due_on=NOW.date(), at=NOW, by=coordinator
    )
    assert list(followup.actions_for(court_liaison, on=NOW.date())) == [row]
    Wall.objects.create(case=item.case, user=court_liaison, reason="回避", at=NOW)
    assert not followup.actions_for(court_liaison, on=NOW.date()).exists()
    assert not followup.open_actions(court_liaison, on=NOW.date())
    client.force_login(court_liaison)
    assert "约谈单位" not in client.get(reverse("meeting_actions")).content.decode()
    assert client.get(reverse("meeting_action", args=[row.pk])).status_code == 404


def test_agencies_are_reminded_and_close_with_evidence(
    meeting, item, coordinator, court_liaison, other_mediator, register
):
    due = NOW.date() + timedelta(days=4)
    row = session.add_action(
        item, text="约谈单位", office=register.court, due_on=due, at=NOW, by=coordinator
    )
    assert followup.remind(at=NOW) == 0
    assert followup.remind(at=NOW + timedelta(days=1)) == 1
    assert followup.remind(at=NOW + timedelta(days=2)) == 0
    assert followup.remind(at=NOW + timedelta(days=12)) == 1
    assert Notice.objects.filter(recipient=court_liaison).count() == 2
    assert followup.open_actions(court_liaison, on=NOW.date()) == [row]
    assert not followup.actions_for(other_mediator, on=NOW.date()).exists()
    with pytest.raises(EvidenceMissing):
        followup.finish(row, evidence=" ", at=NOW, by=court_liaison)
    followup.finish(row, evidence="约谈笔录", at=NOW, by=court_liaison)
    with pytest.raises(DoneAlready):
        followup.finish(row, evidence="再次", at=NOW, by=court_liaison)


def test_nobody_is_reminded_of_a_case_behind_her_wall(
    client, time_machine, meeting, item, coordinator, court_liaison, register
):
    due = NOW.date() + timedelta(days=2)
    session.add_action(
        item, text="约谈单位", office=register.court, due_on=due, at=NOW, by=coordinator
    )
    Wall.objects.create(case=item.case, user=court_liaison, reason="回避", at=NOW)
    followup.remind(at=NOW)
    assert not Notice.objects.filter(recipient=court_liaison, url__contains="actions").exists()
    assert followup.open_actions(court_liaison, on=NOW.date()) == []
    time_machine.move_to(NOW)
    client.force_login(court_liaison)
    assert "约谈单位" not in client.get(reverse("meeting_actions")).text


def test_a_wall_closes_what_was_decided_although_the_own_agency_answers_for_it(
    client, time_machine, meeting, item, coordinator, court_liaison, register
):
    come(meeting, coordinator, court_liaison)
    decide(item, Kind.MEDIATION, coordinator, responsible=register.court, workdays=3)
    item.refresh_from_db()

    def said(user, office, **facts):
        rows = agenda.shown_items(meeting, user, on=NOW.date(), offices=[office.pk], **facts)
        return [(row.decision, row.actions) for row in rows]

    assert said(court_liaison, register.court) != [(None, ())]
    Wall.objects.create(case=item.case, user=court_liaison, reason="回避", at=NOW)
    assert said(court_liaison, register.court) == [(None, ())]
    assert said(register.court, register.court, beside=court_liaison) == [(None, ())]


@pytest.fixture
def closed(meeting, item, coordinator, court_liaison):
    come(meeting, coordinator, court_liaison)
    decide(item, Kind.MEDIATION, coordinator)
    return session.close_meeting(meeting, at=NOW)


def test_whoever_is_kept_from_an_item_neither_reads_nor_writes_of_all_items_together(
    client, time_machine, closed, item, coordinator, court_liaison, register
):
    row = papers.ask_comments(
        papers.draft_minutes(closed, summary="李某与单位", at=NOW, by=coordinator), at=NOW
    )
    papers.comment(
        row, office=register.court, said=[(None, False, "李某的")], at=NOW, by=court_liaison
    )
    Wall.objects.create(case=item.case, user=coordinator, reason="回避", at=NOW)
    time_machine.move_to(NOW)
    client.force_login(coordinator)
    address = reverse("meeting_minutes", args=[closed.pk])
    page = client.get(address)
    assert "李某" not in page.text
    assert 'name="summary"' not in page.text
    assert client.post(address, {"do": "draft", "summary": ""}).status_code == 403
    row.refresh_from_db()
    assert row.summary == "李某与单位"


def test_minutes_go_from_draft_to_comments_to_a_number(
    closed, coordinator, court_liaison, register
):
    row = papers.draft_minutes(closed, summary="会议情况", at=NOW, by=coordinator)
    with pytest.raises(MinutesOutOfTurn):
        papers.issue_minutes(row, at=NOW, by=coordinator)
    row = papers.ask_comments(row, at=NOW)
    objection = {"office": register.court, "said": [(None, False, "措辞")]}
    papers.comment(row, **objection, at=NOW, by=court_liaison)
    with pytest.raises(MinutesOutOfTurn, match="48"):
        papers.issue_minutes(row, at=NOW + timedelta(hours=47), by=coordinator)
    with pytest.raises(CommentsOver):
        papers.comment(row, **objection, at=NOW + timedelta(hours=49), by=court_liaison)
    row = papers.issue_minutes(row, at=NOW + timedelta(hours=49), by=coordinator)
    assert row.paper.number.startswith("锦工")
    assert "纪要" in row.paper.number
    later = papers.correct(
        row, why="笔误", summary="改", at=NOW + timedelta(days=5), by=coordinator
    )
    issued = papers.issue_minutes(later, at=NOW + timedelta(days=5), by=coordinator)
    assert (issued.edition, issued.paper == row.paper) == (2, False)


def test_minutes_are_for_a_meeting_that_is_closed(meeting, coordinator):
    with pytest.raises(MinutesOutOfTurn):
        papers.draft_minutes(meeting, summary="", at=NOW, by=coordinator)
