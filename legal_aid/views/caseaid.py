"""What the office that handles a case sees of legal aid and of its lawyers' opinions."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disputes.look.outline import case_title
from disputes.permissions import at_desk, read_case, visible_cases
from legal_aid.domain.checklists import ITEMS
from legal_aid.forms.reviews import AskForm, ReturnForm
from legal_aid.models import Review
from legal_aid.permissions import (
    centre_reviews,
    may_apply,
    may_read_bottom_line,
    not_hidden,
    readable_reviews,
    visible_applications,
)
from legal_aid.views.doing import serve_form


@require_safe
def case_aid(request, pk):
    """Show legal aid and lawyers' opinions of the case *pk* to who works on it."""
    case, proceedings, content = read_case(request.user, pk)
    if not content.worked and case.filed_by_id != request.user.pk:
        raise PermissionDenied
    today = timezone.localdate()
    rows = list(readable_reviews(request.user, case).order_by("-pk"))
    for row in rows:
        row.is_late = row.is_late_on(today)
    context = {
        "case": case,
        "title": case_title(case.parties.all()),
        "number": proceedings[-1].number if proceedings else case.matter_number,
        "reviews": rows,
        "applications": visible_applications(request.user).filter(case=case),
        "may_apply": may_apply(request.user, case, proceedings, content),
        "may_ask": _may_ask(at_desk(request.user, case)),
        "today": today,
    }
    return render(request, "legal_aid/case_aid.html", context)


def case_ask(request, pk):
    """Ask a lawyer for an opinion, or a second one for hers."""
    case, _proceedings, _content = read_case(request.user, pk)
    proceeding = at_desk(request.user, case)
    if not _may_ask(proceeding):
        raise PermissionDenied
    back = reverse("case_aid", args=[pk])
    trail = [(proceeding.number, reverse("case", args=[pk])), (_("Legal aid"), back)]
    return serve_form(request, AskForm, row=proceeding, back=back, trail=trail)


def _may_ask(proceeding):
    return (
        proceeding is not None
        and proceeding.tier != 3
        and proceeding.closed_at is None
        and "assign_cases" in proceeding.duties
    )


@never_cache
@require_safe
def opinion(request, pk):
    """Show an opinion that is in to the office that asked; the bottom line to the union alone."""
    row = _found(request, pk)
    claims = row.claim_opinions.select_related("claim")
    findings = [(ITEMS.get(each.item, each.item), each) for each in row.findings.all()]
    context = {
        "review": row,
        "case": row.proceeding.case,
        "title": case_title(row.proceeding.case.parties.all()),
        "claims": claims,
        "findings": findings,
        "annotations": row.annotations.select_related("material"),
        "reads_case": visible_cases(request.user).filter(pk=row.proceeding.case_id).exists(),
        "reads_bottom_line": may_read_bottom_line(request.user, row),
        "returns": row.returns.select_related("by"),
        "may_return": _may_return(request, row),
    }
    return render(request, "legal_aid/opinion.html", context)


def opinion_return(request, pk):
    """Hand an opinion back to be done again."""
    row = _found(request, pk)
    if not _may_return(request, row):
        raise PermissionDenied
    back = reverse("case_aid", args=[row.proceeding.case_id])
    trail = [(_("Legal aid"), back)]
    return serve_form(request, ReturnForm, row=row, back=back, trail=trail)


def _found(request, pk):
    known = Review.objects.filter(
        not_hidden(request.user, "proceeding__case"), pk=pk, submitted_at__isnull=False
    )
    row = known.select_related("proceeding__case").first()
    if row is None:
        raise Http404
    found = readable_reviews(request.user, row.proceeding.case).filter(pk=pk)
    if not found:
        found = centre_reviews(request.user).filter(pk=pk)
    row = found.select_related("lawyer", "proceeding__case", "proceeding__office").first()
    if row is None:
        raise Http404
    return row


def _may_return(request, row):
    return row.lawyer_id != request.user.pk and _may_ask(at_desk(request.user, row.proceeding.case))
