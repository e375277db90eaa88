"""Papers for everybody on a roster: how far they are, and the two files when they are ready."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.models import PaperBatch
from disputes.permissions import read_case, visible_cases
from papers.titles import title_of


@require_safe
def batch(request, pk):
    """Show how far a batch is. Asked by htmx, only the part that moves."""
    row = _find(request.user, pk)
    if request.htmx:
        if row.at_work:
            return render(request, "disputes/_batch_progress.html", {"row": row})
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"row": row, "case": row.proceeding.case, "title": title_of(row.kind)}
    return render(request, "disputes/batch.html", context)


@require_safe
def batch_archive(request, pk):
    """Hand out all papers, a file each, in one archive."""
    row = _find(request.user, pk)
    return _hand_out(row.archive, _name(row, "zip"))


@require_safe
def batch_book(request, pk):
    """Hand out all papers in one PDF, to be printed."""
    row = _find(request.user, pk)
    return _hand_out(row.book, _name(row, "pdf"))


def _hand_out(file, name):
    if not file:
        raise Http404
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _name(row, ending):
    words = _("%(title)s, %(number)s, %(count)d papers")
    said = {"title": title_of(row.kind), "number": row.proceeding.number, "count": row.total}
    return f"{words % said}.{ending}"


def _find(user, pk):
    """Return the batch *pk* where *user* works on its case, else refuse."""
    row = (
        PaperBatch.objects.filter(pk=pk, proceeding__case__in=visible_cases(user))
        .select_related("proceeding__case", "by")
        .first()
    )
    if row is None:
        raise Http404
    if row.proceeding_id not in read_case(user, row.proceeding.case_id)[2].worked:
        raise PermissionDenied
    return row
