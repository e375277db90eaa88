"""How a deadline was counted: day by day, step by step, article by article."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from disputes.domain.clocks import due_of
from disputes.domain.leading import is_ours
from disputes.domain.turning import acts_open
from disputes.forms.clockevents import TITLES
from disputes.look import count_calendar
from disputes.models import Deadline
from disputes.permissions import visible_cases
from disputes.views.casefile import CaseFile
from disputes.views.clockevents import may_turn
from law.explanation import explain, say_step

# Where it is written how days are counted, by the kind of step.
BASIS = {
    "start": gettext_lazy("Civil Code, article 201"),
    "restart": gettext_lazy("Civil Code, article 201"),
    "roll": gettext_lazy("Civil Code, article 203"),
    "alarm": gettext_lazy("rule of this house; no party's right depends on it"),
}


@require_safe
def deadline(request, pk):
    """Show the sheet; 404 for a stranger to the case, 403 for who only reads how it stands."""
    rows = Deadline.objects.filter(case__in=visible_cases(request.user))
    rows = rows.select_related("rule", "proceeding__desk")
    row = get_object_or_404(rows, pk=pk)
    file = CaseFile(request.user, row.case_id)
    if not file.content.is_outline:
        raise PermissionDenied
    due = due_of(row)
    events = list(
        row.events.select_related(
            "recorded_by", "approved_by", "evidence", "service__document__paper", "service__party"
        )
    )
    if not file.content.is_full:
        # Why a clock stood still is told in the words of the case.
        due = without_reasons(due)
    context = {
        "file": file,
        "deadline": row,
        "due": due,
        "explanation": explain(row.rule, due),
        "is_ours": is_ours(row),
        "steps": _steps(row.rule, due, events, ours=is_ours(row), full=file.content.is_full),
        "strip": count_calendar.count_strip(due, file.today),
        "weeks": count_calendar.count_weeks(due, file.today),
        "exceptional": count_calendar.exceptional_days(due),
        "events": events,
        "changes": row.changes.select_related("run").order_by("-pk"),
        "acts": _acts(row, file),
        "today": file.today,
    }
    return render(request, "disputes/deadline.html", context)


def without_reasons(due):
    """Return *due* without the words of the case in which its clock stood still."""
    return replace(due, steps=tuple(replace(step, reason="") for step in due.steps))


def _acts(row, file):
    """Return (act, its title) for what this person may do to the clock now."""
    return [(act, TITLES[act]) for act in acts_open(row)] if may_turn(file, row) else []


def _steps(rule, due, events, *, ours, full):
    """Return the steps of the count with the day and the law of each."""
    grounds = {(event.kind, event.on): event.ground_article for event in events}
    sources = {(event.kind, event.on): event.service for event in events if full}
    steps = [
        {
            "sentence": say_step(step, rule),
            "on": step.on,
            "basis": grounds.get((step.kind, step.on))
            or BASIS.get(step.kind, rule.article if step.kind == "count" else ""),
            "service": sources.get((step.kind, step.on)),
        }
        for step in due.steps
    ]
    if ours and due.alarm != due.nominal:
        sentence = _("This office does not use the days that were rolled on.")
        steps.append({"sentence": sentence, "on": due.alarm, "basis": BASIS["alarm"]})
    return steps
