"""The registry: the commission's cases."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbitration import registry
from arbitration.permissions import commissions_of
from disputes import course
from disputes.models import Tier


@require_safe
def docket(request):
    """List the cases of the commission, the most urgent or the newest first."""
    today = timezone.localdate()
    offices = list(commissions_of(request.user, on=today))
    if not offices:
        raise PermissionDenied
    steps = course.steps_of_tier(Tier.ARBITRATION)
    asked = _read_query(request.GET, [name for name, _title in steps])
    rows = registry.cases_of(request.user, on=today)
    rows = registry.narrow(rows, user=request.user, today=today, **asked)
    page = registry.page_by_deadline if asked["state"] == "open" else registry.page_by_newest
    found, following = page(registry.with_facts(rows), request.GET.get("after"))
    context = {
        "offices": offices,
        "rows": registry.lines_of(found),
        "following": following,
        "is_first": not request.GET.get("after"),
        "steps": steps,
        "today": today,
        **asked,
    }
    return render(request, "arbitration/docket.html", context)


def _read_query(query, steps):
    state = "closed" if query.get("state") == "closed" else "open"
    asked = {"state": state, "step": "", "clock": "", "mine": query.get("mine") == "1"}
    if state == "open":
        asked["step"] = query["step"] if query.get("step") in steps else ""
        asked["clock"] = query["clock"] if query.get("clock") in registry.CLOCKS else ""
    return asked
