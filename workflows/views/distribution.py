"""Where a head gives files out: new ones, those of people who leave, and who knows what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from disputes.domain.skills import set_skills
from disputes.views.paging import read_number
from offices.context import duties_of
from offices.models import User
from workflows import distributing
from workflows.distribution_forms import GiveForm, SkillsForm


def distribution(request):
    """Show the files that nobody holds, each with a suggestion, and give out those ticked."""
    today = _enter(request)
    files = distributing.files_to_give(request.user, on=today)
    return _give(request, files, today, {"tab": "new"}, done="distribution")


@require_safe
def leavers(request):
    """Show whose files wait to be handed on."""
    today = _enter(request)
    people = distributing.people_to_relieve(request.user, on=today)
    context = {"people": people, "today": today, "tab": "leavers"}
    return render(request, "workflows/leavers.html", context)


def leaver(request, pk):
    """Show the open files of one person, each with a suggestion, and hand on those ticked."""
    today = _enter(request)
    person = get_object_or_404(User, pk=pk)
    files = distributing.files_of(person, request.user, on=today)
    if not files.exists() and not distributing.served_under(person, request.user, on=today):
        raise Http404
    context = {"tab": "leavers", "person": person}
    return _give(request, files, today, context, without=person, done="leavers")


@require_safe
def people(request):
    """Show who handles files, how many, who knows what, and who is away."""
    today = _enter(request)
    staff = list(distributing.staff_of(request.user, on=today))
    return render(
        request, "workflows/staff.html", {"staff": staff, "today": today, "tab": "people"}
    )


def skills(request, pk):
    """Say what one person knows well."""
    today = _enter(request)
    person = distributing.staff_of(request.user, on=today).filter(pk=pk).first()
    if person is None:
        raise Http404
    form = SkillsForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        set_skills(person, **form.cleaned_data)
        messages.success(request, _("Saved: what %(person)s knows well.") % {"person": person})
        return redirect("staff")
    context = {"form": form, "person": person, "tab": "people"}
    status = 422 if form.is_bound else 200
    return render(request, "workflows/staff_skills.html", context, status=status)


def _enter(request):
    """Return today; raises ``PermissionDenied`` for whoever gives no files out."""
    if distributing.LEAD not in duties_of(request):
        raise PermissionDenied
    return timezone.localdate()


def _give(request, files, today, context, *, done, without=None):
    after = read_number(request.GET.get("after"), 0)
    rows, next_key = distributing.rows_of(
        files, on=today, seen_by=request.user, after=after, without=without
    )
    form = GiveForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        given = distributing.give_all(
            rows, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user
        )
        if given:
            text = ngettext("%(n)d file was given out.", "%(n)d files were given out.", given)
            messages.success(request, text % {"n": given})
        refused = [row for row in rows if row.error]
        if not refused:
            return redirect(done)
        # What went through is gone from the list; what was refused stays with its reason.
        rows = [row for row in rows if row.error or not row.taken]
    context |= {"rows": rows, "next_key": next_key, "form": form, "today": today}
    refused = any(row.error for row in rows) or (form.is_bound and not form.is_valid())
    return render(request, "workflows/distribution.html", context, status=422 if refused else 200)
