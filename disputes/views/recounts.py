"""Counting deadlines again: how far it is, and what became of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_q.tasks import async_task

from disputes.models import DeadlineChange, RecomputeRun
from disputes.permissions import visible_cases
from disputes.views.lawkeeping import require_law_keeper

NAMED = 50
# Among so many of its first changes a page looks for those that its reader may see.
LOOKED_AT = 2000


@require_safe
def recount(request, pk):
    """Show how far a recount is, then what it moved. Asked by htmx, only the part that moves."""
    require_law_keeper(request)
    run = get_object_or_404(RecomputeRun.objects.select_related("requested_by"), pk=pk)
    if request.htmx:
        if run.at_work:
            return render(request, "disputes/_recount_progress.html", {"run": run})
        return HttpResponse(headers={"HX-Refresh": "true"})
    named = [] if run.at_work else _named(run, request.user)
    context = {"run": run, "named": named, "others": run.moved - len(named)}
    return render(request, "disputes/recount.html", context)


@require_POST
def recount_again(request, pk):
    """Let a recount that a fault stopped go on from where it was."""
    require_law_keeper(request)
    run = get_object_or_404(RecomputeRun, pk=pk, state=RecomputeRun.State.FAILED)
    async_task("disputes.jobs.recompute_deadlines", run.pk)
    RecomputeRun.objects.filter(pk=run.pk).update(state=RecomputeRun.State.WAITING)
    return redirect("recount", pk=pk)


def _named(run, user):
    """Return the first changes that moved a date, in cases that *user* may see."""
    first = DeadlineChange.objects.filter(run=run).order_by("pk").values("pk")[:LOOKED_AT]
    seen = (
        DeadlineChange.objects.filter(pk__in=first, deadline__case__in=visible_cases(user))
        .select_related("deadline__rule", "deadline__case")
        .order_by("new_alarm", "pk")
    )
    return [change for change in seen if change.moved][:NAMED]
