"""The whole file of a case as one PDF: ask for it, see how far it is, take it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_q.tasks import async_task

from disputes.domain.dossier import assembling
from disputes.dossiers import PDF, kept_back, pieces_of
from disputes.models import Dossier
from disputes.permissions import read_case, visible_cases
from disputes.views.casefile import CaseFile
from offices.refusals import Refusal
from papers.domain.converting import has_office

MINE = 10  # of her own files of a case, the newest


@require_http_methods(["GET", "HEAD", "POST"])
def dossiers(request, pk):
    """Show of what the file would be made, and take the order for it."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    trouble = ""
    if request.method == "POST":
        try:
            return redirect("dossier", pk=_begin(file, request.user).pk)
        except assembling.BeingBound:
            return redirect("dossier", pk=_at_work(file, request.user).pk)
        except Refusal as refusal:
            trouble = str(refusal)
    pieces = pieces_of(file.case, file.content)
    context = {
        "file": file,
        "parts": _by_part(pieces),
        "count": len(pieces),
        "left": kept_back(file.proceedings, file.content),
        "mine": _of(request.user).filter(case=file.case)[:MINE],
        "has_office": has_office(),
        "trouble": trouble,
    }
    return render(request, "disputes/dossiers.html", context, status=422 if trouble else 200)


@never_cache
@require_safe
def dossier(request, pk):
    """Show how far a file is, then where to take it. Asked by htmx, only the part that moves."""
    row = _own(request.user, pk)
    if request.htmx:
        if row.at_work:
            return render(request, "disputes/_dossier_progress.html", {"row": row})
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "disputes/dossier.html", {"row": row})


@never_cache
@require_safe
def dossier_pdf(request, pk):
    """Hand the file to the person who asked for it, as long as she reads the case."""
    row = _own(request.user, pk)
    if not row.file:
        raise Http404
    name = f"{row.case.proceedings.last().number} 卷宗.pdf"
    try:
        return FileResponse(
            row.file.open("rb"), as_attachment=True, filename=name, content_type=PDF
        )
    except FileNotFoundError:
        raise Http404 from None


@transaction.atomic
def _begin(file, user):
    row = assembling.ask(file.case, file.content, at=timezone.now(), by=user)
    async_task("disputes.jobs.put_file_together", row.pk, get_language())
    return row


def _of(user):
    return Dossier.objects.filter(asked_by=user)


def _at_work(file, user):
    waiting = _of(user).filter(case=file.case, state__in=["waiting", "running"])
    return get_object_or_404(waiting)


def _own(user, pk):
    """Return the file *pk* of *user*; 404 for anybody else's, 403 when she reads an outline."""
    rows = _of(user).filter(case__in=visible_cases(user)).select_related("case")
    row = get_object_or_404(rows, pk=pk)
    if not read_case(user, row.case_id)[2].is_full:
        raise PermissionDenied
    return row


def _by_part(pieces):
    parts = {}
    for piece in pieces:
        parts.setdefault(piece.part, []).append(piece)
    return list(parts.items())
