"""The week's hearings: rooms across, days down."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbitration import hearing_week
from arbitration.permissions import commissions_of
from disputes.views.paging import read_number

WEEK = timedelta(days=7)
FIRST, LAST = date(2000, 1, 3), date(2100, 1, 1)


@require_safe
def hearings(request):
    """Show the hearings of one week at one commission."""
    today = timezone.localdate()
    offices = list(commissions_of(request.user, on=today).order_by("pk"))
    if not offices:
        raise PermissionDenied
    chosen = read_number(request.GET.get("office"))
    office = next((each for each in offices if each.pk == chosen), offices[0])
    monday = _monday(request.GET.get("week"), today)
    week = hearing_week.read_week(request.user, office, monday=monday, today=today)
    context = {
        "offices": offices,
        "office": office,
        "week": week,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": (monday - WEEK).isoformat(),
        "following": (monday + WEEK).isoformat(),
        "is_this_week": monday == _monday("", today),
        "today": today,
    }
    return render(request, "arbitration/hearings.html", context)


def _monday(text, today):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        day = today
    day = min(max(day, FIRST), LAST)
    return day - timedelta(days=day.weekday())
