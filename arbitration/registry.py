"""The commission's cases as its registry lists them: by deadline, or newest first."""

from datetime import date, datetime, timedelta

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from arbitration.models import Panel
from arbitration.permissions import commissions_of
from disputes import course
from disputes.domain.leading import leading_deadline
from disputes.look.outline import case_title
from disputes.models import Claim, Deadline, Party, Proceeding, Tier
from disputes.permissions import visible_cases
from disputes.views.paging import read_number
from law.calendar import load_calendar

PAGE = 25
SOON = 3  # working days
LAST_DAY = date.max
CLOCKS = ("over", "soon", "suspended")
STATES = ("open", "closed")


def cases_of(user, *, on):
    """Return the proceedings before the commissions whose cases *user* reads, walls kept."""
    return Proceeding.objects.filter(
        tier=Tier.ARBITRATION,
        desk__in=commissions_of(user, on=on),
        case__in=visible_cases(user, on=on),
    )


def narrow(rows, *, user, state, step="", clock="", mine=False, today):
    """Return the proceedings *rows* that are open or closed and fit the other filters.

    *step* names a step that waits, *clock* one of CLOCKS, *mine* keeps the cases in whose panel
    *user* sits or whose file she holds.
    """
    rows = rows.filter(closed_at__isnull=state == "open")
    if step:
        rows = course.at_step(rows, step)
    if clock:
        rows = rows.filter(Exists(_running().filter(_clock_is(clock, today))))
    if mine:
        seats = Q(presiding=user) | Q(second=user) | Q(third=user) | Q(clerk=user)
        panel = Panel.objects.filter(seats, proceeding=OuterRef("pk"))
        rows = rows.filter(Q(handler=user) | Q(Exists(panel)))
    return rows


def soon_until(today):
    """Return the last of the next three working days, today included when it is one."""
    calendar = load_calendar()
    return calendar.workday_after(today - timedelta(days=1), SOON)


def page_by_deadline(rows, key, *, size=PAGE):
    """Return (up to *size* of the open *rows*, the most urgent first; key of the next page or "").

    Cases whose clock stands still, or that have none, come last.
    """
    clocks = _running().filter(state=Deadline.State.RUNNING).order_by("alarm_on")
    rows = rows.annotate(
        urgency=Coalesce(
            Subquery(clocks.values("alarm_on")[:1]), Value(LAST_DAY), output_field=DateField()
        )
    )
    day, pk = _read_key(key, date.fromisoformat)
    if day is not None:
        rows = rows.filter(Q(urgency__gt=day) | Q(urgency=day, pk__gt=pk))
    found = list(rows.order_by("urgency", "pk")[: size + 1])
    return _cut(found, size, lambda row: row.urgency.isoformat())


def page_by_newest(rows, key, *, size=PAGE):
    """Return (up to *size* of *rows*, the newest first; key of the next page or "")."""
    moment, pk = _read_key(key, datetime.fromisoformat)
    if moment is not None and timezone.is_aware(moment):
        rows = rows.filter(Q(opened_at__lt=moment) | Q(opened_at=moment, pk__lt=pk))
    found = list(rows.order_by("-opened_at", "-pk")[: size + 1])
    return _cut(found, size, lambda row: row.opened_at.isoformat())


def with_facts(rows):
    """Return the queryset *rows* with what a line of the registry shows, in four queries more."""
    amounts = Claim.objects.of_applicant().filter(case=OuterRef("case")).order_by().values("case")
    return (
        rows.annotate(amount=Subquery(amounts.annotate(sum=Sum("amount")).values("sum")))
        .select_related("case", "office", "handler", "arbitral_panel__presiding")
        .prefetch_related(
            Prefetch("case__parties", Party.objects.order_by("pk")),
            Prefetch(
                "deadlines",
                Deadline.objects.running().select_related("rule"),
                to_attr="running_clocks",
            ),
        )
    )


def lines_of(found):
    """Return the lines of the proceedings *found*, which came with their facts."""
    steps = course.open_steps([row for row in found if row.closed_at is None])
    return [_line(row, steps) for row in found]


def _line(row, steps):
    return {
        "proceeding": row,
        "case": row.case,
        "title": case_title(row.case.parties.all(), worker_count=row.case.worker_count),
        "step": steps.get(row.pk, ""),
        "deadline": leading_deadline(row.running_clocks),
        "panel": getattr(row, "arbitral_panel", None),
    }


def _running():
    """Return the clocks of the outer proceeding that the commission itself must keep."""
    return (
        Deadline.objects.running()
        .filter(proceeding=OuterRef("pk"), rule__party_right=False)
        .exclude(rule__rule_id="LIMITATION")
    )


def _clock_is(clock, today):
    if clock == "suspended":
        return Q(state=Deadline.State.SUSPENDED)
    if clock == "over":
        return Q(state=Deadline.State.RUNNING, due_legal__lt=today)
    near = Q(due_legal__gte=today, alarm_on__lte=soon_until(today))
    return Q(state=Deadline.State.RUNNING) & near


def _cut(found, size, say):
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], f"{say(last)},{last.pk}"


def _read_key(key, read):
    said, _, pk = (key or "").rpartition(",")
    pk = read_number(pk)
    try:
        value = read(said)
    except ValueError:
        return None, None
    return (value, pk) if pk is not None else (None, None)
