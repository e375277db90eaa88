"""How the forms of legal aid are served, whatever they do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.refusals import Refusal


@dataclass(frozen=True)
class Act:
    """One thing to do with a row: its form, the powers of which one is needed, when it applies.

    *first* marks the act that stands first on the page; *at_once* ones are done by a button.
    """

    form: type
    powers: tuple
    applies: Callable = lambda row: True
    first: bool = False
    at_once: bool = False

    @property
    def title(self):
        return self.form.title


def acts_for(acts, row):
    """Return {name: Act} of what the holder of ``row.powers`` may do with *row* now."""
    return {
        name: act
        for name, act in acts.items()
        if row.powers.intersection(act.powers) and act.applies(row)
    }


def listed(acts, door, pk):
    """Return (name, act, its address behind *door* of the row *pk*) of each of *acts*."""
    return [(name, act, reverse(door, args=[pk, name])) for name, act in acts.items()]


def papers_among(acts):
    """Return those of {name: Act} that issue a paper."""
    return {name: act for name, act in acts.items() if name.startswith("paper-")}


def without_papers(acts):
    """Return those of {name: Act} that issue none."""
    return {name: act for name, act in acts.items() if not name.startswith("paper-")}


def serve_act(request, acts, name, row, *, back, trail, after=None):
    """Show the form of the act *name* of *row* and do it: 404 unknown, 403 without the power."""
    if name not in acts:
        raise Http404
    act = acts[name]
    if not row.powers.intersection(act.powers):
        raise PermissionDenied
    if not act.applies(row):
        messages.error(request, _("This does not apply any more."))
        return redirect(back)
    return serve_form(request, act.form, row=row, back=back, trail=trail, after=after)


def serve_form(request, form_class, *, row, back, trail, after=None):
    """Show a form for *row*, or do what was filled in and go *back*.

    *trail* are the (title, url) that lead here; *after* maps what was done to an address.
    """
    posted = request.method == "POST"
    form = form_class(
        request.POST if posted else None,
        request.FILES if posted else None,
        row=row,
        user=request.user,
        today=timezone.localdate(),
    )
    if posted and form.is_valid():
        made = _do(request, form)
        if made is not _REFUSED:
            messages.success(request, form.done)
            return redirect(after(made) if after else back)
    context = {"form": form, "back": back, "trail": trail}
    return render(request, "legal_aid/form.html", context, status=422 if posted else 200)


_REFUSED = object()


def _do(request, form):
    try:
        return form.do(at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _REFUSED
