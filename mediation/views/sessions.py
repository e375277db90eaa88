"""The sessions of a mediation: planned ones, held ones, and what one side said alone."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from disputes.domain.refusals import Refusal
from mediation.desk import get_mediated
from mediation.domain import planning
from mediation.forms.planning import CaucusForm, NoticeForm, PlanForm


def sessions(request, pk):
    """Show the sessions, plan another, write down what one side said alone."""
    proceeding = get_mediated(request.user, pk)
    act = request.POST.get("act")
    today = timezone.localdate()
    plan = PlanForm(request.POST if act == "plan" else None, proceeding=proceeding, today=today)
    caucus = CaucusForm(request.POST if act == "caucus" else None)
    if act == "plan" and plan.is_valid() and _do(request, planning.plan_session, proceeding, plan):
        messages.success(request, _("The session is planned."))
        return redirect("mediation_sessions", pk=pk)
    if act == "caucus" and caucus.is_valid():
        planning.add_caucus_note(
            proceeding, **caucus.cleaned_data, at=timezone.now(), by=request.user
        )
        messages.success(request, _("Kept for this office alone."))
        return redirect("mediation_sessions", pk=pk)
    context = {
        "proceeding": proceeding,
        "case": proceeding.case,
        "plans": proceeding.planned_sessions.select_related("room", "host"),
        "held": proceeding.sessions.select_related("host").prefetch_related("attendees"),
        "notes": proceeding.caucus_notes.select_related("by"),
        "plan": plan,
        "caucus": caucus,
        "notice": NoticeForm(initial={"on": today}),
        "now": timezone.now(),
    }
    return render(request, "mediation/sessions.html", context, status=422 if act else 200)


@require_POST
def planned_session(request, pk, plan):
    """Cancel a planned session, or note that the parties were told of it."""
    proceeding = get_mediated(request.user, pk)
    row = get_object_or_404(proceeding.planned_sessions, pk=plan)
    if "cancel" in request.POST:
        planning.cancel_plan(row, at=timezone.now(), by=request.user)
        messages.success(request, _("The session is cancelled."))
    else:
        form = NoticeForm(request.POST)
        if form.is_valid():
            planning.note_notice(row, **form.cleaned_data, at=timezone.now(), by=request.user)
            messages.success(request, _("Noted."))
        else:
            messages.error(request, _("Say on which day and how the parties were notified."))
    return redirect("mediation_sessions", pk=pk)


@require_POST
def record_draft(request, pk):
    """Keep the record of a session as far as it is written; 409 when somebody else wrote."""
    proceeding = get_mediated(request.user, pk)
    try:
        version = int(request.POST.get("draft_version") or 0)
    except ValueError:
        return HttpResponse(status=400)
    try:
        version = planning.keep_draft(
            proceeding, data=request.POST, version=version, at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"version": version})


def _do(request, verb, proceeding, form):
    try:
        verb(proceeding, **form.cleaned_data, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
