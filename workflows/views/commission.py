"""The doors of what the commission does to the course of a case beside its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from arbitration.views.desk import do, open_file
from workflows.commission import WAYS


def take(request, pk, name):
    """Show the form of the way *name* for a proceeding, and take it."""
    if name not in WAYS:
        raise Http404
    file, way = open_file(request.user, pk), WAYS[name]
    if not file.duties.intersection(way.duties):
        raise PermissionDenied
    back = f"{reverse('desk', args=[pk])}?part={way.part}"
    if not way.applies(file):
        messages.error(request, _("This does not apply to the case any more."))
        return redirect(back)
    form = way.form(
        request.POST if request.method == "POST" else None,
        proceeding=file.proceeding,
        user=request.user,
        today=file.today,
    )
    if form.is_bound and form.is_valid() and do(form, way.verb, by=request.user):
        messages.success(request, form.done)
        return redirect("case", pk=file.case.pk)
    context = {"file": file, "form": form, "back": back}
    return render(request, "arbitration/act.html", context, status=422 if form.is_bound else 200)
