"""The doors at which the clock of a deadline is turned."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from disputes.domain import turning
from disputes.domain.evidence import add_evidence
from disputes.domain.refusals import Refusal
from disputes.forms.clockevents import PAPERS, TurnForm
from disputes.look.words import say_day
from disputes.models import Deadline, Tier
from disputes.permissions import visible_cases
from disputes.views.casefile import CaseFile
from law.refusals import LawRefusal
from offices.domain.staffing import offices_where

DUTIES = {Tier.ARBITRATION: ("arbitrate", "docket_cases")}
# What rooms above call the day of an act.
DAY_NAMES = {"since", "resumed_on", "approved_on"}


def may_turn(file, deadline):
    """Return whether the reader of *file* works on what *deadline* belongs to, at its desk.

    A deadline of no proceeding belongs to the one in which the case is.
    """
    proceeding = deadline.proceeding or file.current
    if proceeding is None or proceeding.pk not in file.content.worked:
        return False
    return any(
        offices_where(file.user, duty, on=file.today).filter(pk=proceeding.desk_id).exists()
        for duty in DUTIES.get(proceeding.tier, ("mediate",))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def turn_clock(request, pk, act):
    """Suspend, resume, restart or extend a deadline; 404 for a stranger to its case."""
    if act not in turning.ACTS:
        raise Http404
    rows = Deadline.objects.filter(case__in=visible_cases(request.user))
    deadline = get_object_or_404(
        rows.select_related("rule", "case", "proceeding__desk", "proceeding__case"), pk=pk
    )
    file = CaseFile(request.user, deadline.case_id)
    if not may_turn(file, deadline):
        raise PermissionDenied
    if act not in turning.acts_open(deadline):
        messages.error(request, _("The law or the state of this clock does not allow that now."))
        return redirect("deadline", pk=pk)
    papers = file.content.rows(deadline.case.evidence.order_by("-pk"))
    form = TurnForm(
        request.POST or None,
        request.FILES or None,
        deadline=deadline,
        act=act,
        papers=papers,
        today=file.today,
    )
    form.fields["evidence"].widget.choices = _choices(papers)
    if form.is_valid() and _turn(request, deadline, act, form):
        return redirect("deadline", pk=pk)
    context = {"form": form, "deadline": deadline, "file": file, "act": act, "today": file.today}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/clock_event.html", context, status=status)


def _turn(request, deadline, act, form):
    """Do what *form* says; return whether it was done, else the refusal stands in the form."""
    facts = dict(form.cleaned_data)
    upload = facts.pop("file")
    try:
        with transaction.atomic():
            at = timezone.now()
            if upload:
                proceeding = turning.proceeding_of(deadline)
                facts["evidence"] = add_evidence(proceeding, file=upload, at=at, by=request.user)
            turned = turning.turn(deadline, act, at=at, by=request.user, **facts)
    except (Refusal, LawRefusal) as refusal:
        field = getattr(refusal, "field", None)
        field = "on" if field in DAY_NAMES else field
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    messages.success(request, _say_done(turned))
    return True


def _say_done(deadline):
    if deadline.state == Deadline.State.SUSPENDED:
        return _("Recorded. The clock stands still.")
    if deadline.ended_on:
        return _("Recorded. The clock has ended.")
    return _("Recorded. To be done by %(alarm)s, expires by law on %(legal)s.") % {
        "alarm": say_day(deadline.alarm_on),
        "legal": say_day(deadline.due_legal),
    }


def _choices(papers):
    rows = papers.values_list("pk", "name")[:PAPERS]
    return [("", _("none chosen")), *rows]
