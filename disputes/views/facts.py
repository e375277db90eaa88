"""The elements of a case on one page: read by whom they reach, written at the desk that has it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from disputes.domain import facts
from disputes.domain.refusals import Refusal
from disputes.forms.facts import FactsForm
from disputes.look.facts import lines_of
from disputes.models import Fact, Party
from disputes.views.casefile import CaseFile
from disputes.views.papers import own_proceeding


@require_http_methods(["GET", "HEAD", "POST"])
def case_facts(request, pk):
    """Show what the parties state and answer; take what is new."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    own = own_proceeding(file)
    if own is None or own.closed_at:
        return _read_only(request, file)
    shown = facts.shown_at(own)
    form = FactsForm(
        request.POST if request.method == "POST" else None,
        shown=shown,
        kinds={file.case.cause, *(claim.kind for claim in file.claims)},
        voice=_voice(file.parties),
    )
    if form.is_bound and form.is_valid() and _write(request, own, form):
        return redirect("case_facts", pk=pk)
    context = {"file": file, "own": own, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/facts.html", context, status=status)


def _write(request, own, form):
    try:
        written = facts.state_facts(
            own, form.said(), seen=form.seen_before(), at=timezone.now(), by=request.user
        )
    except facts.WrittenMeanwhile as refusal:
        form.show_others(refusal)
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("Facts written down: %(count)d.") % {"count": len(written)}
    messages.success(request, words if written else _("Nothing has changed."))
    return True


def _read_only(request, file):
    if request.method == "POST":
        raise PermissionDenied
    mine = Q(proceeding__in=file.content.worked) | Q(proceeding__isnull=True)
    rows = Fact.objects.filter(mine | Q(proceeding__ordinal__lt=file.content.after), case=file.case)
    lines = lines_of([facts.hold_back(row, file.content.worked) for row in rows.order_by("pk")])
    return render(request, "disputes/facts_read.html", {"file": file, "lines": lines})


def _voice(parties):
    """Return which side begins: the applicant's."""
    kinds = [row.kind for row in parties if row.role == Party.Role.APPLICANT]
    return kinds[0] if kinds else Party.Kind.WORKER
