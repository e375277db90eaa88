"""When a hearing may be: the law's days before it, and who and what is free."""

from datetime import datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from arbitration.domain import commissioned
from arbitration.domain.defence import term_of
from arbitration.domain.guards import check_day, is_imported, one_of, refuse_suspended
from arbitration.domain.refusals import (
    CommissionedNow,
    DefenceStillOpen,
    HearingHours,
    HearingPast,
    HearingStands,
    NoPanel,
    NoRoom,
    NoticeTooLate,
)
from arbitration.models import Hearing
from disputes.models import Deadline
from law.calendar import load_calendar
from law.rules import rule_on
from offices.domain import bookings

ONE_DAY = timedelta(days=1)
BEGIN, END = time(9), time(12)


def latest_notice(day):
    """Return the last date on which the parties may be told of a hearing on the date *day*.

    劳动争议调解仲裁法 article 35, 劳动人事争议仲裁办案规则 articles 38, 80: 5 working days before,
    the day of the hearing not counted.
    """
    return load_calendar().workday_before(day, rule_on("ARB_HEARING_NOTICE", day).amount)


def earliest_hearing(notified_on):
    """Return the first working date on which parties told on *notified_on* may be heard."""
    calendar = load_calendar()
    day = calendar.next_workday(notified_on + ONE_DAY)
    while latest_notice(day) < notified_on:
        day = calendar.next_workday(day + ONE_DAY)
    return day


def propose_hours(proceeding, *, today):
    """Return the first lawful morning for a hearing whose notice goes out on *today*: a pair of
    aware moments.
    """
    day = earliest_hearing(today)
    until = open_term(proceeding)
    if until and day <= until:
        day = load_calendar().next_workday(until + ONE_DAY)
    return timezone.make_aware(datetime.combine(day, BEGIN)), timezone.make_aware(
        datetime.combine(day, END)
    )


def open_term(proceeding):
    """Return the last date on which a respondent may still answer; None when he answered,
    waived the term, or none is known.

    Changed claims and added respondents give a new term.
    """
    running = Deadline.objects.running().filter(proceeding=proceeding, rule__rule_id="ARB_DEFENSE")
    until = running.aggregate(last=Max("due_legal"))["last"]
    if until:
        return until
    defence = one_of(proceeding, "defence")
    if defence and (defence.received or defence.waived):
        return None
    return term_of(proceeding)


def hearing_ahead(proceeding):
    """Return the hearing that is set and not recorded yet, or None."""
    return proceeding.hearings.filter(record__isnull=True, cancelled=False).first()


def check_hearing(
    proceeding, *, starts_at, ends_at, mode, notified_on, room, new_room, waive_notice, at, by=None
):
    """Raise a ``Refusal`` when a hearing cannot be set like this."""
    refuse_suspended(proceeding)
    _check_turn(proceeding)
    _check_hours(starts_at, ends_at, at=at)
    check_day(notified_on, field="notified_on", today=timezone.localdate(at))
    day = timezone.localdate(starts_at)
    mediated_until = commissioned.open_until(proceeding)
    if mediated_until and day <= mediated_until:
        raise CommissionedNow(field="starts_at", day=mediated_until)
    if not waive_notice:
        _check_terms(proceeding, day, notified_on)
    named_anew = bool(new_room.strip())
    if mode == Hearing.Mode.ROOM and room is None and not named_anew:
        raise NoRoom(field="room")
    wish = bookings.Wish(
        bookings.Kind.HEARING,
        None,
        starts_at,
        ends_at,
        room=room if mode == Hearing.Mode.ROOM and not named_anew else None,
        people=tuple(_arbitrators(proceeding)),
    )
    bookings.check_free(wish, by=by)


def wish_of(hearing):
    """Return what *hearing* takes: its room and those who decide in it."""
    return bookings.Wish(
        bookings.Kind.HEARING,
        hearing.pk,
        hearing.starts_at,
        hearing.ends_at,
        room=hearing.room,
        people=tuple(sitting(hearing)),
    )


def _check_turn(proceeding):
    if one_of(proceeding, "arbitral_panel") is None and not is_imported(proceeding):
        raise NoPanel
    standing = hearing_ahead(proceeding)
    if standing:
        raise HearingStands(day=timezone.localdate(standing.starts_at))


def _check_hours(starts_at, ends_at, *, at):
    if starts_at <= at:
        raise HearingPast(field="starts_at")
    same_day = timezone.localdate(starts_at) == timezone.localdate(ends_at)
    if ends_at <= starts_at or not same_day:
        raise HearingHours(field="ends_at")


def _check_terms(proceeding, day, notified_on):
    until = open_term(proceeding)
    if until and day <= until:
        raise DefenceStillOpen(field="starts_at", day=until)
    latest = latest_notice(day)
    if notified_on > latest:
        raise NoticeTooLate(
            field="starts_at",
            hearing=day,
            latest=latest,
            told=notified_on,
            earliest=earliest_hearing(notified_on),
        )


def sitting(hearing):
    """Return the people who decide in *hearing*."""
    return _arbitrators(hearing.proceeding) or ([hearing.presiding] if hearing.presiding else [])


def _arbitrators(proceeding):
    panel = one_of(proceeding, "arbitral_panel")
    return panel.arbitrators if panel else []
