"""Applications for aid: the list, the page of one, applying, deciding, assigning."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.look.outline import party_name
from disputes.permissions import read_case
from disputes.views.paging import page_by_pk
from legal_aid.domain import aid_papers, eligibility
from legal_aid.domain.assignment import current_of
from legal_aid.domain.clocks import clocks_of, running_clock
from legal_aid.domain.representation import closing_of
from legal_aid.forms import applications as forms
from legal_aid.forms import papers, work
from legal_aid.models import Engagement
from legal_aid.permissions import (
    ADMINISTER,
    OVERSEE,
    get_application,
    may_apply,
    readable_papers,
    visible_applications,
    with_lawyers,
)
from legal_aid.tabs import tabs_for
from legal_aid.views.doing import (
    Act,
    acts_for,
    listed,
    papers_among,
    serve_act,
    serve_form,
    without_papers,
)
from offices.context import duties_of

PAGE = 30


def _undecided(row):
    return row.ended_on is None and not row.decision


ACTS = {
    "ahead": Act(
        forms.AheadForm,
        (ADMINISTER,),
        lambda row: row.is_urgent,
        first=True,
    ),
    "assign": Act(
        forms.OfferForm,
        (ADMINISTER,),
        lambda row: row.may_assign and row.engagement is None and row.closing is None,
        first=True,
    ),
    "opinion": Act(forms.OpinionForm, (ADMINISTER,), _undecided),
    "recheck": Act(
        forms.RecheckForm,
        (ADMINISTER, OVERSEE),
        lambda row: _undecided(row) and row.opinion_by_id and not row.recheck,
    ),
    "decide": Act(forms.DecideForm, (ADMINISTER,), _undecided, first=True),
    "object": Act(
        forms.ObjectForm,
        (ADMINISTER, "receive"),
        lambda row: row.ended_on is None and row.decision == "refused" and not row.objected_on,
    ),
    "review": Act(
        forms.DecideObjectionForm,
        (OVERSEE,),
        lambda row: row.ended_on is None and row.objected_on and not row.objection_result,
        first=True,
    ),
    "change": Act(forms.ReplaceForm, (ADMINISTER,), lambda row: row.engagement is not None),
    "rate": Act(
        work.RateForm,
        (ADMINISTER, "receive"),
        lambda row: row.closing is not None and row.closing.rating is None,
    ),
    "quality": Act(
        work.QualityForm,
        (ADMINISTER,),
        lambda row: row.closing is not None and row.closing.checked_at is None,
        first=True,
    ),
    "archive": Act(
        papers.ArchiveForm,
        (ADMINISTER,),
        lambda row: row.closing is not None and row.closing.checked_at and not row.closing.dossier,
        first=True,
        at_once=True,
    ),
    "proof": Act(
        papers.ProofForm,
        (ADMINISTER, "receive"),
        lambda row: row.ended_on is None and not (row.closing and row.closing.dossier),
    ),
    "end": Act(
        forms.EndForm,
        (ADMINISTER,),
        lambda row: row.ended_on is None and row.engagement is None and row.closing is None,
    ),
}
ACTS |= {
    f"paper-{code}": Act(
        papers.issuing(code, aid_papers.issue),
        (ADMINISTER,),
        lambda row, code=code: code in row.due_papers,
        at_once=True,
    )
    for code in aid_papers.SOURCES
}


@require_safe
def applications(request):
    """List the applications of one's centres, the latest first."""
    if not duties_of(request).intersection((ADMINISTER, OVERSEE)):
        raise PermissionDenied
    rows = with_lawyers(visible_applications(request.user)).select_related("case", "applicant")
    if request.GET.get("state") == "open":
        rows = rows.filter(ended_on__isnull=True).exclude(
            decision="refused", objection_result__in=["confirmed"]
        )
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    given = Engagement.objects.filter(
        application__in=[row.pk for row in found], declined_at=None, ended_at=None
    ).select_related("lawyer__user")
    by_application = {row.application_id: row for row in given}
    for row in found:
        row.engagement = by_application.get(row.pk)
        row.clock = running_clock(row, assigned_on=row.assigned_on)
        row.shown_name = party_name(row.applicant)
    context = {
        "tabs": tabs_for(duties_of(request), current="applications"),
        "rows": found,
        "newer": newer,
        "older": older,
        "state": request.GET.get("state", ""),
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/applications.html", context)


@require_safe
def application(request, pk):
    """Show one application: whole to the centre, how it stands to others."""
    row = find_application(request.user, pk)
    row.due_papers = _due_papers(row)
    acts = acts_for(ACTS, row)
    is_whole = bool(row.powers.intersection((ADMINISTER, OVERSEE)))
    today = timezone.localdate()
    context = {
        "row": row,
        "is_whole": is_whole,
        "acts": listed(without_papers(acts), "application_act", pk),
        "to_issue": listed(papers_among(acts), "application_act", pk),
        "papers": readable_papers(row),
        "may_void": ADMINISTER in row.powers,
        "enclosures": _proofs(row) if is_whole else [],
        "clocks": clocks_of(row, assigned_on=row.assigned_on),
        "means": eligibility.means_of(row, on=row.received_on),
        "engagements": row.engagements.select_related("lawyer__user", "lawyer__firm"),
        "work": list(row.closing.engagement.work.all()) if row.closing else [],
        "payments": row.closing.engagement.payments.all() if row.closing else [],
        "groups": [str(dict(row.Group.choices)[each]) for each in row.groups],
        "today": today,
    }
    return render(request, "legal_aid/application.html", context)


def application_act(request, pk, name):
    """Do something with an application."""
    row = find_application(request.user, pk)
    row.due_papers = _due_papers(row) if name.startswith("paper-") else ()
    own = reverse("application", args=[pk])
    trail = [(_("Applications"), reverse("applications")), (row.number, own)]
    if not row.powers.intersection((ADMINISTER, OVERSEE)):
        trail = trail[1:]
    return serve_act(request, ACTS, name, row, back=own, trail=trail)


def apply(request, pk):
    """Apply for aid in the case *pk*: 404 for a stranger, 403 for one who does not read it."""
    case, proceedings, content = read_case(request.user, pk)
    if not may_apply(request.user, case, proceedings, content):
        raise PermissionDenied
    known = visible_applications(request.user).filter(case=case, ended_on__isnull=True)
    known = known.exclude(decision="refused", objection_result__in=["", "confirmed"]).first()
    if known is not None:
        return redirect("application", pk=known.pk)
    return serve_form(
        request,
        forms.ApplyForm,
        row=case,
        back=reverse("case", args=[pk]),
        trail=[(case.matter_number, reverse("case", args=[pk]))],
        after=lambda row: reverse("application", args=[row.pk]),
    )


def find_application(user, pk):
    """Return the application *pk* with what its acts ask about; raises ``Http404``."""
    row = get_application(user, pk)
    row.engagement, row.closing = current_of(row), closing_of(row)
    row.is_urgent = _undecided(row) and row.ahead_on is None and _is_urgent(row)
    row.shown_name = party_name(row.applicant)
    return row


def _due_papers(row):
    return aid_papers.due_of(row) if ADMINISTER in row.powers else ()


def _proofs(row):
    kept = row.enclosures.filter(closing__isnull=True)
    return kept.select_related("added_by")


def _is_urgent(row):
    today = timezone.localdate()
    limit = row.limit_on or eligibility.near_limit(row.case, on=today)
    return eligibility.is_urgent(limit, on=today)
