"""Posting people to offices, and ending it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.domain import staffing
from offices.domain.refusals import NotOneself
from offices.duties import Role, roles_at
from offices.forms.fields import tell_refusal
from offices.forms.postings import EndPostingForm, PostingForm
from offices.models import Posting
from offices.permissions import AUTHORISE, administered_offices, administered_people, needs_duty
from offices.refusals import Refusal
from offices.views.queries import ask_number, sent

# Names offered while typing; every other name can be typed in full.
OFFERED = 300


@needs_duty(AUTHORISE)
def posting_add(request):
    """Post a person to an office; either may be named in the address."""
    today = timezone.localdate()
    people = administered_people(request.user, on=today).filter(is_active=True)
    offices = administered_offices(request.user, on=today).filter(is_active=True)
    person = people.filter(pk=ask_number(request, "person")).first()
    office = offices.filter(pk=ask_number(request, "office")).first()
    form = PostingForm(
        sent(request),
        people=people,
        offices=offices,
        roles=roles_at(office.kind) if office else tuple(Role),
        initial={
            "person": person.username if person else "",
            "office": office.name if office else "",
            "since": today,
        },
    )
    if form.is_valid():
        posting = _post(request, form, today)
        if posting:
            return redirect("person", posting.user_id)
    context = {
        "form": form,
        "person": person,
        "office": office,
        "people": people.order_by("username")[:OFFERED],
        "offices": offices.order_by("pk")[:OFFERED],
    }
    return render(request, "offices/posting_add.html", context)


def _post(request, form, today):
    fields = form.cleaned_data
    person = fields.pop("person")
    try:
        if person == request.user:
            raise NotOneself
        staffing.check_posting(person, **fields)
        posting = staffing.post(person, **fields, on=today)
    except Refusal as refusal:
        tell_refusal(form, refusal)
        return None
    messages.success(request, _("Posted: %(posting)s") % {"posting": posting})
    return posting


@needs_duty(AUTHORISE)
def posting_end(request, pk):
    """End a posting with a day, or at once."""
    today = timezone.localdate()
    posting = _mine(request, pk, today)
    data = sent(request)
    if "at_once" in request.POST:
        data = {"until": today - timedelta(days=1)}
    form = EndPostingForm(data, initial={"until": today})
    if form.is_valid():
        try:
            if posting.user == request.user:
                raise NotOneself
            staffing.end_posting(posting, until=form.cleaned_data["until"], on=today)
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            messages.success(request, _ended(posting, today))
            return redirect("person", posting.user_id)
    return render(request, "offices/posting_end.html", {"form": form, "posting": posting})


def _ended(posting, today):
    if posting.until < today:
        return _("Ended: access to this office is closed from now on.")
    return _("Ended with %(day)s: access closes when that day is over.") % {
        "day": posting.until.isoformat()
    }


def _mine(request, pk, today):
    """Return the posting *pk* at an office that the administrator looks after."""
    posting = get_object_or_404(Posting.objects.select_related("user", "office"), pk=pk)
    if not administered_offices(request.user, on=today).filter(pk=posting.office_id).exists():
        raise Http404
    return posting
