"""The doors of the ways out of, back from and aside of any step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from disputes.domain.refusals import Refusal
from disputes.permissions import get_case
from workflows.leaving import WAYS, ways_for


def take(request, pk, name):
    """Show the form of the way *name* for a case, and take it."""
    case = get_case(request.user, pk)
    if name not in ways_for(request.user, case, on=timezone.localdate()):
        raise PermissionDenied
    way = WAYS[name]
    proceeding = case.proceedings.select_related("office", "desk", "handler").latest("ordinal")
    form = way.form(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        proceeding=proceeding,
        user=request.user,
        initial={"number": request.GET.get("number", "")[:50]},
    )
    if request.method == "POST" and form.is_valid() and _done(request, way, form):
        messages.success(request, way.done)
        return redirect("case", pk=case.pk)
    context = {"case": case, "proceeding": proceeding, "form": form}
    return render(request, "workflows/action.html", context, status=422 if form.is_bound else 200)


def _done(request, way, form):
    try:
        way.verb(form.proceeding, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
