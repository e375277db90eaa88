"""The papers of a case: which there are, a draft with its preview, issuing, handing out, void."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_q.tasks import async_task

from disputes.domain import case_papers, paper_batches
from disputes.forms.papers import FieldsForm, VoidForm
from disputes.models import CasePaper
from disputes.papers import due_at, sources_at
from disputes.permissions import read_case, visible_cases
from disputes.views.casefile import CaseFile
from disputes.views.paging import read_number
from offices.domain.standing import standing_of
from offices.refusals import Refusal
from papers.answers import PDF, WORD, hand_out, show_page
from papers.domain import issuing, previews
from papers.domain.converting import has_office
from papers.domain.picturing import count_pages
from papers.layouts import GROUPS, KINDS
from papers.refusals import ConversionFailed, NoOffice
from papers.titles import title_of

PER_PAGE = 50
AT_ONCE = 20
MOST_BATCHES = 10


@require_safe
def papers_of_case(request, pk):
    """List what was issued in the case and what can be."""
    file = _readable(request, pk)
    rows = file.content.rows(CasePaper.objects.filter(case=file.case))
    before = read_number(request.GET.get("before"))
    rows = rows.filter(pk__lt=before) if before else rows
    rows = rows.select_related("paper__issued_by", "paper__office", "party").order_by("-pk")
    found = list(rows[: PER_PAGE + 1])
    own = own_proceeding(file)
    context = {
        "file": file,
        "rows": [_with_title(row) for row in found[:PER_PAGE]],
        "older": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
        "groups": _groups(own) if own else [],
        "due": _due(own) if own else [],
        "batches": _batches(own) if own else [],
        "has_office": has_office(),
    }
    return render(request, "disputes/papers.html", context)


def paper_draft(request, pk, code):
    """Show a draft filled from the case, take what is missing, issue it."""
    file = _readable(request, pk)
    own = own_proceeding(file)
    if own is None:
        raise PermissionDenied
    source = sources_at(own.tier).get(code)
    if source is None:
        raise Http404
    party = _recipient(request, file) if source.to_party else None
    form = _fields(request, own, code, party)
    if form.is_bound and form.is_valid():
        answer = _act(request, file, own, code, party, form)
        if answer is not None:
            return answer
    context = _draft_context(request, file, own, code, party, form)
    context["to_party"] = source.to_party
    status = 422 if form.errors else 200
    return render(request, "disputes/paper_draft.html", context, status=status)


@require_safe
def paper_draft_page(request, pk, name, number):
    """Show one page of a draft of this case."""
    file = _readable(request, pk)
    if own_proceeding(file) is None:
        raise PermissionDenied
    pdf = previews.find(f"{pk}", name)
    if pdf is None:
        raise Http404
    return show_page(pdf, number)


@require_safe
def paper(request, pk):
    """Show an issued paper: its pages, its number, whether it counts."""
    row, content = find_issued(request.user, pk)
    pdf, trouble = _pdf(row.paper)
    context = {
        "row": _with_title(row),
        "paper": row.paper,
        "case": row.case,
        "pages": range(1, count_pages(pdf) + 1) if pdf else (),
        "trouble": trouble,
        "form": VoidForm(),
        "mine": may_void(request.user, row, content),
    }
    return render(request, "disputes/paper.html", context)


@require_safe
def paper_word(request, pk):
    """Hand out the Word document."""
    row, _content = find_issued(request.user, pk)
    return hand_out(issuing.read(row.paper), name=_name(row.paper, "docx"), content_type=WORD)


@require_safe
def paper_pdf(request, pk):
    """Hand out the PDF; where it cannot be made, say why on the page of the paper."""
    row, _content = find_issued(request.user, pk)
    pdf, trouble = _pdf(row.paper)
    if pdf is None:
        messages.error(request, trouble)
        return redirect("paper", pk=pk)
    return hand_out(pdf, name=_name(row.paper, "pdf"), content_type=PDF)


@require_safe
def paper_page(request, pk, number):
    """Show one page of an issued paper."""
    row, _content = find_issued(request.user, pk)
    pdf, _trouble = _pdf(row.paper)
    if pdf is None:
        raise Http404
    return show_page(pdf, number)


@require_POST
def paper_void(request, pk):
    """Declare a paper void: by whoever works at the desk that issued it."""
    row, content = find_issued(request.user, pk)
    if not may_void(request.user, row, content):
        raise PermissionDenied
    try:
        case_papers.void_paper(
            row, reason=request.POST.get("reason", "")[:200], at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The paper is void; its number stays taken."))
    return redirect("paper", pk=pk)


def may_void(user, row, content):
    """Return whether *user* works at the desk of the paper *row*, or issued it herself.

    A lawyer who was asked about the proceeding reads its papers, and voids none but her own.
    """
    if row.proceeding_id not in content.worked:
        return False
    serves = standing_of(user, on=timezone.localdate()).at(row.proceeding.desk_id)
    return bool(serves) or row.paper.issued_by_id == user.pk


def own_proceeding(file):
    """Return the last proceeding whose desk the person works at, or None."""
    mine = [row for row in file.proceedings if row.pk in file.content.worked]
    return mine[-1] if mine else None


def _readable(request, pk):
    """Return the case; 404 for a stranger, 403 for whoever reads the outline only."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    return file


