"""What should come before the meeting, and why: by number and reason, no more."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from disputes.models import Cause, Deadline, Proceeding, Tier
from disputes.permissions import convenable_cases, hidden_cases
from law.calendar import DayType, load_calendar
from mediation.models import ActionItem, AgendaItem

Reason = AgendaItem.Reason
MOST = 8
MANY = 30
# How long before a statutory holiday unpaid wages are urgent, in calendar days.
FESTIVAL = 45


@dataclass(frozen=True)
class Suggestion:
    """Something for the agenda: a *case*, an *item* left over or an overdue *action*."""

    reason: str
    title: str
    why: str
    case: object = None
    item: object = None
    action: object = None


def suggest(user, meeting, *, today):
    """Return the ``Suggestion`` list for *meeting* that *user* convenes, the most urgent first."""
    hidden = hidden_cases(user, on=today)
    found = _carried(meeting, hidden) + _actions(meeting, hidden, today)
    there = set(
        meeting.items.exclude(state=AgendaItem.State.WITHDRAWN).values_list("case", flat=True)
    )
    cases = (
        convenable_cases(user, on=today)
        .filter(ended_at__isnull=True)
        .exclude(pk__in=[key for key in there if key])
    )
    seen = set()
    for reason, rows, why in _questions(cases, today):
        for case in rows.prefetch_related("proceedings__office")[:MOST]:
            if case.pk not in seen:
                seen.add(case.pk)
                found.append(_of_case(reason, case, why))
    return found


def festival_near(today):
    """Return the next statutory holiday within ``FESTIVAL`` days of *today*, or None."""
    calendar = load_calendar()
    days = (today + timedelta(days=n) for n in range(1, FESTIVAL + 1))
    return next((day for day in days if calendar.day_type(day) == DayType.STATUTORY), None)


def _questions(cases, today):
    late = (
        Deadline.objects.running()
        .kept_by_offices()
        .filter(case=OuterRef("pk"), armed=True, state=Deadline.State.RUNNING, due_legal__lt=today)
    )
    third = Proceeding.objects.filter(
        case=OuterRef("pk"), tier=Tier.ARBITRATION, closed_at__isnull=True, ordinal__gt=1
    )
    cases = cases.order_by("pk")
    yield Reason.OVERDUE, cases.filter(Exists(late)), _("a deadline is over")
    yield Reason.MANY, cases.filter(worker_count__gte=MANY), _("30 people or more")
    if festival_near(today):
        wages = cases.filter(cause=Cause.WAGES)
        yield Reason.WAGES, wages, _("wages, and a festival is near")
    yield Reason.ESCALATED, cases.filter(Exists(third)), _("went on to arbitration")


def _of_case(reason, case, why):
    last = max(case.proceedings.all(), key=lambda row: row.ordinal)
    return Suggestion(reason, f"{last.number} · {last.office.short_name}", why, case=case)


def _carried(meeting, hidden):
    rows = (
        AgendaItem.objects.exclude(case__in=hidden)
        .filter(
            meeting__office=meeting.office,
            meeting__starts_at__lt=meeting.starts_at,
            state=AgendaItem.State.CARRIED,
            carried_to__isnull=True,
        )
        .order_by("pk")
    )
    return [
        Suggestion(Reason.CARRIED, row.title, _("carried over from the last meeting"), item=row)
        for row in rows[:MOST]
    ]


def _actions(meeting, hidden, today):
    rows = (
        ActionItem.objects.exclude(item__case__in=hidden)
        .filter(meeting__office=meeting.office, done_on__isnull=True, due_on__lt=today)
        .exclude(item__actions__meeting=meeting)
    )
    on_agenda = set(meeting.items.filter(reason=Reason.ACTION).values_list("request", flat=True))
    return [
        Suggestion(
            Reason.ACTION,
            f"{row.office.short_name} · {row.text}",
            _("an action item is overdue"),
            action=row,
        )
        for row in rows.select_related("office")[:MOST]
        if row.text not in on_agenda
    ]
