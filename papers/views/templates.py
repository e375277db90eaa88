"""The templates of papers: which counts, a new version, its preview, the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from offices.context import duties_of
from offices.refusals import Refusal
from papers.answers import WORD, hand_out, show_page
from papers.domain import previews, templates
from papers.domain.converting import has_office
from papers.domain.picturing import count_pages
from papers.forms import EffectForm, TemplateForm
from papers.layouts import GROUPS, KINDS, built_in
from papers.models import PaperTemplate
from papers.refusals import ConversionFailed, NoOffice
from papers.titles import title_of

KEEPER = "administer_offices"
FIRST = 1  # the version that comes with the product


@require_safe
def paper_templates(request):
    """List the kinds of papers with the version that counts and those that wait."""
    _require_keeper(request)
    today = timezone.localdate()
    rows = list(PaperTemplate.objects.select_related("by").order_by("kind", "version"))
    context = {
        "groups": [
            (title, [_sum_up(kind, rows, today) for kind in kinds]) for title, kinds in GROUPS
        ],
        "has_office": has_office(),
    }
    return render(request, "papers/templates.html", context)


def paper_template(request, code):
    """Show the versions of one kind, and take in a new one."""
    _require_keeper(request)
    _kind(code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = _propose(form, code, request.user)
        if row:
            messages.success(request, _("The version is kept. Look at it before it takes effect."))
            return redirect("paper_template_version", code=code, version=row.version)
    today = timezone.localdate()
    rows = list(PaperTemplate.objects.filter(kind=code).select_related("by").order_by("-version"))
    current, _content = templates.current_template(code, on=today)
    context = {
        "code": code,
        "title": title_of(code),
        "rows": rows,
        "current": current.version if current else FIRST,
        "fields": sorted(templates.fields_for(code)),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "papers/template.html", context, status=status)


def template_version(request, code, version):
    """Show a version filled with sample data; bring it into effect, or give it up."""
    _require_keeper(request)
    row = _version(code, version)
    form = EffectForm(request.POST or None, initial={"effective_from": timezone.localdate()})
    if request.method == "POST" and row is not None:
        answer = _decide(request, row, form)
        if answer is not None:
            return answer
    pdf, trouble = _preview(code, row)
    context = {
        "code": code,
        "title": title_of(code),
        "version": version,
        "row": row,
        "form": form,
        "pages": range(1, count_pages(pdf) + 1) if pdf else (),
        "trouble": trouble,
    }
    status = 422 if form.is_bound else 200
    return render(request, "papers/template_version.html", context, status=status)


@require_safe
def template_file(request, code, version):
    """Hand out a version as it is, to be changed in Word."""
    _require_keeper(request)
    row = _version(code, version)
    content = templates.read(row) if row else built_in(code)
    return hand_out(content, name=f"{KINDS[code].heading}-{version}.docx", content_type=WORD)


@require_safe
def template_page(request, code, version, number):
    """Show one page of the preview."""
    _require_keeper(request)
    pdf, _trouble = _preview(code, _version(code, version))
    if pdf is None:
        raise Http404
    return show_page(pdf, number)


def _require_keeper(request):
    if KEEPER not in duties_of(request):
        raise PermissionDenied


def _kind(code):
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _version(code, version):
    """Return the ``PaperTemplate``, None for the product's own; raises ``Http404``."""
    _kind(code)
    if version == FIRST:
        return None
    return get_object_or_404(PaperTemplate, kind=code, version=version)


def _sum_up(kind, rows, today):
    own = [row for row in rows if row.kind == kind.code]
    counting = [
        row
        for row in own
        if row.state == PaperTemplate.State.EFFECTIVE and row.effective_from <= today
    ]
    return {
        "code": kind.code,
        "title": title_of(kind.code),
        "heading": kind.heading,
        "current": max(counting, key=lambda row: (row.effective_from, row.version), default=None),
        "waiting": [row for row in own if row.state == PaperTemplate.State.PROPOSED],
    }


def _propose(form, code, user):
    try:
        return templates.propose(code, **form.cleaned_data, at=timezone.now(), by=user)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None


def _decide(request, row, form):
    try:
        if "drop" in request.POST:
            templates.drop(row)
            messages.success(request, _("The version is given up."))
        elif form.is_valid():
            templates.bring_into_effect(row, on=form.cleaned_data["effective_from"])
            messages.success(request, _("The version takes effect on that day."))
        else:
            return None
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("paper_template", code=row.kind)


def _preview(code, row):
    """Return (the preview as PDF bytes or None, why there is none)."""
    if row is not None and row.preview:
        with row.preview.open("rb") as file:
            return file.read(), ""
    content = templates.read(row) if row else None
    try:
        return previews.preview("template", templates.sample_of(code, content))[0], ""
    except (NoOffice, ConversionFailed) as refusal:
        return None, str(refusal)
