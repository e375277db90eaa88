"""The proof that somebody never opened a case, for the auditor."""

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.domain.finding import numbers_of_cases
from audit.domain.proof import prove
from audit.doors import LARGEST
from audit.forms import ProofForm
from audit.look import dress
from audit.views.log import reads_audit


@require_safe
@reads_audit
def proof_of(request):
    """Ask for a case and a person, and lead on to their sheet."""
    form = ProofForm(request.GET or None)
    if form.is_valid():
        return redirect("audit_proof", form.cleaned_data["case"], form.cleaned_data["person"])
    return render(
        request, "audit/proof_of.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
@reads_audit
def proof(request, case, person):
    """Show the sheet, to be printed."""
    return render(request, "audit/proof.html", sheet(case, person))


def sheet(case_id, person_id):
    """Return what the sheet for a case and a person shows; raises ``Http404``."""
    number = case_id <= LARGEST and numbers_of_cases([case_id]).get(case_id)
    if not number:
        raise Http404
    person = get_object_or_404(get_user_model(), pk=person_id)
    found = prove(case_id, person=person, at=timezone.now())
    return {"proof": found, "case_number": number, "openings": dress(found.openings)}
