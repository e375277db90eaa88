"""Counting open deadlines again after a holiday notice.

Batch by batch, each one transaction that moves the run on together with its rows: whatever is
killed in between, nothing is half done, and the next worker goes on from there.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain import moves as forecasts
from disputes.domain.concerned import people_concerned
from disputes.faults import say_fault
from disputes.models import Deadline, DeadlineChange, RecomputeRun
from law import edition
from law.calendar import load_calendar
from law.holidays import enter_notice
from law.models import HolidayNotice
from notices.domain.inbox import notify, notify_each
from notices.models import Notice

BATCH = 2000
SECOND_LOOK = timedelta(days=2)
State = RecomputeRun.State
AT_WORK = (State.WAITING, State.RUNNING)
_WRITE = """
    UPDATE disputes_deadline AS deadline
    SET due_nominal = new.nominal,
        due_legal = new.legal,
        alarm_on = new.alarm,
        provisional = new.provisional,
        alarmed_at = CASE WHEN new.moved THEN NULL ELSE deadline.alarmed_at END,
        overdue_alarmed_at = CASE WHEN new.moved THEN NULL ELSE deadline.overdue_alarmed_at END
    FROM unnest(
        %s::bigint[], %s::date[], %s::date[], %s::date[], %s::boolean[], %s::boolean[]
    ) AS new (id, nominal, legal, alarm, provisional, moved)
    WHERE deadline.id = new.id
"""


@transaction.atomic
def confirm_notice(notice, *, at, by=None):
    """Store the holiday *notice* and return the ``RecomputeRun`` that counts deadlines again."""
    enter_notice(notice, at=at)
    return request_run(notice.year, notice.number, at=at, by=by)


def request_run(year, number, *, at, by=None):
    """Return a new ``RecomputeRun`` over what the notice *number* of *year* may move."""
    return RecomputeRun.objects.create(
        year=year,
        number=number,
        requested_at=at,
        requested_by=by,
        expected=forecasts.touching(year).count(),
    )


def request_second_looks(*, at):
    """Return a new run for each notice that was entered within two days before the moment *at*.

    Somebody's work that began before a notice came may have ended behind the first run, and still
    have counted by the old calendar.
    """
    recent = HolidayNotice.objects.filter(entered_at__range=(at - SECOND_LOOK, at))
    return [request_run(row.year, row.number, at=at) for row in recent]


def begin_run(pk):
    """Let the run *pk* go on that waits, was interrupted or has failed."""
    RecomputeRun.objects.filter(pk=pk).exclude(state=State.DONE).update(
        state=State.RUNNING, problem=""
    )


@transaction.atomic
def count_batch(pk, *, at, size=BATCH):
    """Count the next *size* deadlines of the run *pk*; return whether to ask again.

    Another worker that is at the same run at this moment is left alone.
    """
    runs = RecomputeRun.objects.select_for_update(skip_locked=True)
    run = runs.filter(pk=pk, state__in=AT_WORK).first()
    if run is None:
        return False
    deadlines = _take(run, size)
    if deadlines is None:
        run.state, run.finished_at = State.DONE, at
    else:
        _count(run, deadlines, at=at)
    run.save()
    return deadlines is not None


def note_failure(pk, error, *, at):
    """Write down why the run *pk* stopped, and tell who asked for it."""
    run = RecomputeRun.objects.select_related("requested_by").get(pk=pk)
    run.state, run.problem = State.FAILED, say_fault(error)
    run.save(update_fields=["state", "problem"])
    notify(
        [run.requested_by] if run.requested_by else [],
        N_("Counting deadlines again after the notice %(notice)s has stopped"),
        kind=Notice.Kind.FAULT,
        url=reverse("recount", args=[run.pk]),
        key=f"recount-{run.pk}-failed-{run.last_pk}",
        at=at,
        notice=run.number,
    )


def _take(run, size):
    """Return the next deadlines of *run*, locked, and move it on; None when none are left.

    Rows that somebody else holds are passed over and come last, one by one: waiting for many
    rows at once could meet somebody who waits for ours.
    """
    rows = forecasts.touching(run.year)
    ahead = rows.filter(pk__gt=run.last_pk).order_by("pk")
    pks = list(ahead.values_list("pk", flat=True)[:size])
    if pks:
        free = list(rows.filter(pk__in=pks).order_by("pk").select_for_update(skip_locked=True))
        run.last_pk = pks[-1]
        run.held = [*run.held, *sorted(set(pks) - {deadline.pk for deadline in free})]
        return free
    if run.held:
        first, *run.held = run.held
        return list(rows.filter(pk=first).select_for_update())
    return None


def _count(run, deadlines, *, at):
    # The calendar is asked for behind the locks: nobody counts these rows by an older one.
    edition.recheck()
    moves = forecasts.find_moves(deadlines, load_calendar(), forecasts.all_rules())
    moved = [move.deadline for move in moves if move.moved]
    run.state = State.RUNNING
    run.seen += len(deadlines)
    run.moved += len(moved)
    run.firmed += sum(move.firmed for move in moves)
    if moves:
        _keep_changes(run, moves, at=at)
        _write_dates(moves)
        _tell(run, moved, at=at)
        signals.deadlines_moved.send(Deadline, deadlines=[move.deadline for move in moves])


def _keep_changes(run, moves, *, at):
    DeadlineChange.objects.bulk_create(
        DeadlineChange(
            deadline_id=move.deadline.pk,
            run_id=run.pk,
            at=at,
            old_nominal=move.deadline.due_nominal,
            old_legal=move.deadline.due_legal,
            old_alarm=move.deadline.alarm_on,
            old_provisional=move.deadline.provisional,
            new_nominal=move.dates["due_nominal"],
            new_legal=move.dates["due_legal"],
            new_alarm=move.dates["alarm_on"],
            new_provisional=move.dates["provisional"],
        )
        for move in moves
    )


def _write_dates(moves):
    rows = [
        (
            move.deadline.pk,
            move.dates["due_nominal"],
            move.dates["due_legal"],
            move.dates["alarm_on"],
            move.dates["provisional"],
            move.moved,
        )
        for move in moves
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
    for move in moves:
        for name, value in move.dates.items():
            setattr(move.deadline, name, value)


def _tell(run, deadlines, *, at):
    notify_each(
        (
            {
                "recipient_id": person,
                "url": reverse("deadline", args=[deadline.pk]),
                "key": f"recount-{run.pk}-{deadline.pk}",
                "facts": {"number": number, "due": deadline.due_legal, "notice": run.number},
            }
            for deadline, number, people in people_concerned(deadlines, at=at)
            for person in people
        ),
        N_("%(number)s: a deadline is now %(due)s, after the holiday notice %(notice)s"),
        kind=Notice.Kind.MOVED,
        at=at,
    )
