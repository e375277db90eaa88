"""The shared calendar: a month, a week, a list, the rooms; tables that need no script."""

from calendar import monthrange
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mediation.domain.meetings import calendar
from mediation.forms.meetings.planning import RoomForm
from mediation.models import Participant
from mediation.permissions import convening_offices, visible_meetings
from offices.domain.staffing import offices_where
from offices.models import Office, Room

VIEWS = {
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "list": gettext_lazy("List"),
    "rooms": gettext_lazy("Rooms"),
}
# What the ways back and forward are called.
STEPS = {
    "month": (gettext_lazy("Month before"), gettext_lazy("Month after")),
    "week": (gettext_lazy("Week before"), gettext_lazy("Week after")),
    "list": (gettext_lazy("60 days before"), gettext_lazy("60 days after")),
    "rooms": (gettext_lazy("Week before"), gettext_lazy("Week after")),
}
FIRST, LAST = date(2000, 1, 1), date(2098, 12, 31)
LISTED = timedelta(days=60)


@require_safe
def meetings(request):
    """Show what takes place, as one of VIEWS, around the day that the address names."""
    view = request.GET.get("view", "month")
    view = view if view in VIEWS else "month"
    today = timezone.localdate()
    day = _day(request.GET.get("day"), today)
    first, last, before, after = _span(view, day)
    context = {
        "view": view,
        "views": VIEWS,
        "day": day,
        "first": first,
        "last": last,
        "before": before.isoformat(),
        "after": after.isoformat(),
        "today": today,
        "steps": STEPS[view],
        "may_convene": bool(convening_offices(request.user)),
        "mine": _mine(request.user, today),
    }
    if view == "rooms":
        context["days"], context["lines"] = calendar.read_rooms(
            request.user, first=first, last=last, today=today
        )
    else:
        days = calendar.read_days(request.user, first=first, last=last, today=today)
        context["days"] = days
        context["weeks"] = [days[n : n + 7] for n in range(0, len(days), 7)]
    return render(request, "meetings/calendar.html", context)


@require_http_methods(["GET", "POST"])
def rooms(request):
    """List the rooms of the person's offices and add one."""
    offices = _keeping(request.user)
    form = RoomForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The room is entered."))
        return redirect("meeting_rooms")
    context = {
        "form": form,
        "rooms": Room.objects.filter(office__in=offices).select_related("office"),
    }
    return render(request, "meetings/rooms.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def room(request, pk):
    """Change a room, or take it out of use."""
    offices = _keeping(request.user)
    row = Room.objects.filter(pk=pk, office__in=offices).first()
    if row is None:
        raise Http404
    form = RoomForm(request.POST or None, instance=row, offices=offices)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The room is changed."))
        return redirect("meeting_rooms")
    context = {"form": form, "room": row}
    return render(request, "meetings/room.html", context, status=422 if form.errors else 200)


def _keeping(user):
    """Return the offices whose rooms *user* keeps."""
    today = timezone.localdate()
    duties = ("convene_meetings", "schedule_hearings", "assign_cases", "administer_offices")
    found = Office.objects.none()
    for duty in duties:
        found = found | offices_where(user, duty, on=today)
    if not found.exists():
        raise PermissionDenied
    return found


def _mine(user, today):
    """Return the invitations that wait for the person's answer."""
    return (
        Participant.objects.filter(
            user=user,
            meeting__in=visible_meetings(user, on=today),
            removed_at__isnull=True,
            answer=Participant.Answer.NONE,
            meeting__status="invited",
            meeting__starts_at__gte=timezone.now(),
        )
        .select_related("meeting__room__office")
        .order_by("meeting__starts_at")[:5]
    )


def _day(text, today):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today
    return min(max(day, FIRST), LAST)


def _span(view, day):
    """Return (first and last day shown, a day of the span before, one of the span after)."""
    monday = day - timedelta(days=day.weekday())
    if view in ("week", "rooms"):
        return monday, monday + timedelta(days=6), monday - timedelta(days=7), monday + timedelta(7)
    if view == "list":
        return day, day + LISTED, day - LISTED, day + LISTED
    begin = day.replace(day=1)
    end = day.replace(day=monthrange(day.year, day.month)[1])
    first = begin - timedelta(days=begin.weekday())
    last = end + timedelta(days=6 - end.weekday())
    return first, last, begin - timedelta(days=1), end + timedelta(days=1)
