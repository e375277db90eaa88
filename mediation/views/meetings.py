"""Planning meetings and looking at one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain.refusals import Refusal
from mediation.convening import cancel_as_said, change_as_said, convening, plan_as_said
from mediation.domain.meetings import invitations, recurrence, series
from mediation.domain.meetings.agenda import shown_items
from mediation.domain.meetings.warnings import unknown_people, warnings_of
from mediation.forms.meetings.agenda import MaterialForm
from mediation.forms.meetings.planning import CancelForm, MeetingForm
from mediation.models import Meeting, MeetingSeries
from mediation.permissions import (
    agencies_for,
    convenes,
    visible_meetings,
)


def get_meeting(user, pk):
    """Return the meeting *pk* if it exists for *user*; raises ``Http404``."""
    rows = visible_meetings(user).select_related("room__office", "office", "series")
    meeting = rows.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def kept_meeting(user, pk):
    """Return the meeting *pk* that *user* keeps as a coordinator.

    Raises ``Http404`` when it does not exist for her, ``PermissionDenied`` when it is not hers.
    """
    meeting = get_meeting(user, pk)
    if not convenes(user, meeting):
        raise PermissionDenied
    return meeting


@require_http_methods(["GET", "POST"])
def new(request):
    """Plan a meeting or a series, with a look at its dates before it is saved."""
    offices = convening(request.user)
    now = timezone.now()
    form = MeetingForm(
        request.POST or None, user=request.user, offices=offices, now=now, initial=_begin(request)
    )
    planned = []
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            planned = _preview(form, now)
        else:
            saved = _plan(request, form, now)
            if saved is not None:
                return redirect(saved)
    context = {"form": form, "planned": planned, "warnings": _warnings(form)}
    return render(request, "meetings/plan.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change one date, it and those after it, or all that lie ahead."""
    meeting = kept_meeting(request.user, pk)
    if not meeting.is_ahead:
        raise PermissionDenied
    now = timezone.now()
    form = MeetingForm(
        request.POST or None,
        user=request.user,
        offices=convening(request.user),
        meeting=meeting,
        now=now,
    )
    planned = []
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            planned = _preview(form, now)
        elif _change(request, form, now):
            messages.success(request, _("The change is saved."))
            return redirect(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "planned": planned,
        "warnings": _warnings(form),
        "unknown": unknown_people(meeting.participants.filter(removed_at__isnull=True)),
        "told": _told(meeting),
    }
    return render(request, "meetings/plan.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    """Cancel one date, or it and those after it."""
    meeting = kept_meeting(request.user, pk)
    if not meeting.is_ahead:
        raise PermissionDenied
    now = timezone.now()
    form = CancelForm(request.POST or None, meeting=meeting, now=now)
    if request.method == "POST" and form.is_valid():
        cancel_as_said(meeting, form, at=now, by=request.user)
        messages.success(request, _("The meeting is cancelled, its room is free."))
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "told": _told(meeting)}
    return render(request, "meetings/cancel.html", context, status=_status(form))


@require_safe
def meeting(request, pk):
    """Show one meeting: when and where, who comes."""
    found = get_meeting(request.user, pk)
    people = list(
        found.participants.filter(removed_at__isnull=True)
        .select_related("office", "user", "stands_in_for")
        .order_by("pk")
    )
    context = {
        "meeting": found,
        "convenes": convenes(request.user, found),
        "people": people,
        "question": found.get_question_display() if found.question else "",
        "warnings": warnings_of(
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            room=found.room,
            people=[row.user for row in people if row.user_id and row.is_needed],
            exclude=found.pk,
        )
        if found.is_ahead
        else [],
        "unknown": unknown_people(people) if found.is_ahead else [],
        "items": shown_items(
            found,
            request.user,
            on=timezone.localdate(),
            offices=agencies_for(request.user, found),
        ),
        "materials": MaterialForm(),
        "mail": invitations.mail_states(people) if convenes(request.user, found) else {},
        "mine": next((row for row in people if row.user_id == request.user.pk), None),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/meeting.html", context)


def _begin(request):
    """Begin with the next number of the year, as the minutes count them."""
    office = convening(request.user).first()
    year = timezone.localdate().year
    count = (
        Meeting.objects.filter(office=office, starts_at__year=year)
        .exclude(status=Meeting.Status.CANCELLED)
        .count()
    )
    name = _("Joint meeting (no. %(number)d of %(year)d)") % {"number": count + 1, "year": year}
    return {"name": name, "day": request.GET.get("day", "")[:10]}


def _preview(form, now):
    if form.meeting is None and not form.is_series:
        return []
    if form.meeting is not None and not form.reaches_more:
        return []
    rule = MeetingSeries(**form.rule)
    exclude = ()
    if form.meeting is not None:
        delegates = [row for row in form.meeting.participants.all() if row.is_needed]
        exclude = tuple(form.meeting.series.meetings.values_list("pk", flat=True))
    else:
        delegates = form.delegates(on=timezone.localdate(now))
    return series.preview(
        rule,
        room=form.facts["room"],
        people=delegates,
        by=form.user,
        limit=recurrence.PREVIEWED,
        exclude=exclude,
    )


def _plan(request, form, now):
    try:
        made = plan_as_said(form, at=now, by=request.user)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    words = (
        _("The series is planned. Nobody has been told yet.")
        if form.is_series
        else _("The meeting is planned. Nobody has been told yet.")
    )
    messages.success(request, words)
    return made


def _change(request, form, now):
    try:
        change_as_said(form, at=now, by=request.user)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _warnings(form):
    """Return what speaks against the hours that were entered."""
    said = getattr(form, "cleaned_data", {})
    if any(said.get(name) is None for name in ("day", "begins", "ends")) or (
        said["ends"] <= said["begins"]
    ):
        return []
    facts = form.facts if not form.errors or {"override_reason"} >= set(form.errors) else None
    if facts is None:
        return []
    return warnings_of(
        starts_at=facts["starts_at"],
        ends_at=facts["ends_at"],
        room=facts["room"],
        exclude=form.meeting and form.meeting.pk,
    )


def _told(meeting):
    """Return how many people a change is told."""
    if meeting.status != Meeting.Status.INVITED:
        return 0
    return meeting.participants.filter(removed_at__isnull=True).exclude(mail="").count()


def _status(form):
    return 422 if form.is_bound and form.errors else 200
