"""The log: searching it, reading a line, taking lines out, having it verified."""

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_q.tasks import async_task

from audit import exporting, trail
from audit.domain.chain import unsealed
from audit.domain.finding import find
from audit.forms import ExportForm, SearchForm
from audit.look import changes_of, dress
from audit.models import AuditEntry, Seal, Verification
from audit.paging import turn
from offices.permissions import needs_duty

reads_audit = needs_duty("read_audit")
# The tail is a minute's worth; where it is longer than this, something is wrong anyway.
TAIL_CAP = 10_000


@require_safe
@reads_audit
def audit(request):
    """Show the lines that are asked for, newest first, and how far the log can be trusted."""
    form = SearchForm(request.GET)
    search = form.search
    page = turn(find(search), request.GET)
    _note_search(request, search)
    context = {
        "form": form,
        "search": search,
        "page": page,
        "lines": dress(page.rows),
        "export": ExportForm(initial=form.data.dict()),
        "verification": Verification.objects.first(),
        "tail": unsealed()[: TAIL_CAP + 1].count(),
        "tail_cap": TAIL_CAP,
    }
    return render(request, "audit/log.html", context)


@require_safe
@reads_audit
def entry(request, pk):
    """Show one line whole, with its seal."""
    line = get_object_or_404(AuditEntry, pk=pk)
    dress([line])
    context = {
        "line": line,
        "changes": changes_of(line),
        "seal": Seal.objects.filter(pk=pk).first(),
        "before": Seal.objects.filter(pk__lt=pk).order_by("-pk").first(),
        "same_request": _same_request(line),
    }
    return render(request, "audit/entry.html", context)


@never_cache
@require_POST
@reads_audit
def export(request):
    """Hand the lines out as a file; that they leave is written down first."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(request, f"{form.fields[name].label}: {errors[0]}")
        return redirect("audit")
    search, kind = form.search, form.cleaned_data["file_type"]
    # Lines that are written while the file leaves are not in it: it ends where it began.
    found = find(search).filter(pk__lte=_last_number())
    if kind == "xlsx" and exporting.is_too_much(found):
        messages.error(request, _("Too much for a workbook. Narrow the period or take CSV."))
        return redirect("audit")
    trail.record(
        request,
        AuditEntry.Action.EXPORT,
        object_type="audit.auditentry",
        reason=form.cleaned_data["reason"],
        changes={"search": [None, f"{kind} {search}".strip()]},
    )
    trail.note(request, skip=True)
    return _file(found, kind)


@require_POST
@reads_audit
def verify(request):
    """Have the whole chain verified in the background."""
    async_task("audit.jobs.verify", request.user.pk)
    messages.success(request, _("The log is being verified. Look again in a minute."))
    return redirect("audit")


def _file(found, kind):
    name = f"{_('Audit log')}-{timezone.localdate():%Y%m%d}.{kind}"
    language = get_language()
    if kind == "xlsx":
        file = exporting.workbook(found, language=language)
        return FileResponse(file, as_attachment=True, filename=name)
    answer = StreamingHttpResponse(
        exporting.csv_lines(found, language=language), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _last_number():
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _note_search(request, search):
    """Let the line of this page say what was looked for: names of staff and numbers of cases."""
    if search.is_narrow:
        words = {"search": [None, str(search)]}
        trail.note(request, action=AuditEntry.Action.SEARCH, changes=words)


def _same_request(line):
    """Return the other lines that the same click left, a handful on each side."""
    if not line.request:
        return []
    near = AuditEntry.objects.filter(pk__range=(line.pk - 500, line.pk + 500), request=line.request)
    return dress(near.exclude(pk=line.pk).order_by("pk")[:50])
