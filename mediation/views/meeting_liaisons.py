"""The register of liaison officers, kept by coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mediation.domain.meetings import liaisons as verbs
from mediation.domain.meetings.people import current_officers
from mediation.forms.meetings.liaisons import LiaisonForm
from mediation.permissions import convening_offices


@require_http_methods(["GET", "POST"])
def liaisons(request):
    """List the officers of today, and name one."""
    _check(request)
    form = LiaisonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.name_officer(**form.cleaned_data, at=timezone.now(), by=request.user)
        messages.success(request, _("The officer is entered."))
        return redirect("meeting_liaisons")
    rows = (
        current_officers(timezone.localdate()).select_related("office").order_by("office", "rank")
    )
    context = {"form": form, "rows": rows}
    return render(request, "meetings/liaisons.html", context, status=422 if form.errors else 200)


@require_POST
def end(request, pk):
    """Let an officer serve until today."""
    _check(request)
    row = current_officers(timezone.localdate()).filter(pk=pk).first()
    if row is None:
        raise Http404
    verbs.end_officer(row, until=timezone.localdate())
    messages.success(request, _("The officer serves until today."))
    return redirect("meeting_liaisons")


def _check(request):
    if not convening_offices(request.user):
        raise PermissionDenied
