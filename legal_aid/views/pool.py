"""The pool: lawyers and firms of a centre."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Prefetch, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legal_aid.domain.pool import with_load
from legal_aid.forms import pool as forms
from legal_aid.models import Client, Firm, Lawyer
from legal_aid.permissions import ADMINISTER, OVERSEE, centres_of, powers_at
from legal_aid.tabs import tabs_for
from legal_aid.views.doing import serve_form
from offices.context import duties_of


@require_safe
def pool(request):
    """List the lawyers with what they have in hand, and the firms with whom they advise."""
    centres = list(centres_of(request.user, ADMINISTER, OVERSEE))
    if not centres:
        raise PermissionDenied
    today = timezone.localdate()
    away = Max("leaves__until", filter=Q(leaves__since__lte=today, leaves__until__gte=today))
    rows = Lawyer.objects.filter(centre__in=centres).select_related("user", "firm")
    rows = with_load(rows.annotate(away_until=away))
    firms = Firm.objects.filter(centre__in=centres).prefetch_related(
        Prefetch("clients", Client.objects.order_by("name"))
    )
    context = {
        "tabs": tabs_for(duties_of(request), current="pool"),
        "rows": [_state(row, today) for row in rows.order_by("user__name", "pk")],
        "firms": firms,
        "may_change": centres_of(request.user, ADMINISTER).exists(),
        "today": today,
    }
    return render(request, "legal_aid/pool.html", context)


def _state(row, today):
    row.is_serving = row.serves_on(today)
    row.is_licensed = row.is_licensed_on(today)
    row.counties = "、".join(row.areas)
    names = dict(Lawyer._meta.get_field("specialities").base_field.choices)
    row.good_at = [str(names.get(each, each)) for each in row.specialities]
    return row


def lawyer_add(request):
    """Take somebody into the pool."""
    return _serve(request, forms.LawyerForm, _own_centre(request))


def firm_add(request):
    """Put a firm on the list."""
    return _serve(request, forms.FirmForm, _own_centre(request))


def lawyer_edit(request, pk):
    """Change a lawyer of the pool."""
    return _serve(request, forms.ChangeLawyerForm, _found(request, Lawyer, pk))


def lawyer_leave(request, pk):
    """Note a leave."""
    return _serve(request, forms.LeaveForm, _found(request, Lawyer, pk))


def firm_edit(request, pk):
    """Change a firm and whom it advises."""
    return _serve(request, forms.ChangeFirmForm, _found(request, Firm, pk))


def _serve(request, form, row):
    trail = [(_("Lawyers"), reverse("pool"))]
    return serve_form(request, form, row=row, back=reverse("pool"), trail=trail)


def _own_centre(request):
    centre = centres_of(request.user, ADMINISTER).order_by("pk").first()
    if centre is None:
        raise PermissionDenied
    return centre


def _found(request, model, pk):
    """Return the row *pk*: 404 outside one's centres, 403 without the duty to administer."""
    row = model.objects.filter(
        pk=pk, centre__in=centres_of(request.user, ADMINISTER, OVERSEE)
    ).first()
    if row is None:
        raise Http404
    if ADMINISTER not in powers_at(request.user, row.centre):
        raise PermissionDenied
    return row
