"""Consultations: the list, the page of one, and what is done with it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.permissions import can_file_at
from disputes.views.paging import page_by_pk
from legal_aid.forms import consultations as forms
from legal_aid.models import Lawyer
from legal_aid.permissions import (
    ADMINISTER,
    BOOKING,
    get_consultation,
    visible_consultations,
)
from legal_aid.tabs import TABS, tabs_for
from legal_aid.views.doing import Act, acts_for, listed, serve_act, serve_form
from offices.context import duties_of
from offices.models import Office

PAGE = 30
READERS = next(needed for name, _title, needed in TABS if name == "consultations")
ADVISER = ("advise", ADMINISTER)


def _may_become_case(row):
    return row.held_at is not None and row.case_id is None


ACTS = {
    "record": Act(forms.WriteDownForm, ADVISER, lambda row: row.is_open, first=True),
    "case": Act(
        forms.BecomeCaseForm, (*BOOKING, ADMINISTER), _may_become_case, first=True, at_once=True
    ),
    "aid": Act(forms.BecomeAidForm, (*BOOKING, ADMINISTER), _may_become_case),
    "cancel": Act(forms.CallOffForm, (*ADVISER, "book"), lambda row: row.is_open),
}
TO_INTAKE = ("case", "aid")


@require_safe
def consultations(request):
    """List the consultations that this person reads, the latest first."""
    if not duties_of(request).intersection(READERS):
        raise PermissionDenied
    rows = visible_consultations(request.user).select_related("lawyer__user", "case")
    if request.GET.get("state") == "open":
        rows = rows.filter(held_at__isnull=True, cancelled_at__isnull=True)
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    context = {
        "tabs": tabs_for(duties_of(request), current="consultations"),
        "rows": found,
        "newer": newer,
        "older": older,
        "state": request.GET.get("state", ""),
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/consultations.html", context)


def consultation_add(request):
    """Book a talk."""
    if not duties_of(request).intersection(READERS):
        raise PermissionDenied
    return serve_form(
        request,
        forms.BookForm,
        row=bookable_centres(request),
        back=reverse("consultations"),
        trail=_trail(),
        after=lambda row: reverse("consultation", args=[row.pk]),
    )


def bookable_centres(request):
    """Return the centres with whose lawyers the person books; a lawyer with her own alone."""
    centres = Office.objects.filter(kind=Office.Kind.AID_CENTRE, is_active=True)
    own = Lawyer.objects.filter(user=request.user).values("centre")
    if own.exists() and not duties_of(request).intersection((ADMINISTER, *BOOKING)):
        centres = centres.filter(pk__in=own)
    return centres


@require_safe
def consultation(request, pk):
    """Show one consultation."""
    row = get_consultation(request.user, pk)
    context = {"row": row, "acts": _acts(request, row), "today": timezone.localdate()}
    return render(request, "legal_aid/consultation.html", context)


def consultation_act(request, pk, name):
    """Do something with a consultation."""
    row = get_consultation(request.user, pk)
    own = reverse("consultation", args=[pk])
    if name in TO_INTAKE and not can_file_at(request.user).exists():
        raise PermissionDenied
    after = (lambda made: reverse("intake")) if name in TO_INTAKE else None
    trail = [*_trail(), (row.name, own)]
    return serve_act(request, ACTS, name, row, back=own, trail=trail, after=after)


def _acts(request, row):
    found = acts_for(ACTS, row)
    if not can_file_at(request.user).exists():
        found = {name: act for name, act in found.items() if name not in TO_INTAKE}
    return listed(found, "consultation_act", row.pk)


def _trail():
    return [(_("Consultations"), reverse("consultations"))]
