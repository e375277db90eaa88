"""Mediation agreements before the commission: the list, one review, what is done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arbitration.domain import review_papers
from arbitration.review_acts import ACTS, acts_for
from arbitration.reviews import SHOWN, get_review, may_enter, names_of, page, require_one
from disputes.domain.refusals import Refusal
from offices.domain.standing import standing_of
from papers.answers import PDF, WORD, hand_out
from papers.domain import issuing
from papers.domain.converting import has_office
from papers.refusals import ConversionFailed, NoOffice
from papers.titles import title_of


@require_safe
def reviews(request):
    """List the agreements under review, or those that were."""
    today = timezone.localdate()
    if not may_enter(request.user, on=today):
        raise PermissionDenied
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else SHOWN[0]
    rows, following = page(request.user, show=show, key=request.GET.get("after"), on=today)
    context = {
        "rows": rows,
        "show": show,
        "following": following,
        "is_first": not request.GET.get("after"),
        "may_register": bool(standing_of(request.user, on=today).offices("docket_cases")),
        "today": today,
    }
    return render(request, "arbitration/reviews.html", context)


@require_safe
def review(request, pk):
    """Show one review: the agreement, where it stands, what is to be done."""
    row, duties = get_review(request.user, pk)
    context = {
        "review": row,
        "names": names_of(row),
        "acts": [(name, act.title, act.form.stops) for name, act in _acts(request, row, duties)],
        "papers": _papers(row),
        "may_issue": [(code, title_of(code)) for code in review_papers.kinds_for(row)]
        if review_papers.may_issue(request.user, row, duties)
        else [],
        "has_office": has_office(),
        "today": timezone.localdate(),
    }
    return render(request, "arbitration/review.html", context)


def act(request, pk, name):
    """Show the form of an act, and do it."""
    if name not in ACTS:
        raise Http404
    (row, duties), chosen = get_review(request.user, pk), ACTS[name]
    require_one(duties, chosen.duties)
    if name not in dict(_acts(request, row, duties)):
        messages.error(request, _("This does not apply to the review now, or is not yours."))
        return redirect("agreement_review", pk=pk)
    form = chosen.form(
        request.POST if request.method == "POST" else None,
        review=row,
        user=request.user,
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid() and _do(form, chosen.verb, by=request.user):
        messages.success(request, form.done)
        return redirect("agreement_review", pk=pk)
    context = {"review": row, "names": names_of(row), "form": form, "today": form.today}
    status = 422 if form.is_bound else 200
    return render(request, "arbitration/review_act.html", context, status=status)


@require_POST
def issue(request, pk):
    """Issue the papers of one kind, one for each party."""
    row, duties = get_review(request.user, pk)
    if not review_papers.may_issue(request.user, row, duties):
        raise PermissionDenied
    try:
        found = review_papers.issue(
            row, request.POST.get("kind", ""), at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        numbers = "、".join(each.paper.number for each in found)
        messages.success(request, _("Issued: %(number)s.") % {"number": numbers})
    return redirect("agreement_review", pk=pk)


@require_safe
def paper(request, pk, paper, ending):
    """Hand out an issued paper, as Word or PDF."""
    row, _duties = get_review(request.user, pk)
    found = get_object_or_404(row.papers.select_related("paper"), paper=paper).paper
    name = f"{found.title}{found.number}.{ending}"
    if ending == "docx":
        return hand_out(issuing.read(found), name=name, content_type=WORD)
    try:
        return hand_out(issuing.pdf_of(found), name=name, content_type=PDF)
    except (NoOffice, ConversionFailed) as refusal:
        messages.error(request, str(refusal))
        return redirect("agreement_review", pk=pk)


def _acts(request, row, duties):
    return acts_for(row, duties=duties, user=request.user).items()


def _papers(row):
    rows = list(row.papers.select_related("paper", "party"))
    for each in rows:
        each.title = title_of(each.paper.kind)
    return rows


def _do(form, verb, *, by):
    try:
        verb(form.review, **form.cleaned_data, by=by, at=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
