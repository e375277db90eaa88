"""The page of one case, and what is written and handed in there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from disputes.domain.evidence import add_evidence
from disputes.domain.notes import VERBS, add_note, correct_note
from disputes.domain.refusals import Refusal
from disputes.forms.notes import CorrectionForm, MaterialForm, NoteForm
from disputes.models import TimelineEntry
from disputes.views.casefile import CaseFile
from disputes.views.paging import read_number


@require_safe
def case(request, pk):
    """Show the case as far as this person reads it."""
    return show_case(request, CaseFile(request.user, pk))


@require_POST
def case_note(request, pk):
    """Write a note into the timeline, or correct one's own."""
    file = writable(request, pk)
    corrected = _corrected(file, request.POST.get("corrects"))
    form = (CorrectionForm if corrected else NoteForm)(request.POST)
    if not form.is_valid():
        return show_case(request, file, note=form, corrected=corrected)
    written = {**form.cleaned_data, "at": timezone.now(), "by": request.user}
    try:
        if corrected:
            correct_note(corrected, **written)
        else:
            add_note(own_proceeding(file), **written)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_case(request, file, note=form, corrected=corrected)
    messages.success(request, _("Written into the timeline."))
    return redirect("case", pk=pk)


@require_POST
def case_materials(request, pk):
    """Keep files that come after filing."""
    file = writable(request, pk)
    form = MaterialForm(request.POST, request.FILES, parties=file.parties)
    if form.is_valid():
        _keep_files(request, file, form)
    if form.errors:
        return show_case(request, file, material=form)
    return redirect(f"{reverse('case', args=[pk])}#materials")


def _keep_files(request, file, form):
    """Keep what can be kept; what cannot is named in the form, with the reason."""
    told = {"at": timezone.now(), "by": request.user}
    for upload in request.FILES.getlist("files"):
        try:
            add_evidence(own_proceeding(file), file=upload, **form.said(), **told)
        except Refusal as refusal:
            form.add_error("files", f"{upload.name}：{refusal}")
        else:
            messages.success(request, _("%(name)s is kept.") % {"name": upload.name})


def show_case(request, file, *, note=None, corrected=None, material=None):
    """Return the page of the case *file*: whole, in outline, or only how it stands."""
    if not file.content.is_outline:
        return render(request, "disputes/case_status.html", {"file": file})
    corrected = corrected or _corrected(file, request.GET.get("correct"))
    entries, older = file.timeline(request.GET) if file.content.is_full else ([], None)
    context = {
        "file": file,
        "entries": entries,
        "older": older,
        "kind": request.GET.get("kind", ""),
        "kinds": TimelineEntry.Kind.choices,
        "corrected": corrected,
        "note": note or (CorrectionForm() if corrected else NoteForm()),
        "material": material or MaterialForm(parties=file.parties),
        "today": file.today,
    }
    status = 422 if material else 200
    return render(request, "disputes/case.html", context, status=status)


def writable(request, pk):
    """Return the case if this person works in it; 404 for a stranger, 403 for a mere reader."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full or not own_proceeding(file):
        raise PermissionDenied
    return file


def own_proceeding(file):
    """Return the last proceeding whose desk the person works at, or None."""
    mine = [row for row in file.proceedings if row.pk in file.content.worked]
    return mine[-1] if mine else None


def _corrected(file, text):
    """Return the entry of one's own that *text* names, or None when it names nothing."""
    pk = read_number(text)
    if pk is None or not file.content.is_full:
        return None
    rows = file.content.rows(TimelineEntry.objects.filter(case=file.case))
    return get_object_or_404(rows.filter(actor=file.user, kind__in=VERBS), pk=pk)
