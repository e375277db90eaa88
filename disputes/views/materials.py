"""The doors to the materials of a case: files are never served by their address."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain import previewing
from disputes.domain.evidence import describe
from disputes.domain.filetypes import is_shown_in_place, name_of
from disputes.domain.proof import lists_for
from disputes.domain.refusals import Refusal
from disputes.forms.notes import DescriptionForm
from disputes.models import Evidence
from disputes.permissions import read_case, visible_cases
from disputes.views.casefile import CaseFile
from disputes.views.paging import read_number
from disputes.views.ranges import hand_out_part
from papers.refusals import ConversionFailed

# Whatever a stranger's file holds, it runs nothing here.
SHUT = "sandbox; default-src 'none'"


@never_cache
@require_safe
def material(request, pk):
    """Hand out a file: 404 for a stranger to its case, 403 for one who does not read this file."""
    row = _readable(request.user, pk)
    response = hand_out_part(
        request,
        _open(row),
        size=row.size,
        as_attachment=not is_shown_in_place(row.content_type),
        filename=row.name,
        content_type=row.content_type,
    )
    response.headers["Content-Security-Policy"] = SHUT
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_preview(request, pk):
    """Show a material beside what is known of it; on POST write down what was missing."""
    row = _readable(request.user, pk)
    file = CaseFile(request.user, row.case_id)
    mine = row.proceeding_id in file.content.worked
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form = DescriptionForm(
        request.POST if request.method == "POST" else None,
        parties=file.parties,
        initial=DescriptionForm.initial_of(row),
    )
    if form.is_bound and form.is_valid() and _describe(request, row, form):
        return redirect("material_preview", pk=pk)
    context = {"row": row, "file": file, "form": form, "mine": mine}
    context |= _shown(request, row) | _around(file, row)
    context["lines"] = lists_for(file.content, file.case, of=row)
    status = 422 if form.is_bound else 200
    return render(request, "disputes/material.html", context, status=status)


@never_cache
@require_safe
def material_page(request, pk, number):
    """Hand out one page of a PDF, or an image at the size of a screen, as a picture."""
    row = _readable(request.user, pk)
    try:
        with _open(row) as stored:
            found = previewing.draw(stored, row.content_type, number)
    except ConversionFailed:
        found = None
    if found is None:
        raise Http404
    content, kind = found
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Security-Policy"] = SHUT
    return response


def _describe(request, row, form):
    try:
        describe(row, **form.said(), at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("What is known of the material is written down."))
    return True


def _shown(request, row):
    """Return what the page shows of the file itself: how, and which page of how many."""
    with _open(row) as stored:
        way, pages = previewing.way_of(stored, row.content_type)
    number = min(max(read_number(request.GET.get("page"), 1), 1), max(pages, 1))
    kind = name_of(row.content_type)
    return {"way": way, "pages": pages, "number": number, "kind": kind}


def _around(file, row):
    """Return the materials before and after *row* among those that she reads."""
    rows = file.content.rows(file.case.evidence.all())
    return {
        "earlier": rows.filter(pk__lt=row.pk).order_by("-pk").first(),
        "later": rows.filter(pk__gt=row.pk).order_by("pk").first(),
        "whose": next((party for party in file.parties if party.pk == row.party_id), None),
    }


def _readable(user, pk):
    """Return the material *pk*; 404 for a stranger to its case, 403 for who does not read it."""
    rows = Evidence.objects.filter(pk=pk, case__in=visible_cases(user))
    row = rows.select_related("added_by").first()
    if row is None:
        raise Http404
    content = read_case(user, row.case_id)[2]
    if not content.rows(Evidence.objects.filter(pk=pk)).exists():
        raise PermissionDenied
    return row


def _open(row):
    try:
        return row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
