"""The first page in the morning: what to do, most urgent first."""

from django.shortcuts import render
from django.utils import timezone

from disputes.permissions import can_file_at
from mediation.domain.dispatches import open_dispatches
from mediation.domain.meetings.followup import open_actions
from workflows.confirming import unconfirmed
from workflows.worklist import counts_of, office_steps, rows_of, steps_for

GROUPS = ("over", "soon", "new", "rest")


def worklist(request):
    """Show the open steps of the person who asks, or with ``?tab=office`` of her offices."""
    today = timezone.localdate()
    tab = "office" if request.GET.get("tab") == "office" else "mine"
    mine = steps_for(request.user, on=today)
    steps = mine if tab == "mine" else office_steps(request.user, on=today)
    rows, next_key = rows_of(steps, today=today, after=request.GET.get("after"))
    counts = counts_of(mine, today=today)
    context = {
        "today": today,
        "tab": tab,
        "counts": counts,
        "groups": [
            (name, [row for row in rows if row.group == name])
            for name in GROUPS
            if any(row.group == name for row in rows)
        ],
        "is_empty": not rows,
        "next_key": next_key,
        "may_file": can_file_at(request.user, on=today).exists(),
        "actions": open_actions(request.user, on=today),
        "dispatches": open_dispatches(request.user, on=today),
        "to_confirm": unconfirmed(request.user, on=today).exists(),
    }
    return render(request, "workflows/worklist.html", context)
