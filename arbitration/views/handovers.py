"""Cases that outside organisations handle: the list, the package, their number."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from arbitration import handovers
from arbitration.domain import handover, package
from arbitration.domain.refusals import SharingNotAgreed
from arbitration.forms.outside import NumberForm, PackageForm, WriteBackFileForm
from arbitration.views.desk import do
from audit import trail
from disputes.models import Proceeding
from disputes.permissions import can_file_at, readable_cases, visible_cases
from offices.domain.staffing import offices_where


@require_safe
def handover_list(request):
    """List the cases that were handed over, those to be chased first."""
    return show_list(request)


def show_list(request, *, form=None, taken=None):
    """Return the page of the cases handed over; *taken* says what became of an uploaded file."""
    today = timezone.localdate()
    if not can_file_at(request.user).exists():
        raise PermissionDenied
    asked = request.GET.get("state")
    state = asked if asked in handovers.STATES else handovers.STATES[0]
    rows, following = handovers.page(
        handovers.handed_over(request.user, on=today), state=state, key=request.GET.get("after")
    )
    context = {
        "rows": rows,
        "state": state,
        "following": following,
        "is_first": not request.GET.get("after"),
        "form": form or WriteBackFileForm(),
        "taken": taken,
        "today": today,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "arbitration/handovers.html", context, status=status)


@never_cache
def handover_package(request, pk):
    """Show what the package of a case holds, and hand it out."""
    proceeding = get_handed_over(request.user, pk)
    form = _form(request, PackageForm, proceeding)
    if form.is_bound and form.is_valid():
        try:
            made = package.take_out(
                proceeding, **form.cleaned_data, at=timezone.now(), by=request.user
            )
        except SharingNotAgreed as refusal:
            form.add_error("sharing_basis" if "sharing_basis" in form.fields else None, refusal)
        else:
            trail.note(request, action="export")
            return FileResponse(
                made.file,
                as_attachment=True,
                filename=made.name,
                content_type="application/zip",
            )
    context = {
        "proceeding": proceeding,
        "case": proceeding.case,
        "form": form,
        "materials": handover.materials_for(proceeding).order_by("pk"),
        "stays": package.stays_behind(proceeding),
        "agreed": handover.may_share(proceeding),
        "exports": proceeding.package_exports.select_related("by"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "arbitration/package.html", context, status=status)


def handover_number(request, pk):
    """Record the number under which the outside organisation handles a case."""
    proceeding = get_handed_over(request.user, pk)
    form = _form(request, NumberForm, proceeding)
    if form.is_bound and form.is_valid() and do(form, handover.record_number, by=request.user):
        messages.success(request, form.done)
        return redirect("handovers")
    context = {"proceeding": proceeding, "case": proceeding.case, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "arbitration/number.html", context, status=status)


def get_handed_over(user, pk):
    """Return the proceeding *pk* of an outside organisation: 404 for a stranger to its case, 403
    for one who does not send its papers.
    """
    rows = Proceeding.objects.filter(
        pk=pk, office__handled_here=False, case__in=visible_cases(user)
    )
    proceeding = rows.select_related("case", "office", "desk").first()
    if proceeding is None:
        raise Http404
    senders = offices_where(user, "file_cases", on=timezone.localdate())
    reads = readable_cases(user).filter(pk=proceeding.case_id)
    if not senders.filter(pk=proceeding.desk_id).exists() or not reads.exists():
        raise PermissionDenied
    return proceeding


def _form(request, form_class, proceeding):
    return form_class(
        request.POST if request.method == "POST" else None,
        proceeding=proceeding,
        user=request.user,
        today=timezone.localdate(),
    )
