"""The list of the parties' time limits after the award."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbitration.permissions import commissions_of
from arbitration.remedies import STATES, limits_of, page


@require_safe
def remedies(request):
    """List what parties may still do against awards, and what became of it."""
    today = timezone.localdate()
    if not commissions_of(request.user, on=today).exists():
        raise PermissionDenied
    state = request.GET.get("state") if request.GET.get("state") in STATES else STATES[0]
    rows, following = page(
        limits_of(request.user, on=today), state=state, key=request.GET.get("after")
    )
    context = {
        "rows": rows,
        "state": state,
        "following": following,
        "is_first": not request.GET.get("after"),
        "today": today,
    }
    return render(request, "arbitration/remedies.html", context)
