"""A joint meeting of the demo that was held lately, and one on a single topic that is near."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from disputes.models import Case
from law.calendar import load_calendar
from mediation.domain.meetings import agenda, invitations, minutes, people, planning, session
from mediation.domain.meetings.suggestions import suggest
from mediation.models import AgendaItem, Meeting, MeetingDecision, Participant
from offices.refusals import Refusal
from workflows.demo import stories
from workflows.demo.days import moment
from workflows.demo.words import words

# Working days before and after today.
AGO, AHEAD = 8, 3
TWO = time(14)
HOURS = timedelta(hours=1, minutes=30)


@transaction.atomic
def hold_meeting(office, coordinator, rooms, asked, *, at):
    """Let *office* have held a meeting with the offices *asked*, minutes and all.

    *at* is the aware moment of the demo. Returns the meeting.
    """
    calendar, today = load_calendar(), timezone.localdate(at)
    begins = moment(calendar.workday_before(today, AGO), TWO)
    planned = begins - timedelta(days=14)
    meeting = _plan(office, coordinator, rooms[0], asked, begins, at=planned, which=0, quorum=3)
    _put_items(meeting, coordinator, asked, at=planned)
    invitations.invite(meeting, at=planned, by=coordinator)
    _answer(meeting, at=planned + timedelta(days=2))
    _put_site(meeting, coordinator, asked, at=begins - timedelta(hours=6))
    meeting = session.open_meeting(meeting, at=begins)
    for row in meeting.participants.filter(answer=Participant.Answer.ACCEPTED):
        session.tick(row, at=begins)
    for item in meeting.items.order_by("ordinal"):
        _decide(item, asked, at=begins + timedelta(minutes=20), by=coordinator)
    meeting = session.close_meeting(meeting, at=begins + HOURS)
    _write(meeting, at=begins + timedelta(hours=3), by=coordinator)
    return meeting


@transaction.atomic
def plan_topical(office, coordinator, rooms, asked, *, at):
    """Invite to a meeting on one topic in a few days; one agency has answered."""
    day = load_calendar().workday_after(timezone.localdate(at), AHEAD)
    begins = moment(day, TWO)
    meeting = _plan(office, coordinator, rooms[-1], asked[:2], begins, at=at, which=1, quorum=0)
    agenda.add_item(
        meeting, title=words()["meeting_topics"][0], responsible=asked[-1], minutes=40,
        at=at, by=coordinator,
    )  # fmt: skip
    invitations.invite(meeting, at=at, by=coordinator)
    return meeting


def _plan(office, coordinator, room, asked, begins, *, at, which, quorum):
    delegates = people.delegates_of(asked, convener=office, by=coordinator, on=at.date())
    return planning.plan(
        office, people=delegates, at=at, by=coordinator, name=words()["held_names"][which],
        kind=Meeting.Kind.TOPICAL if which else Meeting.Kind.JOINT, starts_at=begins,
        ends_at=begins + HOURS, room=room, place="", video_url="", quorum=quorum,
    )  # fmt: skip


def _put_items(meeting, coordinator, asked, *, at):
    found = suggest(coordinator, meeting, today=timezone.localdate(at))
    for each in [row for row in found if row.case][:2]:
        case = Case.objects.get(pk=each.case)
        item = agenda.add_case(meeting, case, reason=each.reason, at=at, by=coordinator)
        agenda.share(item, [(asked[0], True, False)], at=at, by=coordinator)
    agenda.add_item(
        meeting, title=words()["meeting_topics"][1], responsible=asked[1], minutes=15,
        at=at, by=coordinator,
    )  # fmt: skip


def _put_site(meeting, coordinator, asked, *, at):
    """Put the building site on the agenda that reached the federation lately: many workers."""
    site = stories.building_site()
    if site is None or site.filed_at >= at:
        return
    if not meeting.items.filter(case=site).exists():
        item = agenda.add_case(meeting, site, reason=AgendaItem.Reason.MANY, at=at, by=coordinator)
        agenda.share(item, [(asked[0], True, False)], at=at, by=coordinator)


def _answer(meeting, *, at):
    rows = list(meeting.participants.filter(removed_at__isnull=True).order_by("pk"))
    for row in rows[:-1]:
        invitations.answer(row, answer=Participant.Answer.ACCEPTED, via=Participant.Via.PAGE, at=at)


def _decide(item, asked, *, at, by):
    goes_on = item.case_id and item.case.ended_at is None
    kind = MeetingDecision.Kind.MEDIATION if goes_on else MeetingDecision.Kind.NOTED
    facts = {
        "text": words()["meeting_decisions"][0 if item.case_id else 1],
        "responsible": asked[1],
        "workdays": 5 if item.case_id else 20,
        "discussion": words()["meeting_discussions"][0],
    }
    try:
        session.decide(item, kind=kind, **facts, at=at, by=by)
    except Refusal:
        session.leave_item(item, state=AgendaItem.State.CARRIED, at=at, by=by)


def _write(meeting, *, at, by):
    row = minutes.draft_minutes(meeting, summary=words()["meeting_summary"], at=at, by=by)
    row = minutes.ask_comments(row, at=at)
    minutes.issue_minutes(row, at=at + minutes.COMMENTED + timedelta(hours=1), by=by)
