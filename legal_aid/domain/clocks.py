"""The time limits of legal aid, derived from the law room whenever they are asked for.

They are the centre's own (法律援助法 articles 43 and 49; 68 lets the unions' centres follow it):
nothing is stored, so a holiday notice moves them at once and no party's page shows them.
"""

from django.db.models import Exists, OuterRef, Q

from disputes.domain.clocks import derive
from disputes.models import Deadline
from legal_aid.models import Application, Engagement

DECIDE, ASSIGN, REVIEW = "LEGAL_AID_DECIDE", "LEGAL_AID_ASSIGN", "LEGAL_AID_REVIEW"


def clocks_of(application, *, assigned_on=None):
    """Return the clocks of *application* in their order, each with its ``state`` and ``rule``.

    *assigned_on* is the day on which a lawyer took it, or None. The last one runs, if any does.
    """
    found = [_clock(application, DECIDE, application.received_on, application.decided_on)]
    if application.objected_on:
        found.append(_clock(application, REVIEW, application.objected_on, application.reviewed_on))
    if application.granted_on:
        found.append(_clock(application, ASSIGN, application.granted_on, assigned_on))
    return found


def running_clock(application, *, assigned_on=None):
    """Return the clock that runs in *application*, or None."""
    if application.ended_on:
        return None
    clocks = clocks_of(application, assigned_on=assigned_on)
    return next((clock for clock in clocks if clock.state == Deadline.State.RUNNING), None)


def due_applications(*, on):
    """Return (application, clock) of what a centre has to do by the date *on* at the latest.

    Two queries, however many there are.
    """
    rows = Application.objects.filter(ended_on__isnull=True).exclude(
        decision=Application.Decision.REFUSED, objected_on__isnull=True
    )
    rows = rows.exclude(objection_result=Application.ObjectionResult.CONFIRMED)
    taken = Engagement.objects.filter(
        application=OuterRef("pk"), accepted_at__isnull=False, ended_at__isnull=True
    )
    rows = rows.exclude(Exists(taken), ~Q(decision=""))
    found = []
    for row in rows.select_related("case", "centre"):
        clock = running_clock(row)
        if clock is not None and clock.alarm_on <= on:
            found.append((row, clock))
    return found


def _clock(application, rule_id, started_on, ended_on):
    clock = derive(application.case, rule_id, on=started_on)
    if ended_on:
        met = ended_on <= clock.due_legal
        clock.state = Deadline.State.MET if met else Deadline.State.LATE
        # Aid ahead of its decision comes before the clock that it need not wait for.
        clock.ended_on = max(ended_on, started_on)
    return clock