def find_issued(user, pk):
    """Return (the ``CasePaper`` of paper *pk*, what *user* reads of its case).

    Raises ``Http404`` where the case does not exist for her, and ``PermissionDenied``.
    """
    row = (
        CasePaper.objects.filter(paper=pk, case__in=visible_cases(user))
        .select_related(
            "paper__office",
            "paper__issued_by",
            "paper__voided_by",
            "case",
            "party",
            "proceeding",
        )
        .first()
    )
    if row is None:
        raise Http404
    content = read_case(user, row.case_id)[2]
    if not content.rows(CasePaper.objects.filter(pk=row.pk)).exists():
        raise PermissionDenied
    return row, content


def _pdf(paper):
    try:
        return issuing.pdf_of(paper), ""
    except (NoOffice, ConversionFailed) as refusal:
        return None, str(refusal)


def _name(paper, ending):
    return f"{paper.title}{paper.number}.{ending}"


def _with_title(row):
    row.title = title_of(row.paper.kind)
    return row


def _batches(own):
    """Return the latest batches of the desk, with the title of their papers."""
    rows = list(own.paper_batches.all()[:MOST_BATCHES])
    for row in rows:
        row.title = title_of(row.kind)
    return rows


def _groups(own):
    sources = sources_at(own.tier)
    groups = [
        (title, [(kind.code, title_of(kind.code)) for kind in kinds if kind.code in sources])
        for title, kinds in GROUPS
    ]
    return [(title, kinds) for title, kinds in groups if kinds]


def _due(own):
    """Return (code, title) of the papers whose time has come and that were not issued yet."""
    issued = set(
        CasePaper.objects.filter(proceeding=own, paper__voided_at__isnull=True).values_list(
            "paper__kind", flat=True
        )
    )
    return [
        (source.code, title_of(source.code)) for source in due_at(own) if source.code not in issued
    ]


def _recipient(request, file):
    """Return the party that *to* names, else the first."""
    wanted = read_number(request.POST.get("to") or request.GET.get("to"))
    if wanted is None:
        return file.parties[0] if file.parties else None
    return get_object_or_404(file.case.parties.filter(Q(pk=wanted)))


def _fields(request, own, code, party):
    _content, needed, optional = case_papers.draft_paper(own, code, party=party, at=timezone.now())
    data = request.POST if request.method == "POST" else None
    return FieldsForm(data, needed=needed, optional=optional)


def _act(request, file, own, code, party, form):
    """Do what the pressed button says; None shows the draft again."""
    if "word" in request.POST:
        content = _draft(request, own, code, party, form)[0]
        return hand_out(content, name=f"{KINDS[code].heading}-草稿.docx", content_type=WORD)
    if "issue" not in request.POST:
        return None
    if party and request.POST.get("roster"):
        return _order(request, own, code, form)
    parties = [party]
    if party and request.POST.get("all"):
        parties = [row for row in file.parties if row.kind == party.kind][:AT_ONCE]
    try:
        rows = case_papers.issue_paper(
            own,
            code,
            parties=parties,
            typed=form.typed(),
            url=_address(request, own),
            at=timezone.now(),
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(
        request, _("Issued: %(number)s.") % {"number": "、".join(row.paper.number for row in rows)}
    )
    if len(rows) == 1:
        return redirect("paper", pk=rows[0].paper_id)
    return redirect("case_papers", pk=file.case.pk)


@transaction.atomic
def _order(request, own, code, form):
    """Have the paper made for everybody on the roster, in the background."""
    try:
        row = paper_batches.order_batch(
            own, code, typed=form.typed(), url=_address(request, own), at=timezone.now(),
            by=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    async_task("disputes.jobs.make_paper_batch", row.pk)
    return redirect("paper_batch", pk=row.pk)


def _draft(request, own, code, party, form):
    typed = form.typed() if form.is_bound and form.is_valid() else {}
    return case_papers.draft_paper(
        own, code, party=party, typed=typed, url=_address(request, own), at=timezone.now()
    )


def _draft_context(request, file, own, code, party, form):
    content, needed, _optional = _draft(request, own, code, party, form)
    context = {"name": "", "pages": (), "trouble": ""}
    try:
        pdf, name = previews.preview(f"{file.case.pk}", content)
        context.update(name=name, pages=range(1, count_pages(pdf) + 1))
    except (NoOffice, ConversionFailed) as refusal:
        context["trouble"] = str(refusal)
    return context | {
        "file": file,
        "own": own,
        "code": code,
        "title": title_of(code),
        "party": party,
        "form": form,
        "missing": needed,
    }


def _address(request, own):
    return request.build_absolute_uri(reverse("case", args=[own.case_id]))
