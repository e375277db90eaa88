"""The doors of recusals: asking for one, and deciding."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from disputes.domain import recusals
from disputes.domain.refusals import Refusal
from disputes.forms.access import RecusalDecisionForm, RecusalForm
from disputes.models import Recusal
from disputes.permissions import visible_cases, worked_proceedings
from disputes.views.access import WORKING, act, open_at_desk
from disputes.views.casefile import CaseFile


@require_http_methods(["GET", "HEAD", "POST"])
def recusal_ask(request, pk):
    """Record that somebody should keep away from a case."""
    file = open_at_desk(request, pk, WORKING)
    if file.current.closed_at is not None:
        raise PermissionDenied
    return act(request, file, RecusalForm, recusals.ask_recusal, _("Recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
def recusal(request, pk):
    """Show a request, and decide on it; 403 for whoever works on the case and does not decide."""
    rows = Recusal.objects.select_related(
        "person", "recorded_by", "decided_by", "proceeding__case", "proceeding__desk"
    )
    row = get_object_or_404(rows, pk=pk, proceeding__case__in=visible_cases(request.user))
    file = CaseFile(request.user, row.proceeding.case_id)
    if not worked_proceedings(request.user).filter(pk=row.proceeding_id).exists():
        raise PermissionDenied
    decides = row.is_open and _decides(row, request.user, file.today)
    if request.method == "POST" and not decides:
        raise PermissionDenied
    form = None
    if decides:
        form = RecusalDecisionForm(
            request.POST if request.method == "POST" else None,
            proceeding=row.proceeding,
            user=request.user,
            today=file.today,
        )
        if form.is_valid() and _decide(request, row, form):
            return redirect("case_access", pk=file.case.pk)
    context = {"file": file, "recusal": row, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "disputes/recusal.html", context, status=status)


def _decides(row, user, today):
    return recusals.deciders_of(row, on=today).filter(pk=user.pk).exists()


def _decide(request, row, form):
    try:
        recusals.decide_recusal(row, **form.cleaned_data, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Decided and written down."))
    return True
