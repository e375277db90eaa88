"""What is stuck in the background, for somebody who can act."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_q.models import Failure
from viewflow.workflow.models import Task

from offices.context import duties_of
from workflows.models import StuckTimer
from workflows.timers import due_timers, fire

LATE = timedelta(minutes=10)


def stuck(request):
    """Show clocks that failed, clocks that should have fired, and jobs that failed."""
    _require_administrator(request)
    now = timezone.now()
    context = {
        "stuck": StuckTimer.objects.select_related(
            "task__process__course__proceeding__office", "task__process__course__proceeding__case"
        )[:200],
        "late": due_timers(at=now - LATE).filter(stuck__isnull=True)[:200],
        "failures": Failure.objects.order_by("-stopped")[:50],
    }
    return render(request, "workflows/stuck.html", context)


@require_POST
def retry(request, pk):
    """Fire a stuck clock again."""
    _require_administrator(request)
    task = get_object_or_404(Task, pk=pk, stuck__isnull=False)
    if fire(task, at=timezone.now()):
        messages.success(request, _("The clock has done its work."))
    else:
        messages.error(request, _("It failed again. The error below says why."))
    return redirect("stuck")


def _require_administrator(request):
    if "administer_offices" not in duties_of(request):
        raise PermissionDenied
