"""Planning a meeting: when, where, and who is needed there."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mediation.domain.meetings import people as lists
from mediation.domain.meetings.refusals import (
    EditedMeanwhile,
    MeetingHours,
    MeetingInThePast,
    NoPlace,
    NotAhead,
    ReasonNeeded,
)
from mediation.domain.meetings.warnings import warnings_of
from mediation.models import Meeting
from offices.domain import bookings

# What ``check`` asks about, and what a change of makes everybody's calendar entry wrong.
CHECKED = ("starts_at", "ends_at", "room", "place", "video_url", "override_reason")
TOLD = ("starts_at", "ends_at", "room", "place", "video_url", "name")


@transaction.atomic
def plan(office, *, people, at, by, **facts):
    """Plan a single meeting of *office* as a draft: nobody is told.

    *facts* are columns of ``Meeting``, *people* the ``Delegate`` list. Room and people of the
    house are booked at once. Raises the refusals of ``check`` and ``bookings.Taken``.
    """
    check(**facts, people=people, at=at)
    meeting = Meeting.objects.create(office=office, uid=new_uid(), at=at, by=by, **facts)
    lists.list_people(meeting, people)
    bookings.book(wish_of(meeting), by=by)
    return meeting


@transaction.atomic
def change(meeting, *, version, at, by, **facts):
    """Change *meeting* alone; *version* is the one that the editor saw.

    Its slot in a series stays what it was: calendars move this one date. Returns the names of
    what changed among the things that people were told. Raises ``NotAhead``,
    ``EditedMeanwhile``, the refusals of ``check`` and ``bookings.Taken``.
    """
    meeting = lock(meeting)
    if meeting.version != version:
        raise EditedMeanwhile
    everything = {name: getattr(meeting, name) for name in CHECKED} | facts
    check(
        **{name: everything[name] for name in CHECKED},
        people=[row for row in meeting.participants.all() if row.is_needed],
        exclude=meeting.pk,
        at=at,
    )
    changed = [name for name, value in facts.items() if getattr(meeting, name) != value]
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.question = ""
    save_told(meeting, changed)
    bookings.book(wish_of(meeting), by=by)
    return [name for name in changed if name in TOLD]


@transaction.atomic
def cancel(meeting, *, reason, at, by):
    """Cancel *meeting* with a *reason*; its room and its people are free again."""
    meeting = lock(meeting)
    was_draft = meeting.status == Meeting.Status.DRAFT
    meeting.status, meeting.cancel_reason = Meeting.Status.CANCELLED, reason
    meeting.closed_at = at if was_draft else None
    meeting.sequence += 0 if was_draft else 1
    meeting.version += 1
    meeting.save()
    bookings.release(bookings.Kind.MEETING, meeting.pk)
    return meeting


def check(*, starts_at, ends_at, room, place, video_url, at, people=(), exclude=None, **others):
    """Raise the refusal that speaks against such a meeting, if any.

    Warnings are overridden with ``override_reason``.
    """
    if starts_at <= at:
        raise MeetingInThePast
    if ends_at <= starts_at or timezone.localdate(starts_at) != timezone.localdate(ends_at):
        raise MeetingHours
    if room is None and not place and not video_url:
        raise NoPlace
    accounts = [each.user for each in people if each.user]
    told = warnings_of(
        starts_at=starts_at, ends_at=ends_at, room=room, people=accounts, exclude=exclude
    )
    if any(each.needs_reason for each in told) and not others.get("override_reason"):
        raise ReasonNeeded


def lock(meeting):
    """Return *meeting* as it is now, held against others; raises ``NotAhead``."""
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not row.is_ahead:
        raise NotAhead
    return row


def save_told(meeting, changed):
    """Save *meeting*; a new edition of the calendar entry when people were told what *changed*."""
    if meeting.status == Meeting.Status.INVITED and set(changed) & set(TOLD):
        meeting.sequence += 1
    meeting.version += 1
    meeting.save()


def wish_of(meeting):
    """Return what *meeting* takes: its room, and those of the house who are needed."""
    needed = meeting.participants.filter(user__isnull=False).select_related("user")
    return bookings.Wish(
        bookings.Kind.MEETING,
        meeting.pk,
        meeting.starts_at,
        meeting.ends_at,
        room=meeting.room,
        people=tuple(row.user for row in needed if row.is_needed),
    )


def new_uid():
    """Return a name for a meeting that no other calendar entry in the world has."""
    return f"{uuid.uuid4()}@{settings.MEETING_DOMAIN}"
