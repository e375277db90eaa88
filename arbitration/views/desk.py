"""The desk of one case, and the forms of what is done there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from arbitration.acts import ACTS, PARTS, acts_for
from arbitration.deskfile import SINGLE, DeskFile
from arbitration.permissions import get_proceeding, require_desk
from disputes import course
from disputes.domain.refusals import Refusal

TITLES = {
    "procedure": gettext_lazy("Procedure"),
    "proof": gettext_lazy("Proof"),
    "hearings": gettext_lazy("Hearings and records"),
    "decisions": gettext_lazy("Decisions and after"),
}


@require_safe
def desk(request, pk):
    """Show one part of the desk of a case."""
    file = open_file(request.user, pk)
    part = request.GET.get("part") if request.GET.get("part") in PARTS else PARTS[0]
    acts = [
        (act.title, reverse("desk_act", args=[pk, name]))
        for name, act in acts_for(file, part=part).items()
    ]
    context = {
        "file": file,
        "part": part,
        "parts": [(name, TITLES[name]) for name in PARTS],
        "acts": acts + course.desk_ways(file, part),
        "today": file.today,
    }
    return render(request, "arbitration/desk.html", context)


def act(request, pk, name):
    """Show the form of an act of the desk, and do it."""
    if name not in ACTS:
        raise Http404
    file, chosen = open_file(request.user, pk), ACTS[name]
    if not file.duties.intersection(chosen.duties):
        raise PermissionDenied
    back = f"{reverse('desk', args=[pk])}?part={chosen.part}"
    if not chosen.applies(file):
        messages.error(request, _("This does not apply to the case any more."))
        return redirect(back)
    form = chosen.form(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        proceeding=file.proceeding,
        user=request.user,
        today=file.today,
    )
    if form.is_bound and form.is_valid() and do(form, chosen.verb, by=request.user):
        messages.success(request, form.done)
        return redirect(back)
    context = {"file": file, "form": form, "back": back}
    return render(request, "arbitration/act.html", context, status=422 if form.is_bound else 200)


def do(form, verb, *, by):
    """Do *verb* with what *form* says; a refusal goes beside its field. Return if it is done."""
    try:
        verb(form.proceeding, **form.cleaned_data, by=by, at=timezone.now())
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return False
    return True


def open_file(user, pk):
    """Return the ``DeskFile`` of the proceeding *pk*: 404 for a stranger, 403 for a colleague."""
    proceeding = get_proceeding(user, pk, together=SINGLE)
    return DeskFile(proceeding, duties=require_desk(user, proceeding))
