"""The page on which a lawyer reads a file and gives her opinion without leaving it."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from disputes.domain import drafts
from disputes.domain.refusals import Refusal
from disputes.look.outline import case_title
from disputes.permissions import read_case
from disputes.views.paging import read_number
from legal_aid.domain import pages
from legal_aid.domain.reading import annotate, forget, note_reading
from legal_aid.forms.reviews import FullReviewForm, GiveBackForm, TakeForm
from legal_aid.permissions import get_review
from legal_aid.views.doing import Act, acts_for, listed, serve_act

NOT_KEPT = {"csrfmiddlewaretoken", "save", "submit"}
ZOOMS = (1, 2, 3)
ACTS = {
    "accept": Act(TakeForm, ("advise",), lambda row: row.is_offered, first=True),
    "give-back": Act(GiveBackForm, ("advise",), lambda row: row.is_offered),
}


class Table:
    """What lies on the lawyer's table: the materials, the page in view, her notes, her draft."""

    def __init__(self, request, review):
        self.user, self.review, self.query = request.user, review, request.GET
        self.today = timezone.localdate()
        self.case, _proceedings, self.content = read_case(request.user, review.proceeding.case_id)
        if not self.content.is_full:
            raise Http404

    @cached_property
    def materials(self):
        """The materials that she reads, each with how far she has got."""
        readings = {row.material_id: row for row in self.review.readings.all()}
        rows = list(self.content.rows(self.case.evidence.all()).order_by("pk"))
        for row in rows:
            row.reading = readings.get(row.pk)
        return rows

    @property
    def unread(self):
        """How many materials she has not read to their end."""
        return sum(1 for row in self.materials if not (row.reading and row.reading.is_done))

    @cached_property
    def material(self):
        """The one in view: the one asked for, else the first unread, else the first."""
        wanted = read_number(self.query.get("doc"))
        chosen = [row for row in self.materials if row.pk == wanted]
        unread = [row for row in self.materials if not (row.reading and row.reading.is_done)]
        return next(iter([*chosen, *unread, *self.materials]), None)

    @cached_property
    def pages(self):
        """How many pages the material in view has; 0 when it cannot be shown here."""
        if self.material is None:
            return 0
        if self.material.content_type.startswith("image/"):
            return 1
        if self.material.content_type != pages.PDF:
            return 0
        try:
            return pages.count_pages(self.material)
        except pages.Unreadable:
            return 0

    @property
    def page(self):
        return min(max(read_number(self.query.get("page"), 1), 1), max(self.pages, 1))

    @property
    def turn(self):
        turn = read_number(self.query.get("turn"), 0)
        return turn if turn in pages.TURNS else 0

    @property
    def turned(self):
        return (self.turn + 90) % 360

    @property
    def zoom(self):
        zoom = read_number(self.query.get("zoom"), 1)
        return zoom if zoom in ZOOMS else 1

    @property
    def nearer(self):
        return min(self.zoom + 1, ZOOMS[-1])

    @property
    def farther(self):
        return max(self.zoom - 1, ZOOMS[0])

    @property
    def is_pdf(self):
        return self.material is not None and self.material.content_type == pages.PDF

    @cached_property
    def annotations(self):
        """Her notes on the page in view."""
        rows = self.review.annotations.filter(material=self.material, page=self.page)
        return list(rows) if self.material else []

    @property
    def neighbours(self):
        """The materials before and after the one in view, None at the ends."""
        if self.material is None:
            return None, None
        at = self.materials.index(self.material)
        before = self.materials[at - 1] if at else None
        after = self.materials[at + 1] if at + 1 < len(self.materials) else None
        return before, after

    @cached_property
    def draft(self):
        return drafts.read_draft(self.user, form=draft_name(self.review))

    def form(self):
        """Return the form with what was drafted, or what an opinion handed back had said."""
        content = drafts.content_of(self.draft) if self.draft else {}
        initial = {name: values[0] for name, values in content.items() if values}
        if not initial and self.review.opinion:
            names = ("facts", "opinion", "recommendation", "risk", "bottom_line")
            initial = {name: getattr(self.review, name) for name in names}
        return FullReviewForm(review=self.review, user=self.user, today=self.today, initial=initial)


