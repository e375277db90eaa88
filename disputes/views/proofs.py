"""The proof that somebody behind a wall never opened a case, for who decides about walls there."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.views.proof import sheet
from disputes.models import Wall
from disputes.permissions import get_case, require_any

# Who appoints the mediator decides whether one stays away; at the commission its head does.
DUTIES = {"assign_cases", "decide_docket"}


@require_safe
def case_proof(request, pk, person):
    """Show what the log says of a walled-off *person*; 404 where there is no such wall."""
    case = get_case(request.user, pk)
    require_any(request.user, DUTIES, case)
    if not Wall.objects.filter(case=case, user=person).exists():
        raise Http404
    crumb = {"crumb_url": reverse("case", args=[pk])}
    return render(request, "audit/proof.html", sheet(pk, person) | crumb)
