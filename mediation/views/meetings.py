"""Planning meetings and looking at one."""

from datetime import timedelta

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
from mediation.domain.meetings.agenda import materials_by, shown_items
from mediation.domain.meetings.busy import calendars_at
from mediation.domain.meetings.warnings import unknown_people, warnings_of
from mediation.forms.meetings.agenda import MaterialForm
from mediation.forms.meetings.planning import CancelForm, MeetingForm
from mediation.models import Meeting, MeetingSeries
from mediation.permissions import (
    agencies_among,
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
        initial=_proposed(request, meeting),
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
        "unknown": _unknown(meeting),
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
    keeps, today = convenes(request.user, found), timezone.localdate()
    mine = next((row for row in people if row.user_id == request.user.pk), None)
    items = shown_items(
        found, request.user, on=today, offices=agencies_among(request.user, found, people, on=today)
    )
    context = {
        "meeting": found,
        "convenes": keeps,
        "people": people,
        "question": found.get_question_display() if found.question else "",
        "items": items,
        "handing": _handing(found, items, keeps, mine),
        "materials": MaterialForm(),
        "materials_by": materials_by(found),
        "mail": invitations.mail_states(people) if keeps else {},
        "mine": mine,
        "today": today,
        **(_checks(found, people, items) if keeps and found.is_ahead else {}),
    }
    return render(request, "meetings/meeting.html", context)


def _unknown(meeting):
    rows = meeting.participants.filter(removed_at__isnull=True).select_related("office")
    keys = [row.user_id for row in rows if row.user_id]
    return unknown_people(rows, calendars_at(keys, meeting.starts_at, meeting.ends_at))


def _handing(meeting, items, keeps, mine):
    """Return the keys of the items for which the reader may hand in papers."""
    if not meeting.is_ahead:
        return set()
    return {
        each.item.pk
        for each in items
        if not each.is_closed and (keeps or (mine and mine.office_id == each.item.responsible_id))
    }


def _checks(meeting, people, items):
    """Return what a coordinator is told of: warnings, people unknown, papers missing."""
    accounts = [row.user for row in people if row.user_id and row.is_needed]
    calendars = calendars_at(accounts, meeting.starts_at, meeting.ends_at)
    late = timezone.localdate() > materials_by(meeting)
    return {
        "warnings": warnings_of(
            starts_at=meeting.starts_at, ends_at=meeting.ends_at, room=meeting.room,
            people=accounts, exclude=meeting.pk, calendars=calendars,
        ),
        "unknown": unknown_people(people, calendars),
        "missing": [each.item for each in items if _lacks_paper(each, meeting)] if late else [],
    }  # fmt: skip


def _lacks_paper(shown, meeting):
    responsible = shown.item.responsible_id
    return shown.state == "open" and not shown.materials and responsible != meeting.office_id


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


def _proposed(request, meeting):
    """Begin with the time that somebody proposed by the mail that the address names."""
    key = request.GET.get("mail", "")
    row = meeting.mails.filter(pk=int(key[:18])).first() if key.isdecimal() else None
    if row is None or row.proposed_start is None:
        return {}
    begins = timezone.localtime(row.proposed_start)
    ends = timezone.localtime(row.proposed_end or row.proposed_start + timedelta(hours=1))
    return {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}


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
        people=_needed(form),
        exclude=form.meeting and form.meeting.pk,
    )


def _needed(form):
    """Return the accounts of those who are needed at what the *form* plans."""
    if form.meeting is None:
        rows = form.delegates(on=timezone.localdate(form.now))
        return [row.user for row in rows if row.user]
    rows = form.meeting.participants.filter(user__isnull=False).select_related("user")
    return [row.user for row in rows if row.is_needed]


def _told(meeting):
    """Return how many people a change is told."""
    if meeting.status != Meeting.Status.INVITED:
        return 0
    rows = meeting.participants.filter(removed_at__isnull=True)
    return rows.exclude(mail="", user__isnull=True).count()


def _status(form):
    return 422 if form.is_bound and form.errors else 200
