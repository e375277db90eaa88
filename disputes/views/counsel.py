"""The doors by which respondents are named and claims are referred."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from disputes.domain import referrals, respondents
from disputes.domain.refusals import Refusal
from disputes.forms import counsel as forms
from disputes.permissions import duties_in
from disputes.views.casefile import CaseFile

DUTIES = {"mediate", "accept_cases", "docket_cases"}
ACTS = {
    "respondent": (forms.RespondentForm, respondents.add_respondent),
    "capacity": (forms.DescribeForm, respondents.describe),
    "referral": (forms.ReferralForm, referrals.refer),
}


@require_http_methods(["GET", "HEAD", "POST"])
def counsel(request, pk, act):
    """Name a further respondent, put one right, or refer the applicant with a claim."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full or not duties_in(request.user, file.case) & DUTIES:
        raise PermissionDenied
    form_class, verb = ACTS[act]
    form = form_class(
        request.POST if request.method == "POST" else None,
        proceeding=file.current,
        today=file.today,
    )
    if form.is_bound and form.is_valid() and _done(form, verb, by=request.user):
        messages.success(request, form.done)
        return redirect("case", pk=pk)
    context = {"file": file, "form": form}
    return render(request, "disputes/counsel.html", context, status=422 if form.is_bound else 200)


def _done(form, verb, *, by):
    try:
        verb(form.proceeding, **form.cleaned_data, at=timezone.now(), by=by)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
