"""From a filled form to meetings: what the pages and the doors for programs do alike."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from disputes.look.words import say_moment
from mediation.domain.meetings import invitations, planning, series
from mediation.models import Meeting
from mediation.permissions import convening_offices
from offices.models import Office


def convening(user):
    """Return the offices for which *user* convenes; raises ``PermissionDenied`` without any."""
    offices = Office.objects.filter(pk__in=convening_offices(user)).order_by("pk")
    if not offices:
        raise PermissionDenied
    return offices


def plan_as_said(form, *, at, by):
    """Plan what the ``MeetingForm`` says and return the meeting, the first one of a series.

    Raises the refusals of ``planning.plan`` and ``series.plan_series``.
    """
    people = form.delegates(on=timezone.localdate(at))
    office = form.cleaned_data["office"]
    common = {"people": people, "at": at, "by": by}
    if form.is_series:
        return series.plan_series(office, rule=form.rule, **form.shared, **common).meetings.first()
    return planning.plan(office, **form.facts, **common)


@transaction.atomic
def change_as_said(form, *, at, by):
    """Change the meeting of the ``MeetingForm``, or its series; who was invited is told.

    Raises the refusals of ``planning.change`` and ``series.change_series``.
    """
    meeting, common = form.meeting, {"version": form.cleaned_data["version"], "at": at, "by": by}
    was = f"{say_moment(meeting.starts_at)} {meeting.where}"
    if form.reaches_more:
        told = meeting.series.meetings.filter(status=Meeting.Status.INVITED).exists()
        whole = form.cleaned_data["scope"] == "all"
        changed = series.change_series(
            meeting, whole=whole, rule=form.rule, **form.shared, **common
        )
        if told:
            invitations.tell_series(changed, at=at, by=by)
    elif planning.change(meeting, **form.facts, **common):
        meeting.refresh_from_db()
        invitations.tell_change(meeting, before=was, at=at)


@transaction.atomic
def cancel_as_said(meeting, form, *, at, by):
    """Cancel *meeting*, or it and those after it, as the ``CancelForm`` says; tell the invited."""
    facts = {"reason": form.cleaned_data["reason"], "at": at, "by": by}
    if form.cleaned_data.get("scope") == "following":
        gone = series.cancel_rest(meeting, **facts)
    else:
        gone = [planning.cancel(meeting, **facts)]
    for each in gone:
        invitations.tell_cancelled(each, at=at)
