"""What a lawyer was given: the brief first, and the matter once she has taken it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.look.outline import case_title, party_name
from legal_aid.domain.representation import hours_of
from legal_aid.forms import applications as forms
from legal_aid.forms import work
from legal_aid.models import Engagement, Review
from legal_aid.permissions import OF_THE_LAWYER, get_engagement, not_hidden
from legal_aid.tabs import tabs_for
from legal_aid.views.doing import Act, acts_for, listed, serve_act
from offices.context import duties_of

PAGE = 50
ACTS = {
    "accept": Act(forms.AcceptForm, ("advise",), lambda row: row.is_offered, first=True),
    "conflict": Act(forms.ConflictForm, ("advise",), lambda row: row.is_offered),
    "decline": Act(forms.DeclineForm, ("advise",), lambda row: row.is_offered),
    "log": Act(work.LogForm, ("advise",), lambda row: row.is_active, first=True),
    "close": Act(work.CloseForm, ("advise",), lambda row: row.is_active),
}


@require_safe
def matters(request):
    """List what waits for the lawyer's answer, and what she works on."""
    if "review_cases" not in duties_of(request):
        raise PermissionDenied
    rows = Engagement.objects.filter(
        not_hidden(request.user, "application__case"),
        lawyer__user=request.user,
        declined_at__isnull=True,
        ended_at__isnull=True,
    )
    rows = rows.select_related("application__case", "application__applicant")
    found = list(rows.prefetch_related("application__case__parties").order_by("-pk")[:PAGE])
    for row in found:
        row.title = case_title(row.application.case.parties.all())
    reviews = Review.objects.filter(
        not_hidden(request.user, "proceeding__case"),
        lawyer=request.user,
        submitted_at__isnull=True,
        cancelled_at__isnull=True,
    ).select_related("proceeding__case")
    asked = list(reviews.prefetch_related("proceeding__case__parties").order_by("due_on")[:PAGE])
    for row in asked:
        row.title = case_title(row.proceeding.case.parties.all())
        row.is_late = row.is_late_on(timezone.localdate())
    context = {
        "tabs": tabs_for(duties_of(request), current="matters"),
        "asked": asked,
        "offered": [row for row in found if row.is_offered],
        "active": [row for row in found if row.is_active],
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/matters.html", context)


@require_safe
def engagement(request, pk):
    """Show the brief: who the parties are and what it is about, for the check of conflicts."""
    row = get_engagement(request.user, pk)
    case = row.application.case
    acts = acts_for(ACTS, row)
    context = {
        "row": row,
        "case": case,
        "parties": [
            # In full: a mask would hide from her whether she knows them.
            (party.get_role_display(), party.name, party.contact_name)
            for party in case.parties.all()
        ],
        "shown_name": party_name(row.application.applicant),
        "work": row.work.all(),
        "hours": hours_of(row),
        "closing": getattr(row, "closing", None),
        "papers": row.papers.filter(paper__kind__in=OF_THE_LAWYER).select_related("paper"),
        "review": row.reviews.filter(cancelled_at=None).order_by("-pk").first(),
        "claims": [str(claim) for claim in case.claims.all()],
        "acts": listed(acts, "engagement_act", pk),
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/engagement.html", context)


def engagement_act(request, pk, name):
    """Answer an assignment."""
    row = get_engagement(request.user, pk)
    own = reverse("engagement", args=[pk])
    trail = [(_("My assignments"), reverse("matters")), (row.application.number, own)]
    leaves = name in ("conflict", "decline")
    return serve_act(
        request, ACTS, name, row, back=own, trail=trail,
        after=(lambda made: reverse("matters")) if leaves else None,
    )  # fmt: skip