def draft_name(review):
    """Return the name under which the draft of *review* is kept."""
    return f"review-{review.pk}"


@never_cache
@require_safe
def review(request, pk):
    """Show the brief before the lawyer has taken the review, then the file and her form."""
    row = get_review(request.user, pk)
    if row.is_offered:
        return _show_brief(request, row)
    return show_review(request, row)


def show_review(request, row, *, form=None):
    """Return the page of the review *row* that was taken, with *form* when it has errors."""
    table = Table(request, row)
    _note_page(table)
    form = form or table.form()
    context = {
        "review": row,
        "table": table,
        "title": case_title(table.case.parties.all()),
        "form": form,
        "is_open": row.submitted_at is None,
        "returned": row.returns.first(),
        "left": (row.due_on - table.today).days,
        "today": table.today,
    }
    status = 422 if form.is_bound else 200
    return render(request, "legal_aid/review.html", context, status=status)


def _note_page(table):
    """Note that the page in view was opened, where that is news."""
    material = table.material
    if not table.pages or table.review.submitted_at is not None:
        return
    if material.reading is None or table.page > material.reading.furthest:
        material.reading = note_reading(
            table.review, material, page=table.page, pages=table.pages, at=timezone.now()
        )


def _show_brief(request, row):
    case = row.proceeding.case
    parties = [
        (party.get_role_display(), party.name, party.contact_name) for party in case.parties.all()
    ]
    context = {
        "row": row,
        "case": case,
        "parties": parties,
        "claims": [str(claim) for claim in case.claims.all()],
        "acts": listed(acts_for(ACTS, row), "review_act", row.pk),
    }
    return render(request, "legal_aid/review_brief.html", context)


def review_act(request, pk, name):
    """Take the review, or give it back."""
    row = get_review(request.user, pk)
    own = reverse("review", args=[pk])
    trail = [(_("My assignments"), reverse("matters"))]
    after = (lambda made: reverse("matters")) if name == "give-back" else None
    return serve_act(request, ACTS, name, row, back=own, trail=trail, after=after)


@never_cache
@require_safe
def review_page(request, pk, material, page):
    """Draw one page of a PDF that the lawyer reads; 404 for anybody else."""
    table = _open_table(request, pk)
    row = next((each for each in table.materials if each.pk == material), None)
    if row is None or row.content_type != pages.PDF:
        raise Http404
    try:
        drawn = pages.draw_page(row, page, turn=table.turn)
    except pages.Unreadable:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/png")


@require_POST
def review_draft(request, pk):
    """Keep what is written so far; answer 204."""
    table = _open_table(request, pk)
    if table.review.submitted_at is not None:
        return HttpResponse(status=204)
    try:
        keep_draft(table.review, request)
    except Refusal as refusal:
        return HttpResponseBadRequest(str(refusal))
    if "save" in request.POST:
        messages.success(request, _("The draft is kept."))
        return redirect("review", pk=pk)
    return HttpResponse(status=204)


def keep_draft(review, request):
    """Keep what *request* posts as the draft of *review*. Raises ``DraftTooLong``."""
    content = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    drafts.save_draft(request.user, form=draft_name(review), content=content, at=timezone.now())


@require_POST
def review_annotate(request, pk):
    """Put a note on a page, or take one away."""
    table = _open_table(request, pk)
    row, sent = table.review, request.POST
    material = next((m for m in table.materials if m.pk == read_number(sent.get("doc"))), None)
    if material is None or row.submitted_at is not None:
        raise Http404
    page = max(read_number(sent.get("page"), 1), 1)
    if "remove" in sent:
        forget(row, pk=read_number(sent["remove"], 0))
    else:
        _annotate(request, row, material, page)
    return redirect(f"{reverse('review', args=[pk])}?doc={material.pk}&page={page}#notes")


def _annotate(request, row, material, page):
    sent = request.POST
    try:
        annotate(
            row,
            material,
            page=page,
            text=sent.get("text", ""),
            place=sent.get("place", ""),
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))


def _open_table(request, pk):
    row = get_review(request.user, pk)
    if row.is_offered:
        raise Http404
    return Table(request, row)
