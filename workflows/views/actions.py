"""Ways out of any step: withdraw, straight to arbitration, another handler."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.refusals import Refusal
from disputes.permissions import get_case, require_any
from workflows.courses import (
    change_handler,
    leave_for_arbitration,
    withdraw,
)
from workflows.forms import ArbitrateForm, HandlerForm, WithdrawForm

# Whoever keeps the file at the office may record what the applicant decided.
FILE_KEEPING = ("mediate", "docket_cases")


def withdraw_case(request, pk):
    """Record that the applicant withdraws."""
    return _act(request, pk, WithdrawForm, withdraw, _("The case is withdrawn."), FILE_KEEPING)


def arbitrate_case(request, pk):
    """Record that the applicant goes straight to arbitration."""
    return _act(
        request,
        pk,
        ArbitrateForm,
        leave_for_arbitration,
        _("The application waits for the applicant's signature at the commission."),
        FILE_KEEPING,
    )


def hand_file_over(request, pk):
    """Give the file to another handler."""
    return _act(
        request, pk, HandlerForm, change_handler, _("The file was given."), ("assign_cases",)
    )


def _act(request, pk, form_class, verb, done, duties):
    case = get_case(request.user, pk)
    require_any(request.user, duties, case)
    proceeding = case.proceedings.select_related("office", "handler").latest("ordinal")
    form = form_class(
        request.POST if request.method == "POST" else None, proceeding=proceeding, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            verb(proceeding, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("case", pk=case.pk)
    context = {"case": case, "proceeding": proceeding, "form": form}
    return render(request, "workflows/action.html", context, status=422 if form.is_bound else 200)
