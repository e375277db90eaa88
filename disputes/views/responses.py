"""The first in time: recording it, seeing it tier by tier, and setting its limits."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.domain import responses
from disputes.domain.refusals import Refusal
from disputes.forms.responses import LimitForm, RecordForm
from disputes.models import Measure, Response, ResponseLimit, Tier, Urgency
from disputes.permissions import (
    get_case,
    listing_offices,
    supervised_offices,
    visible_cases,
    worked_proceedings,
)
from disputes.views.lawkeeping import keeps_law, require_law_keeper
from disputes.views.paging import read_number
from offices.domain.standing import standing_of

PAGE = 25
PERIODS = (30, 90, 365)


@require_safe
def response_list(request):
    """Show how many were in time, tier by tier, and what waits to be done, soonest first."""
    now, today = timezone.now(), timezone.localdate()
    own = listing_offices(request.user, on=today)
    offices = {*own, *supervised_offices(request.user, on=today)}
    if not offices:
        raise PermissionDenied
    days = read_number(request.GET.get("days"), PERIODS[0])
    days = days if days in PERIODS else PERIODS[0]
    visible = visible_cases(request.user, on=today)
    seen = Response.objects.filter(
        proceeding__desk__in=offices, proceeding__case__in=visible, case__in=visible
    )
    waiting = _after(seen.filter(met_at__isnull=True, proceeding__desk__in=own), request.GET)
    rows = list(waiting.select_related("proceeding__office", "case")[: PAGE + 1])
    for row in rows:
        row.late = row.due_at < now
    context = {
        "table": _table(seen.filter(since__gte=now - timedelta(days=days)), now),
        "rows": rows[:PAGE],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "days": days,
        "periods": PERIODS,
    }
    return render(request, "disputes/responses.html", context)


def _after(rows, query):
    return rows.filter(pk__gt=read_number(query.get("after"), 0)).order_by("pk")


def _table(rows, now):
    """Return a line per tier and measure: due, in time, late and met, late and not met yet."""
    late = responses.late(now)
    counted = (
        rows.order_by()
        .values("proceeding__tier", "measure")
        .annotate(
            all=Count("pk"),
            late=Count("pk", filter=late),
            waiting=Count("pk", filter=late & Q(met_at__isnull=True)),
            on_time=Count("pk", filter=Q(met_at__isnull=False) & ~late),
        )
    )
    found = {(row["proceeding__tier"], row["measure"]): row for row in counted}
    return [
        {**found[tier, measure.value], "tier": tier, "measure": measure.label}
        for tier in Tier
        for measure in Measure
        if (tier, measure.value) in found
    ]


def response(request, pk):
    """Record the first contact, or the answer to the first reporter."""
    row = Response.objects.select_related("proceeding__office", "proceeding__case", "case")
    row = row.filter(pk=pk).exclude(measure=Measure.KNOWN).first()
    if row is None:
        raise Http404
    get_case(request.user, row.proceeding.case_id)
    _require_work(request.user, row.proceeding)
    form = RecordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            responses.record_response(row, **form.cleaned_data, at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("case", pk=row.proceeding.case_id)
    context = {"form": form, "row": row, "case": row.proceeding.case}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/response.html", context, status=status)


def _require_work(user, proceeding):
    """Raise ``PermissionDenied`` unless *user* keeps the file of *proceeding*, ended or not."""
    held = standing_of(user, on=timezone.localdate()).at(proceeding.desk_id)
    worked = worked_proceedings(user).filter(pk=proceeding.pk).exists()
    if not worked or not held.intersection(responses.KEEPING):
        raise PermissionDenied


@require_safe
def response_limits(request):
    """Show within what time disputes are to be known, met with and answered for."""
    today = timezone.localdate()
    limits = responses.limits_on(today)
    rows = [
        {
            "measure": measure.label,
            "urgency": urgency.label,
            "limit": limits[measure, urgency],
            "unit": ResponseLimit.Unit(limits[measure, urgency].unit).label,
        }
        for measure in Measure
        for urgency in Urgency
    ]
    context = {
        "rows": rows,
        "others": ResponseLimit.objects.exclude(in_force__contains=today).order_by(
            "measure", "urgency", "-in_force"
        ),
        "keeper": keeps_law(request),
    }
    return render(request, "disputes/response_limits.html", context)


def response_limit_add(request):
    """Enter another limit from a day on."""
    require_law_keeper(request)
    form = LimitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            responses.set_limit(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The limit is entered."))
            return redirect("response_limits")
    status = 422 if form.is_bound else 200
    return render(request, "disputes/response_limit_add.html", {"form": form}, status=status)
