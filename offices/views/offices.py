"""The register of offices: list, page of an office, entering, changing, closing."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from offices.domain import offices as register
from offices.duties import roles_at
from offices.forms.fields import tell_refusal
from offices.forms.offices import OfficeForm
from offices.models import Office, Posting
from offices.paging import turn
from offices.permissions import (
    KEEP_REGISTER,
    administered_offices,
    needs_administrator,
    needs_duty,
)
from offices.refusals import Refusal
from offices.views.queries import (
    administrator,
    ask_choice,
    ask_number,
    ask_text,
    count_to_cap,
    sent,
)

# Rows of a list on the page of an office; the rest is one link away.
SHOWN = 20
STATES = {"": True, "closed": False, "all": None}


@require_safe
@needs_administrator
def office_list(request):
    """Show the register, searched and filtered, a page at a time."""
    today = timezone.localdate()
    mine = administered_offices(request.user, on=today)
    asked = {
        "q": ask_text(request, "q"),
        "tier": ask_choice(request, "tier", Office.Tier.values),
        "county": ask_text(request, "county"),
        "state": ask_choice(request, "state", STATES),
        "parent": ask_number(request, "parent"),
    }
    found = _search(mine, **asked)
    page = turn(
        _with_staff(found, today).select_related("parent"),
        key="pk",
        after=ask_number(request, "after"),
        before=ask_number(request, "before"),
    )
    context = {
        "page": page,
        "asked": asked,
        "narrowed": any(asked.values()),
        "tiers": Office.Tier.choices,
        "counties": _counties(mine),
        "parent": mine.filter(pk=asked["parent"]).first() if asked["parent"] else None,
        "total": count_to_cap(found),
        **administrator(request),
    }
    return render(request, "offices/list.html", context)


@require_safe
@needs_administrator
def office_page(request, pk):
    """Show an office: facts, what stands above and below, who serves and served there."""
    today = timezone.localdate()
    mine = administered_offices(request.user, on=today)
    office = get_object_or_404(mine.select_related("parent"), pk=pk)
    postings = office.postings.select_related("user")
    context = {
        "office": office,
        "children": _with_staff(office.children.order_by("pk"), today)[: SHOWN + 1],
        "now": postings.overlapping(today).order_by("since", "pk")[: SHOWN + 1],
        "before": postings.filter(until__lt=today).order_by("-until", "pk")[: SHOWN + 1],
        "shown": SHOWN,
        "today": today,
        "roles": roles_at(office.kind),
        **administrator(request),
    }
    return render(request, "offices/page.html", context)


@needs_duty(KEEP_REGISTER)
def office_add(request):
    """Enter a new office."""
    return _edit(request, Office(), initial={"parent": ask_number(request, "parent")})


@needs_duty(KEEP_REGISTER)
def office_edit(request, pk):
    """Change the facts of an office."""
    return _edit(request, _mine(request, pk))


@require_POST
@needs_duty(KEEP_REGISTER)
def office_close(request, pk):
    """Take an office out of use."""
    office = _mine(request, pk)
    try:
        register.close_office(office, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The office is closed. Its files and its name stay."))
    return redirect("office", pk)


@require_POST
@needs_duty(KEEP_REGISTER)
def office_reopen(request, pk):
    """Take an office into use again."""
    register.reopen_office(_mine(request, pk))
    messages.success(request, _("The office is in use again."))
    return redirect("office", pk)


def _edit(request, office, initial=None):
    today = timezone.localdate()
    form = OfficeForm(
        sent(request),
        instance=office,
        initial=initial,
        offices=administered_offices(request.user, on=today),
    )
    if form.is_valid():
        try:
            office = register.enter_office(form.instance, on=today)
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("office", office.pk)
    # The form writes what it was given into its row, even when it is refused.
    stored = Office.objects.filter(pk=office.pk).first()
    return render(request, "offices/edit.html", {"form": form, "office": stored})


def _mine(request, pk):
    offices = administered_offices(request.user, on=timezone.localdate())
    return get_object_or_404(offices, pk=pk)


def _search(offices, *, q, tier, county, state, parent):
    if q:
        offices = offices.filter(
            Q(name__icontains=q) | Q(short_name__icontains=q) | Q(credit_code__iexact=q)
        )
    if STATES[state] is not None:
        offices = offices.filter(is_active=STATES[state])
    told = {"tier": tier, "county": county, "parent": parent}
    return offices.filter(**{name: value for name, value in told.items() if value})


def _with_staff(offices, today):
    """Add how many people serve there today, as `serving`."""
    people = (
        Posting.objects.active(today)
        .filter(office=OuterRef("pk"))
        .order_by()
        .values("office")
        .annotate(people=Count("user", distinct=True))
    )
    return offices.annotate(serving=Coalesce(Subquery(people.values("people")), 0))


def _counties(offices):
    named = offices.exclude(county="").order_by("county")
    return named.values_list("county", flat=True).distinct()
