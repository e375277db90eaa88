"""What should come before the meeting, and why: by number and reason, no more."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery, Value
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
    """Something for the agenda: the key of a *case*, an *item* left over or an overdue *action*."""

    reason: str
    title: str
    why: str
    case: int | None = None
    item: object = None
    action: object = None


def suggest(user, meeting, *, today):
    """Return the ``Suggestion`` list for *meeting* that *user* convenes, the most urgent first."""
    hidden = hidden_cases(user, on=today)
    items = meeting.items.exclude(state=AgendaItem.State.WITHDRAWN)
    cases = convenable_cases(user, on=today).filter(ended_at__isnull=True)
    cases = cases.exclude(Exists(items.filter(case=OuterRef("pk"))))
    found = _carried(meeting, hidden) + _actions(meeting, hidden, today)
    reasons, seen = dict(_questions(cases, today)), set()
    for key, reason, number, office in _first_of_each(reasons):
        if key not in seen:
            seen.add(key)
            found.append(_of_case(key, reason, number, office))
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
    yield Reason.OVERDUE, cases.filter(Exists(late))
    yield Reason.MANY, cases.filter(worker_count__gte=MANY)
    if festival_near(today):
        yield Reason.WAGES, cases.filter(cause=Cause.WAGES)
    yield Reason.ESCALATED, cases.filter(Exists(third))


def _first_of_each(reasons):
    """Return (key, reason, number, office) of the first cases for each reason, in one query."""
    last = Proceeding.objects.filter(case=OuterRef("pk")).order_by("-ordinal")
    parts = [
        rows.annotate(
            order=Value(order),
            why=Value(str(reason)),
            number=Subquery(last.values("number")[:1]),
            where=Subquery(last.values("office__short_name")[:1]),
        )
        .order_by("pk")
        .values_list("order", "pk", "why", "number", "where")[:MOST]
        for order, (reason, rows) in enumerate(reasons.items())
    ]
    found = parts[0].union(*parts[1:], all=True)
    return [row[1:] for row in sorted(found)]


def _of_case(key, reason, number, office):
    said = {
        Reason.OVERDUE: _("a deadline is over"),
        Reason.MANY: _("30 people or more"),
        Reason.WAGES: _("wages, and a festival is near"),
        Reason.ESCALATED: _("went on to arbitration"),
    }
    return Suggestion(reason, f"{number} · {office}", said[reason], case=key)


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
    there = meeting.items.filter(reason=Reason.ACTION, request=OuterRef("text"))
    rows = (
        ActionItem.objects.exclude(item__case__in=hidden)
        .filter(meeting__office=meeting.office, done_on__isnull=True, due_on__lt=today)
        .exclude(item__actions__meeting=meeting)
        .exclude(Exists(there))
    )
    return [
        Suggestion(
            Reason.ACTION,
            f"{row.office.short_name} · {row.text}",
            _("an action item is overdue"),
            action=row,
        )
        for row in rows.select_related("office")[:MOST]
    ]
