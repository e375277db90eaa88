"""Where a clerk confirms or closes what came from a ledger."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.refusals import Refusal
from disputes.models import Proceeding
from disputes.permissions import visible_cases
from workflows.confirming import close_imported, unconfirmed
from workflows.confirming import confirm as confirm_case
from workflows.forms import ConfirmForm

PAGE = 50


def to_confirm(request):
    """Show the imported cases that wait for the person who asks."""
    found = unconfirmed(request.user, on=timezone.localdate()).prefetch_related(
        "case__parties", "deadlines__rule"
    )
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 18:
        found = found.filter(pk__gt=int(after))
    rows = list(found.order_by("pk")[: PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "today": timezone.localdate(),
    }
    return render(request, "workflows/to_confirm.html", context)


def confirm(request, pk):
    """Confirm or close one imported case: 404 for a stranger, 403 when it does not wait for one."""
    proceeding = unconfirmed(request.user, on=timezone.localdate()).filter(pk=pk).first()
    if proceeding is None:
        get_object_or_404(Proceeding, pk=pk, case__in=visible_cases(request.user))
        raise PermissionDenied
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, proceeding=proceeding, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            _do(proceeding, form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved: %(step)s.") % {"step": proceeding.number})
            return redirect("to_confirm")
    context = {"proceeding": proceeding, "case": proceeding.case, "form": form}
    return render(request, "workflows/action.html", context, status=422 if form.is_bound else 200)


def _do(proceeding, answers, *, by):
    at = timezone.now()
    if answers["state"] == ConfirmForm.ENDED:
        close_imported(
            proceeding, outcome=answers["outcome"], closed_at=answers["closed_at"], at=at, by=by
        )
    else:
        confirm_case(
            proceeding,
            at=at,
            by=by,
            agreed_on=answers["agreed_on"],
            extended_to=answers["extended_to"],
        )
