"""Ways out of any step: withdraw, straight to arbitration, another handler."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.refusals import Refusal
from disputes.permissions import get_case, require
from workflows.courses import change_handler, leave_for_arbitration, withdraw
from workflows.forms import ArbitrateForm, HandlerForm, WithdrawForm


def withdraw_case(request, pk):
    """Record that the applicant withdraws."""
    return _act(request, pk, WithdrawForm, withdraw, _("The case is withdrawn."), "file_keeping")


def arbitrate_case(request, pk):
    """Record that the applicant goes straight to arbitration."""
    return _act(
        request,
        pk,
        ArbitrateForm,
        leave_for_arbitration,
        _("The application waits for the applicant's signature at the commission."),
        "file_keeping",
    )


def hand_file_over(request, pk):
    """Give the file to another handler."""
    return _act(request, pk, HandlerForm, change_handler, _("The file was given."), "assign_cases")


def _act(request, pk, form_class, verb, done, duty):
    case = get_case(request.user, pk)
    require_any(request.user, duty, case)
    proceeding = case.proceedings.select_related("office", "handler").latest("ordinal")
    form = form_class(request.POST or None, proceeding=proceeding, user=request.user)
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


# Whoever keeps the file at the office may record what the applicant decided.
FILE_KEEPING = ("mediate", "docket_cases")


def require_any(user, duty, case):
    """Raise as ``require`` does, where ``file_keeping`` stands for any duty that keeps a file."""
    if duty != "file_keeping":
        return require(user, duty, case)
    from disputes.permissions import can

    if not any(can(user, each, case) for each in FILE_KEEPING):
        require(user, FILE_KEEPING[0], case)
    return None
