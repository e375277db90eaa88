"""The door of every step: read the form, do its verb, let the flow go on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from disputes.domain.refusals import Refusal
from disputes.models import Deadline
from disputes.permissions import visible_cases
from workflows.courses import OPEN_STEP, Busy, StepHeld, StepTaken, complete_step
from workflows.steps import step_of
from workflows.worklist import handling_clocks, may_do, open_steps


def step(request, pk):
    """Show the form of an open step, and complete the step with what was filled in."""
    task = get_step(request.user, pk)
    if not may_do(request.user, task, on=timezone.localdate()):
        task.refresh_from_db(fields=["status"])
        if task.status not in OPEN_STEP:
            return gone(request, task)
        raise PermissionDenied
    step = step_of(task)
    proceeding = task.process.course.proceeding
    own_page = step.page(proceeding) if step.page and request.method != "POST" else None
    if own_page:
        return redirect(own_page)
    form = step.form(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        proceeding=proceeding,
        user=request.user,
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        answer = _complete(request, task, step, form)
        if answer is not None:
            return answer
    context = {
        "task": task,
        "proceeding": proceeding,
        "case": proceeding.case,
        "form": form,
        "clocks": _clocks_beside(proceeding),
        "today": timezone.localdate(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workflows/step.html", context, status=status)


def _clocks_beside(proceeding):
    """Return the running time limits of *proceeding*, and until when its claims are in time."""
    own = handling_clocks().filter(proceeding=proceeding).order_by().values("pk")
    in_time = Q(case=proceeding.case_id, rule__rule_id="LIMITATION")
    rows = Deadline.objects.running().filter(Q(pk__in=own) | in_time)
    return rows.select_related("rule").order_by("due_legal", "pk")


def get_step(user, pk):
    """Return the human step *pk* of a case that exists for *user*; raises ``Http404``."""
    task = (
        Task.objects.filter(
            pk=pk,
            flow_task_type="HUMAN",
            process__course__proceeding__case__in=visible_cases(user),
        )
        .select_related(
            "owner",
            "process__course__proceeding__case",
            "process__course__proceeding__office",
            "process__course__proceeding__handler",
        )
        .first()
    )
    if task is None:
        raise Http404
    return task


def gone(request, task):
    """Say that the step was done meanwhile, by whom and when, and where the case is now."""
    case = task.process.course.proceeding.case
    following = open_steps().filter(process__course__proceeding__case=case).first()
    context = {"task": task, "case": case, "following": following}
    return render(request, "workflows/step_gone.html", context, status=409)


def _complete(request, task, step, form):
    case_url = reverse("case", args=[task.process.course.proceeding.case_id])
    try:
        complete_step(
            task,
            step.verb,
            by=request.user,
            at=timezone.now(),
            finishes=step.finishes,
            **form.cleaned_data,
        )
    except StepTaken:
        task.refresh_from_db()
        return gone(request, task)
    except StepHeld as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Busy as refusal:
        form.add_error(None, str(refusal))
        return None
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        # Where what is missing is recorded: a case does not close unserved.
        form.way = getattr(refusal, "url", "")
        return None
    messages.success(request, _("Saved: %(step)s.") % {"step": task.title})
    return redirect(case_url)
