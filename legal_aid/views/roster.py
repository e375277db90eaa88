"""The duty roster: a week by place and day."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legal_aid.forms.pool import DutyForm, OffDutyForm, duties_of_week
from legal_aid.models import Duty
from legal_aid.permissions import ADMINISTER, OVERSEE, centres_of, powers_at
from legal_aid.tabs import TABS, tabs_for
from legal_aid.views.doing import serve_form
from offices.context import duties_of
from offices.models import Office

READERS = next(needed for name, _title, needed in TABS if name == "duty_roster")


@require_safe
def roster(request):
    """Show who sits where in one week."""
    if not duties_of(request).intersection(READERS):
        raise PermissionDenied
    monday = _monday(request.GET.get("week"))
    days = [monday + timedelta(days=number) for number in range(7)]
    centre = centres_of(request.user, ADMINISTER, OVERSEE, "review_cases").first()
    centre = centre or Office.objects.filter(kind=Office.Kind.AID_CENTRE, is_active=True).first()
    context = {
        "tabs": tabs_for(duties_of(request), current="duty_roster"),
        "centre": centre,
        "days": days,
        "rows": _by_place(duties_of_week(centre, monday=monday), days) if centre else [],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_change": centre is not None and ADMINISTER in powers_at(request.user, centre),
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/roster.html", context)


def duty_add(request):
    """Put a lawyer on duty."""
    centre = centres_of(request.user, ADMINISTER).order_by("pk").first()
    if centre is None:
        raise PermissionDenied
    return serve_form(
        request, DutyForm, row=centre, back=reverse("duty_roster"), trail=_trail(), after=_to_week
    )


def duty_remove(request, pk):
    """Cross a duty off."""
    row = Duty.objects.filter(pk=pk, centre__in=centres_of(request.user, ADMINISTER, OVERSEE))
    row = row.select_related("centre", "lawyer__user", "place").first()
    if row is None:
        raise Http404
    if ADMINISTER not in powers_at(request.user, row.centre):
        raise PermissionDenied
    return serve_form(request, OffDutyForm, row=row, back=_to_week(row), trail=_trail())


def _trail():
    return [(_("Duty roster"), reverse("duty_roster"))]


def _to_week(duty):
    return f"{reverse('duty_roster')}?week={timezone.localdate(duty.starts_at).isoformat()}"


def _monday(text):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        day = timezone.localdate()
    return day - timedelta(days=day.weekday())


def _by_place(duties, days):
    """Return (place, [duties of each of *days*]) for the places of *duties*."""
    found = {}
    for duty in duties:
        row = found.setdefault(duty.place, {day: [] for day in days})
        row[timezone.localdate(duty.starts_at)].append(duty)
    return sorted(
        ((place, list(row.items())) for place, row in found.items()), key=lambda each: each[0].pk
    )
