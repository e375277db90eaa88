"""Service of papers: what is to be served in a case and at a desk, and what proves it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disputes.domain.evidence import add_evidence
from disputes.domain.refusals import Refusal
from disputes.domain.service import correcting, many, owing, recording
from disputes.domain.service.table import DUTIES, WAYS
from disputes.forms import service as forms
from disputes.models import CasePaper, Service
from disputes.permissions import read_case, visible_cases, worked_proceedings
from disputes.views.casefile import CaseFile
from disputes.views.paging import page_by_pk
from disputes.views.papers import own_proceeding
from offices.domain.standing import standing_of
from papers.titles import title_of

PAGE, MOST = 25, 400
State = Service.State
# Form, verb, and the states of a service in which it is offered.
ACTS = {
    "prove": (forms.ProveForm, recording.prove, Service.OPEN),
    "send": (forms.SendForm, recording.send, (State.DUE,)),
    "back": (forms.ComeBackForm, recording.come_back, (State.SENT,)),
    "correct": (forms.CorrectForm, correcting.correct, (State.SERVED,)),
    "attach": (forms.AttachForm, correcting.attach, (State.SERVED,)),
}


@require_safe
def service_desk(request):
    """List what is to be served, and whose proof is awaited, at the desks of the person."""
    today = timezone.localdate()
    rows = Service.objects.open().filter(
        proceeding__in=worked_proceedings(request.user, on=today),
        proceeding__desk__in=_desks(request.user, today),
    )
    state = request.GET.get("state")
    if state in Service.OPEN:
        rows = rows.filter(state=state)
    rows = rows.select_related("party", "document__paper", "proceeding__office")
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    context = {
        "rows": [_described(row) for row in found],
        "newer": newer,
        "older": older,
        "state": state if state in Service.OPEN else "",
        "states": [(each.value, each.label) for each in Service.OPEN],
        "today": today,
    }
    return render(request, "disputes/service_desk.html", context)


def _desks(user, today):
    return {posting.office_id for posting in standing_of(user, on=today).postings}


@require_safe
def case_service(request, pk):
    """Show what was served in the case, and what waits."""
    file = _readable(request, pk)
    rows = file.content.rows(Service.objects.filter(case=file.case))
    rows = rows.select_related("party", "document__paper", "added_by").order_by("-pk")
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    own = own_proceeding(file)
    context = {
        "file": file,
        "rows": [_described(row) for row in found],
        "newer": newer,
        "older": older,
        "works": bool(own) and may_serve(request.user, own, file.content),
        "papers": _papers_to_serve(file, own) if own else [],
        "several": sum(row.is_open for row in found) > 1,
        "today": file.today,
    }
    return render(request, "disputes/case_service.html", context)


def _papers_to_serve(file, own):
    """Return the issued papers to a party that stand on no receipt of service yet."""
    rows = CasePaper.objects.filter(
        proceeding=own, party__isnull=False, batch__isnull=True, paper__voided_at__isnull=True
    )
    rows = file.content.rows(rows).filter(services__isnull=True)
    rows = list(rows.select_related("paper", "party").order_by("-pk")[:PAGE])
    for row in rows:
        row.title = title_of(row.paper.kind)
    return rows


@require_POST
def paper_serve(request, pk):
    """Let an issued paper stand to be served on its recipient."""
    row = get_object_or_404(
        CasePaper.objects.filter(case__in=visible_cases(request.user)).select_related(
            "paper", "party", "proceeding__case"
        ),
        paper=pk,
    )
    content = read_case(request.user, row.case_id)[2]
    if not may_serve(request.user, row.proceeding, content):
        raise PermissionDenied
    if row.party is None or row.paper.is_void:
        raise Http404
    owing.owe_paper(row, at=timezone.now(), by=request.user)
    return redirect("case_service", pk=row.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
def case_service_many(request, pk):
    """Record one way and day of service for everybody who is ticked."""
    file = _readable(request, pk)
    own = own_proceeding(file)
    if own is None or not may_serve(request.user, own, file.content):
        raise PermissionDenied
    rows = Service.objects.open().filter(proceeding=own).order_by("paper", "pk")
    data = request.POST if request.method == "POST" else None
    form = forms.ManyForm(data, today=file.today, user=request.user)
    shown = list(rows.select_related("party", "document__paper")[:MOST])
    for row in shown:
        row.is_chosen = not form.is_bound or str(row.pk) in request.POST.getlist("chosen")
    chosen = [row for row in shown if row.is_chosen]
    if form.is_valid() and _prove_many(request, own, chosen, form):
        return redirect("case_service", pk=pk)
    context = {"file": file, "form": form, "rows": shown, "today": file.today}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/service_many.html", context, status=status)


def _prove_many(request, own, chosen, form):
    told = {**form.cleaned_data, "at": timezone.now(), "by": request.user}
    try:
        count = many.prove_many(own, chosen, **told)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Served: %(count)s papers.") % {"count": count})
    return True


@require_safe
def service(request, pk):
    """Show one service: what proves it, what came before, which clocks run from it."""
    row, content = find_service(request.user, pk)
    works = may_serve(request.user, row.proceeding, content)
    context = {
        "row": _described(row),
        "case": row.case,
        "clocks": correcting.clocks_of(row),
        "following": Service.objects.filter(previous=row).first(),
        "acts": _acts(row) if works else [],
        "works": works,
        "today": timezone.localdate(),
    }
    return render(request, "disputes/service.html", context)


def _acts(row):
    acts = [(name, act[0].title) for name, act in ACTS.items() if row.state in act[2]]
    return [each for each in acts if each[0] != "attach" or row.proof_id is None]


@require_http_methods(["GET", "HEAD", "POST"])
def service_act(request, pk, act):
    """Record what happened to the service *pk*."""
    if act not in ACTS:
        raise Http404
    row, content = find_service(request.user, pk)
    if not may_serve(request.user, row.proceeding, content):
        raise PermissionDenied
    form = ACTS[act][0](
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        service=row,
        today=timezone.localdate(),
        user=request.user,
    )
    if form.is_valid():
        done = do_act(row, act, form, by=request.user)
        if done:
            messages.success(request, str(form.done))
            return redirect("service", pk=done.pk)
    context = {"row": _described(row), "case": row.case, "form": form, "act": act}
    context["ways"] = [(WAYS[value], label) for value, label in _ways(form)]
    status = 422 if form.is_bound else 200
    return render(request, "disputes/service_act.html", context, status=status)


def _ways(form):
    return form.fields["method"].choices if "method" in form.fields else ()


def do_act(row, act, form, *, by):
    """Do what *form* says to the service *row*; return the ``Service`` that stands then, or None.

    A refusal stands in the form.
    """
    at = timezone.now()
    try:
        with transaction.atomic():
            facts = form.told(form.cleaned_data)
            file = form.cleaned_data.get("file")
            if file:
                facts["proof"] = add_evidence(row.proceeding, file=file, at=at, by=by)
            if act == "attach":
                return correcting.attach(row, **facts)
            return ACTS[act][1](row, **facts, at=at, by=by)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


@require_POST
def service_handed(request, pk):
    """Record with one tick that the paper was handed over and signed for today."""
    row, content = find_service(request.user, pk)
    if not may_serve(request.user, row.proceeding, content):
        raise PermissionDenied
    at = timezone.now()
    facts = {"method": "direct", "served_on": timezone.localdate(at), "signed": True}
    try:
        recording.prove(row, **facts, server=str(request.user), at=at, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The service is recorded."))
    return redirect("case_service", pk=row.case_id)


def find_service(user, pk):
    """Return (the ``Service`` *pk*, what *user* reads of its case); 404 or 403."""
    row = (
        Service.objects.filter(pk=pk, case__in=visible_cases(user))
        .select_related(
            "party", "document__paper", "proceeding__case", "proceeding__office", "proof", "case",
            "added_by", "previous__document__paper",
        )
        .first()
    )  # fmt: skip
    if row is None:
        raise Http404
    content = read_case(user, row.case_id)[2]
    if not content.is_full or not content.rows(Service.objects.filter(pk=pk)).exists():
        raise PermissionDenied
    return row, content


def may_serve(user, proceeding, content):
    """Return whether *user* works at the desk of *proceeding*: a lawyer who was asked does not."""
    serves = standing_of(user, on=timezone.localdate()).at(proceeding.desk_id)
    return bool(serves) and proceeding.pk in content.worked


def _readable(request, pk):
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    return file


def _described(row):
    """Give *row* what its line says besides: where the law asks for it, and how it is proved."""
    row.duty = DUTIES[row.paper]
    row.way = WAYS.get(row.method)
    return row
