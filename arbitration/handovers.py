"""The cases that outside organisations handle, as those who chase them see them."""

from datetime import date

from django.db.models import DateField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from disputes.look.outline import case_title
from disputes.models import Deadline, Party, Proceeding
from disputes.permissions import readable_cases
from disputes.views.paging import read_number
from offices.domain.staffing import offices_where

PAGE = 25
STATES = ("open", "ended")
LAST_DAY = date.max


def handed_over(user, *, on):
    """Return the proceedings outside of this house whose papers *user* sends and chases."""
    return Proceeding.objects.filter(
        office__handled_here=False,
        desk__in=offices_where(user, "file_cases", on=on),
        case__in=readable_cases(user, on=on),
    )


def page(rows, *, state, key, size=PAGE):
    """Return (lines of up to *size* of *rows*, key of the next page or "").

    Open ones that are due first come first, ended ones newest first.
    """
    if state == "open":
        clocks = _clocks().filter(proceeding=OuterRef("pk")).order_by("alarm_on")
        rows = rows.filter(closed_at__isnull=True).annotate(
            due=Coalesce(
                Subquery(clocks.values("alarm_on")[:1]), Value(LAST_DAY), output_field=DateField()
            )
        )
        order = ("due", "pk")
    else:
        rows, order = rows.filter(closed_at__isnull=False), ("-pk",)
    found = list(_with_facts(_after(rows, state, key)).order_by(*order)[: size + 1])
    following = ""
    if len(found) > size:
        last = found[size - 1]
        following = f"{last.due},{last.pk}" if state == "open" else f",{last.pk}"
    return [_line(row) for row in found[:size]], following


def _clocks():
    return Deadline.objects.running().filter(rule__rule_id__startswith="HANDOVER")


def _with_facts(rows):
    return rows.select_related("case", "office", "desk", "handover").prefetch_related(
        Prefetch("case__parties", Party.objects.order_by("pk")),
        Prefetch("deadlines", _clocks().select_related("rule"), to_attr="chasing"),
    )


def _line(row):
    case, handover = row.case, getattr(row, "handover", None)
    return {
        "proceeding": row,
        "case": case,
        "title": case_title(case.parties.all(), worker_count=case.worker_count),
        "handover": handover,
        "deadline": min(row.chasing, key=lambda each: each.alarm_on, default=None),
        "needs_number": bool(handover and handover.receipt_on and not handover.outside_number)
        and row.closed_at is None,
    }


def _after(rows, state, key):
    said, _, pk = (key or "").rpartition(",")
    pk = read_number(pk)
    if pk is None:
        return rows
    if state != "open":
        return rows.filter(pk__lt=pk)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return rows
    return rows.filter(Q(due__gt=day) | Q(due=day, pk__gt=pk))
