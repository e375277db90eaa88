"""Figures of legal aid on one page."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disputes.views.paging import read_number
from legal_aid.domain.statistics import figures_of
from legal_aid.permissions import ADMINISTER, OVERSEE, centres_of
from legal_aid.tabs import tabs_for
from offices.context import duties_of


@require_safe
def statistics(request):
    """Show the figures of one year."""
    centres = list(centres_of(request.user, ADMINISTER, OVERSEE))
    if not centres:
        raise PermissionDenied
    today = timezone.localdate()
    year = read_number(request.GET.get("year"), today.year)
    year = year if 2000 <= year <= today.year else today.year
    context = {
        "tabs": tabs_for(duties_of(request), current="aid_statistics"),
        "year": year,
        "found": figures_of(
            centres, user=request.user, since=date(year, 1, 1), until=date(year, 12, 31)
        ),
        "may_go_on": year < today.year,
    }
    return render(request, "legal_aid/statistics.html", context)
