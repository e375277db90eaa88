"""The doors about who may see a case: who does, the seal, the persons named, opening from above."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disputes.domain import inspecting, sealing
from disputes.domain.refusals import Refusal
from disputes.forms.access import InspectForm, NameForm, SealForm
from disputes.models import CaseGrant, Named, Recusal
from disputes.permissions import at_desk, may_inspect, visible_cases, worked_proceedings
from disputes.scopes import current_grants
from disputes.views.casefile import CaseFile
from offices.models import Posting, User

HEADS = {"assign_cases"}
WORKING = {"mediate", "arbitrate", "docket_cases", "assign_cases"}


@require_safe
def case_access(request, pk):
    """Show who may see the case and why; 403 for whoever neither reads nor may open it."""
    file = CaseFile(request.user, pk)
    opens = may_inspect(file.user, file.proceedings)
    if not file.content.is_full and not opens:
        raise PermissionDenied
    context = {"file": file, "opens": opens and not file.content.is_full, "today": file.today}
    if file.content.is_full:
        context |= _inner(file)
    return render(request, "disputes/access.html", context)


def _inner(file):
    duties = set(at_desk(file.user, file.case).duties)
    # What was asked of the desk's own people is no business of a lawyer or a meeting.
    worked = worked_proceedings(file.user).filter(case=file.case)
    recusals = Recusal.objects.filter(proceeding__in=worked.values("pk"))
    return {
        "leads": bool(duties & HEADS),
        "works": bool(duties & WORKING) and file.is_open,
        "named": file.case.named.select_related("user", "by").order_by("pk"),
        "grants": current_grants(file.today).filter(case=file.case).select_related("user"),
        "recusals": recusals.select_related("person", "decided_by", "proceeding"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def case_seal(request, pk):
    """Set how confidential a case is and whether it is sealed."""
    file = open_at_desk(request, pk, HEADS)
    return act(request, file, SealForm, sealing.keep_to_few, _("Recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
def case_name(request, pk):
    """Name a person in a case that is kept to few."""
    file = open_at_desk(request, pk, HEADS)
    people = _nameable(file)
    return act(request, file, NameForm, sealing.name_person, _("Recorded."), people=people)


def _nameable(file):
    """Return who may be named: people of the desks, and who holds a grant."""
    serving = Posting.objects.active(file.today).filter(
        user=OuterRef("pk"), office__in=[row.desk_id for row in file.proceedings]
    )
    granted = current_grants(file.today).filter(case=file.case, user=OuterRef("pk"))
    people = User.objects.filter(Q(Exists(serving)) | Q(Exists(granted)), is_active=True)
    others = people.exclude(walls__case=file.case).exclude(named_in__case=file.case)
    return others.order_by("name", "pk")


@require_POST
def name_strike(request, pk):
    """Let a person be named no longer."""
    named = get_object_or_404(Named, pk=pk, case__in=visible_cases(request.user))
    file = open_at_desk(request, named.case_id, HEADS)
    sealing.strike_name(named, proceeding=file.current, at=timezone.now(), by=request.user)
    messages.success(request, _("Recorded."))
    return redirect("case_access", pk=named.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
def case_inspect(request, pk):
    """Open a case of an office below for a reason, for some days."""
    file = CaseFile(request.user, pk)
    if not may_inspect(file.user, file.proceedings):
        raise PermissionDenied
    return act(request, file, InspectForm, _inspect, _("The case is open to you."), to="case")


def _inspect(proceeding, **facts):
    return inspecting.inspect(proceeding.case, **facts)


@require_POST
def grant_end(request, pk):
    """End one's own reading of a case from above before its last day."""
    grant = get_object_or_404(CaseGrant, pk=pk, case__in=visible_cases(request.user))
    if (grant.user_id, grant.kind) != (request.user.pk, CaseGrant.Kind.REASON):
        raise PermissionDenied
    inspecting.stop_inspecting(grant, at=timezone.now())
    messages.success(request, _("Ended: you see the outline again."))
    return redirect("case", pk=grant.case_id)


def open_at_desk(request, pk, duties):
    """Return the ``CaseFile`` of *pk*; 404 for a stranger, 403 without one of *duties* there."""
    file = CaseFile(request.user, pk)
    if file.current is None:
        raise Http404
    if not duties.intersection(at_desk(request.user, file.case).duties):
        raise PermissionDenied
    return file


def act(request, file, form_class, verb, done, *, to="case_access", **options):
    """Show the form of an act about the case *file*, and do it; then go *to* a page of the case."""
    proceeding = file.current
    proceeding.case = file.case
    data = request.POST if request.method == "POST" else None
    form = form_class(data, proceeding=proceeding, user=request.user, today=file.today, **options)
    if form.is_valid():
        try:
            verb(proceeding, **form.cleaned_data, at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(to, pk=file.case.pk)
    context = {"file": file, "form": form}
    return render(request, "disputes/case_act.html", context, status=422 if form.is_bound else 200)
