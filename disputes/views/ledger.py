"""Importing a ledger from a page: hand it in, see how far it is, read what became of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_q.tasks import async_task

from disputes.domain.ledger.columns import NEEDED, REASON, TITLES
from disputes.domain.ledger.uploads import hand_in
from disputes.domain.ledger.words import CAUSES, OUTCOMES, names_in
from disputes.forms.ledger import LedgerForm
from disputes.models import LedgerImport
from disputes.views.paging import page_by_pk
from offices.domain.staffing import offices_where

DUTY = "import_ledger"
PAGE = 20
# More findings than anybody reads on a page; all errors stand in the workbook of rejects.
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request):
    """Show what was imported so far, and take in a further ledger."""
    offices = _offices(request.user)
    if request.method == "POST":
        form = LedgerForm(request.POST, request.FILES, offices=offices)
        if form.is_valid():
            return redirect("ledger_import", pk=_begin(form.cleaned_data, request.user).pk)
    else:
        form = LedgerForm(offices=offices)
    return _show_all(request, form, offices)


def _show_all(request, form, offices):
    imports = LedgerImport.objects.filter(federation__in=offices)
    rows, newer, older = page_by_pk(
        imports.select_related("uploaded_by").defer("report"), request.GET, size=PAGE
    )
    context = {
        "form": form,
        "imports": rows,
        "newer": newer,
        "older": older,
        "needed": [TITLES[field][0] for field in NEEDED],
        "others": [titles[0] for field, titles in TITLES.items() if field not in NEEDED],
        "causes": names_in(CAUSES),
        "outcomes": names_in(OUTCOMES),
        "reason": REASON,
    }
    return render(request, "disputes/ledger.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _begin(handed_in, user):
    record = hand_in(handed_in["file"], office=handed_in["office"], at=timezone.now(), by=user)
    async_task("disputes.jobs.import_handed_in_ledger", record.pk, get_language())
    return record


@require_safe
def ledger_import(request, pk):
    """Show how far an import is, then its report. Asked by htmx, only the part that moves."""
    record = _find(request.user, pk)
    if request.htmx:
        if record.at_work:
            return render(request, "disputes/_ledger_progress.html", {"record": record})
        return HttpResponse(headers={"HX-Refresh": "true"})
    errors = record.report.get("errors", [])
    warnings = record.report.get("warnings", [])
    context = {
        "record": record,
        "errors": errors[:SHOWN],
        "more_errors": len(errors[SHOWN:]),
        "warnings": warnings[:SHOWN],
        "more_warnings": len(warnings[SHOWN:]),
        "sheets": any("sheet" in finding for finding in errors + warnings),
    }
    return render(request, "disputes/ledger_import.html", context)


@require_safe
def ledger_rejects(request, pk):
    """Hand the rejected rows back as a workbook."""
    record = _find(request.user, pk)
    if not record.rejects:
        raise Http404
    stem = record.name.removesuffix(".xlsx")
    name = _("%(ledger)s, rejected rows.xlsx") % {"ledger": stem}
    return FileResponse(record.rejects.open(), as_attachment=True, filename=name)


def _offices(user):
    """The offices for which `user` imports ledgers; whoever does so nowhere reads 403."""
    offices = offices_where(user, DUTY, on=timezone.localdate()).order_by("path")
    if not offices.exists():
        raise PermissionDenied
    return offices


def _find(user, pk):
    """The import `pk` if it is one of the user's offices'; else it does not exist for her."""
    records = LedgerImport.objects.select_related("federation", "uploaded_by")
    return get_object_or_404(records, pk=pk, federation__in=_offices(user))
