"""Personal data in full: only by POST, only for a reason, and for a minute."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disputes.domain.reveals import FIELDS, SECONDS, reveal
from disputes.forms.notes import ReasonForm
from disputes.models import Party
from disputes.permissions import read_case, visible_cases


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def party_field(request, pk, field):
    """Answer a POST that gives a reason with the field in full; everything else with its mask."""
    party = _party(request.user, pk, field)
    if request.method != "POST":
        return _masked(request, party, field)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _masked(request, party, field, form)
    return _shown(request, party, field, form.cleaned_data["reason"])


def _party(user, pk, field):
    """Return the party; 404 for a stranger, 403 for one who does not read the case's content."""
    party = Party.everyone.filter(pk=pk, case__in=visible_cases(user)).first()
    if party is None or field not in FIELDS:
        raise Http404
    if not read_case(user, party.case_id)[2].is_full:
        raise PermissionDenied
    return party


def _masked(request, party, field, form=None):
    context = {"party": party, "field": field, "form": form}
    if request.htmx:
        return render(request, "disputes/_masked.html", context)
    if form is None:
        return redirect(_back(party))
    return render(request, "disputes/reveal.html", context | {"back": _back(party)})


def _shown(request, party, field, reason):
    value = reveal(party, field=field, reason=reason, at=timezone.now(), by=request.user)
    context = {"party": party, "field": field, "value": value, "seconds": SECONDS}
    if request.htmx:
        return render(request, "disputes/_revealed.html", context)
    response = render(request, "disputes/reveal.html", context | {"back": _back(party)})
    # Without scripts the page itself goes back to the masked case after a minute.
    response.headers["Refresh"] = f"{SECONDS}; url={_back(party)}"
    return response


def _back(party):
    if party.role == Party.Role.REPRESENTED:
        return reverse("member", args=[party.case_id, party.member.number])
    return f"{reverse('case', args=[party.case_id])}#parties"
