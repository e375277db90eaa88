"""Meetings that come back: a rule makes rows, and a change reaches one, the rest or all."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.domain.meetings import people as lists
from mediation.domain.meetings import planning
from mediation.domain.meetings.recurrence import Slot, latest_end, slots_of
from mediation.domain.meetings.refusals import (
    EditedMeanwhile,
    MeetingHours,
    MeetingInThePast,
    NoDates,
    NoPlace,
    TooLong,
)
from mediation.models import Meeting, MeetingSeries
from offices import occasions
from offices.domain import bookings

Question = Meeting.Question
QUESTIONS = {"ask": Question.HOLIDAY, "unknown": Question.NO_NOTICE}
# What every meeting of a series has from it.
SHARED = ("name", "kind", "room", "place", "video_url", "quorum")
RULE = (
    "frequency", "interval", "weekdays", "month_day", "nth",
    "starts_on", "until", "begins", "ends", "holidays",
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One line of the preview: the date, and what stands in its way ("" nothing)."""

    slot: Slot
    conflict: str = ""


def preview(rule, *, room=None, people=(), by=None, limit=None, exclude=()):
    """Return the ``Planned`` list of an unsaved series *rule*, the first *limit* dates.

    *exclude* are keys of meetings that will move away themselves.
    """
    accounts = tuple(each.user for each in people if each.user)
    found = []
    for slot in slots_of(rule, limit=limit):
        conflict = ""
        if slot.on:
            wish = bookings.Wish(
                bookings.Kind.MEETING, None, *_hours(rule, slot.on), room=room, people=accounts
            )
            conflict = _conflict(wish, by, exclude)
        found.append(Planned(slot, conflict))
    return found


@dataclass(frozen=True)
class Change:
    """What became of a series: the *series* now, the one *before* it if it was split, the meetings
    *added*, and those *dropped* of which people knew, as they stood in the series.
    """

    series: MeetingSeries
    before: MeetingSeries | None = None
    dropped: tuple = ()
    added: tuple = ()


@transaction.atomic
def plan_series(office, *, rule, people, at, by, **shared):
    """Make a series of *office* by *rule*, columns of ``MeetingSeries``, and its dates as rows.

    A date on which the room or somebody needed is taken is planned without it, and says so: it
    is settled before anybody is invited. *shared* are the columns of SHARED. Returns the series.
    """
    series = MeetingSeries(office=office, name=shared["name"], uid=planning.new_uid(), **rule)
    check_rule(series, shared, at=at)
    series.save()
    lists.invite_members(series, people)
    for slot in _slots(series):
        _add(series, slot, shared, people, at=at, by=by)
    return series


@transaction.atomic
def change_series(meeting, *, whole, version, rule, at, by, **shared):
    """Change the series of *meeting* from it on, or *whole*: every date that lies ahead.

    From one date on, the old series ends before it and a new one begins, since calendars of
    other makers do not understand anything else. The rows stay, with their agendas and their
    people; dates that the new rule does not have are cancelled. Returns the ``Change``.
    """
    meeting = planning.lock(meeting)
    if meeting.version != version:
        raise EditedMeanwhile
    old = MeetingSeries.objects.select_for_update().get(pk=meeting.series_id)
    ahead = old.meetings.filter(starts_at__gt=at, status__in=["draft", "invited"])
    if not whole:
        ahead = ahead.filter(original_start__gte=meeting.original_start)
    rows = list(ahead.order_by("original_start"))
    first = timezone.localdate(rows[0].original_start)
    begin = min(rule["starts_on"], first) if whole else max(rule["starts_on"], first)
    rule = rule | {"starts_on": max(begin, timezone.localdate(at))}
    series = _changed(old, rule, shared, first, split=not whole and _has_before(old, rows[0]))
    check_rule(series, shared, at=at)
    series.save()
    if series.pk != old.pk:
        _hand_members(old, series)
    dropped, added = _pair(series, rows, shared, at=at, by=by)
    return Change(series, old if series.pk != old.pk else None, dropped, added)


@transaction.atomic
def cancel_rest(meeting, *, reason, at, by):
    """Cancel *meeting* and all of its series after it; return the meetings."""
    rows = meeting.series.meetings.filter(
        original_start__gte=meeting.original_start, status__in=["draft", "invited"]
    )
    return [planning.cancel(row, reason=reason, at=at, by=by) for row in rows]


def check_rule(series, shared, *, at):
    """Raise the refusal that speaks against such a *series*, if any."""
    if series.ends <= series.begins:
        raise MeetingHours(field="ends")
    if shared["room"] is None and not shared["place"] and not shared["video_url"]:
        raise NoPlace
    if series.starts_on < timezone.localdate(at):
        raise MeetingInThePast(field="starts_on")
    if series.until > latest_end(series.starts_on):
        raise TooLong
    if not any(slot.on for slot in slots_of(series)):
        raise NoDates


