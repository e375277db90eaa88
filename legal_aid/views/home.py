"""The way into legal aid: each person comes to the first page that is hers."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from legal_aid.tabs import tabs_for
from offices.context import duties_of


@require_safe
def aid(request):
    """Go to the first page of legal aid that the person may enter."""
    tabs = tabs_for(duties_of(request))
    if not tabs:
        raise PermissionDenied
    return redirect(tabs[0]["url"])
