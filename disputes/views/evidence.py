"""Proof in a case: the lists of the sides, their exchange, and what each says of the other's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain import proof
from disputes.domain.refusals import Refusal
from disputes.forms.exchange import ExchangeForm, OpinionForm, ProofListForm
from disputes.look.outline import party_name
from disputes.models import Tier
from disputes.permissions import duties_in
from disputes.views.casefile import CaseFile
from disputes.views.papers import own_proceeding

# What is done: the form, the verb, and whether it applies to the lists of the proceeding.
ACTS = {
    "list": (ProofListForm, proof.hand_in, lambda rows: True),
    "exchange": (
        ExchangeForm,
        proof.exchange,
        lambda rows: any(row.exchanged_on is None for row in rows),
    ),
    "opinion": (
        OpinionForm,
        proof.say,
        lambda rows: any(row.heard < row.to_hear for row in rows),
    ),
}
DUTIES = {"mediate", "accept_cases"}


@require_safe
def case_evidence(request, pk):
    """Show the lists that reach this person; the opinions only where she works."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    rows = proof.lists_for(file.content, file.case)
    own = own_proceeding(file)
    context = {
        "file": file,
        "own": own,
        "lists": _by_side(rows),
        "acts": _acts(request.user, file, own, rows),
        "at_commission": own is not None and own.tier == Tier.ARBITRATION,
    }
    return render(request, "disputes/evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_evidence_act(request, pk, act):
    """Enter a list, its exchange or opinions, in a mediation that is under way."""
    file = CaseFile(request.user, pk)
    own = own_proceeding(file)
    if not _may(request.user, file, own):
        raise PermissionDenied
    make, verb, applies = ACTS[act]
    back = reverse("case_evidence", args=[pk])
    rows = own.proof_items.select_related("party").annotate(heard=Count("opinions"))
    if not applies(_count_voices(file, rows)):
        messages.error(request, _("This does not apply to the case any more."))
        return redirect(back)
    form = make(
        request.POST if request.method == "POST" else None,
        proceeding=own,
        user=request.user,
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid() and _do(form, verb, by=request.user):
        messages.success(request, form.done)
        return redirect(back)
    context = {"file": file, "form": form, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/evidence_act.html", context, status=status)


def _do(form, verb, *, by):
    try:
        verb(form.proceeding, **form.cleaned_data, by=by, at=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _may(user, file, own):
    """Return whether she keeps this record: the commission has a desk of its own for it."""
    if own is None or own.closed_at or own.tier == Tier.ARBITRATION:
        return False
    return own == file.current and not DUTIES.isdisjoint(duties_in(user, file.case))


def _acts(user, file, own, rows):
    if not _may(user, file, own):
        return []
    mine = [row for row in rows if row.proceeding_id == own.pk]
    for row in mine:
        row.heard = len(row.said)
    mine = _count_voices(file, mine)
    return [
        (form.title, reverse("case_evidence_act", args=[file.case.pk, name]))
        for name, (form, _verb, applies) in ACTS.items()
        if applies(mine)
    ]


def _count_voices(file, rows):
    """Return *rows*, each with ``to_hear``: how many parties of other sides may answer it."""
    rows = list(rows)
    for row in rows:
        row.to_hear = sum(party.role != row.party.role for party in file.parties)
    return rows


def _by_side(rows):
    """Return [(proceeding, [(party, its shown name, lines)])] in the order of *rows*."""
    found = {}
    for row in rows:
        sides = found.setdefault(row.proceeding_id, (row.proceeding, {}))[1]
        sides.setdefault(row.party_id, (row.party, party_name(row.party), []))[2].append(row)
        for opinion in row.said:
            opinion.party_name = party_name(opinion.party)
    return [(proceeding, list(sides.values())) for proceeding, sides in found.values()]