def reach(meeting, *, at):
    """Return {"this", "following", "all": how many meetings a change reaches}."""
    if meeting.series_id is None:
        return {"this": 1}
    rows = meeting.series.meetings.filter(starts_at__gt=at, status__in=["draft", "invited"])
    after = rows.filter(original_start__gte=meeting.original_start)
    return {"this": 1, "following": after.count(), "all": rows.count()}


def _slots(series):
    return [slot for slot in slots_of(series) if slot.on]


def _hours(series, day):
    return tuple(
        timezone.make_aware(datetime.combine(day, hour)) for hour in (series.begins, series.ends)
    )


def _conflict(wish, by, exclude=()):
    clash = bookings.clashes(wish).exclude(kind=wish.kind, occasion__in=exclude).first()
    if clash is None:
        return ""
    seen = occasions.describe(by, [clash]).get((clash.kind, clash.occasion))
    refusal = bookings.RoomTaken if clash.room_id else bookings.PersonTaken
    return str(refusal(clash, seen=seen))


def _add(series, slot, shared, people, *, at, by):
    begins, ends = _hours(series, slot.on)
    if begins <= at:
        return None
    meeting = Meeting.objects.create(
        series=series,
        office=series.office,
        original_start=_hours(series, slot.nominal)[0],
        starts_at=begins,
        ends_at=ends,
        uid=series.uid,
        sequence=series.sequence,
        question=QUESTIONS.get(slot.state, ""),
        at=at,
        by=by,
        **shared,
    )
    lists.list_people(meeting, people)
    _book_or_ask(meeting, by)
    return meeting


def _book_or_ask(meeting, by):
    """Book what *meeting* needs; what is taken is left out and becomes its question."""
    wish = planning.wish_of(meeting)
    while clash := bookings.clashes(wish).first():
        if clash.room_id:
            wish, meeting.room, meeting.question = replace(wish, room=None), None, Question.ROOM
        else:
            free = tuple(person for person in wish.people if person.pk != clash.person_id)
            wish, meeting.question = replace(wish, people=free), Question.PEOPLE
    if meeting.question and meeting.status == Meeting.Status.INVITED:
        meeting.status = Meeting.Status.DRAFT
    meeting.save()
    bookings.book(wish, by=by)


def _changed(old, rule, shared, first, *, split):
    if split:
        end = old.meetings.filter(original_start__lt=_hours(old, first)[0]).latest("original_start")
        old.until = timezone.localdate(end.original_start)
        old.sequence += 1
        old.save()
        return MeetingSeries(
            office=old.office, name=shared["name"], uid=planning.new_uid(), split_from=old, **rule
        )
    for name, value in rule.items():
        setattr(old, name, value)
    old.name = shared["name"]
    old.sequence += 1
    return old


def _has_before(old, row):
    return old.meetings.filter(original_start__lt=row.original_start).exists()


def _hand_members(old, series):
    for member in old.members.all():
        member.pk, member.series = None, series
        member.save()


def _pair(series, rows, shared, *, at, by):
    """Let *rows* take the new dates in order; add what is missing, cancel what is left over.

    Returns (those left over of which people knew, with the slot that they had; those added).
    """
    slots = [slot for slot in _slots(series) if _hours(series, slot.on)[0] > at]
    for row in rows:
        bookings.release(bookings.Kind.MEETING, row.pk)
    dropped = []
    for row in rows[len(slots) :]:
        gone = planning.cancel(row, reason=_("The series no longer has this date."), at=at, by=by)
        if gone.closed_at is None:
            dropped.append(gone)
        # The slot may be that of another date now.
        Meeting.objects.filter(pk=row.pk).update(series=None, original_start=None)
    for row, slot in zip(rows, slots, strict=False):
        _move(row, series, slot, shared, by=by)
    people = _delegates(series)
    added = [_add(series, slot, shared, people, at=at, by=by) for slot in slots[len(rows) :]]
    return tuple(dropped), tuple(added)


def _move(row, series, slot, shared, *, by):
    starts_at, ends_at = _hours(series, slot.on)
    row.series, row.original_start = series, _hours(series, slot.nominal)[0]
    row.starts_at, row.ends_at, row.uid = starts_at, ends_at, series.uid
    row.question = QUESTIONS.get(slot.state, "")
    row.sequence = max(series.sequence, row.sequence + 1)
    row.version += 1
    for name, value in shared.items():
        setattr(row, name, value)
    _book_or_ask(row, by)


def _delegates(series):
    return [
        lists.Delegate(row.office, row.user, row.name, row.mail, row.role)
        for row in series.members.select_related("office", "user")
    ]
