"""Alarms: telling people that a deadline is near or gone, and that something is stuck."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.models import Deadline
from notices.domain.inbox import notify
from notices.models import Notice
from offices.duties import Role
from offices.models import Posting, User
from workflows.models import StuckTimer

BATCH = 500


def alarm_deadlines(*, at):
    """Tell handlers of deadlines to be met by today, heads of those gone; return how many.

    A deadline alarms on the last working day on which the office can still act in time, and
    again, one level up, when it is over. May run as often as one likes.
    """
    return alarm_near(at=at) + alarm_overdue(at=at)


def alarm_near(*, at):
    """Tell the holders of files whose deadlines are to be met by today; return how many."""
    near = _running().filter(alarm_on__lte=timezone.localdate(at), alarmed_at__isnull=True)
    return sum(_alarm_near(deadline, at=at) for deadline in near.order_by("alarm_on")[:BATCH])


def alarm_overdue(*, at):
    """Tell the heads of offices whose deadlines are over; return how many."""
    gone = _running().filter(due_legal__lt=timezone.localdate(at), overdue_alarmed_at__isnull=True)
    return sum(_alarm_overdue(deadline, at=at) for deadline in gone.order_by("due_legal")[:BATCH])


def _running():
    return Deadline.objects.filter(
        state=Deadline.State.RUNNING, armed=True, proceeding__isnull=False
    ).select_related("proceeding__handler", "proceeding__office")


@transaction.atomic
def _alarm_near(deadline, *, at):
    handler = deadline.proceeding.handler
    _tell(
        deadline,
        [handler] if handler else _heads(deadline, at),
        N_("%(number)s: a deadline ends on %(due)s"),
        at=at,
        due=deadline.alarm_on,
    )
    deadline.alarmed_at = at
    deadline.save(update_fields=["alarmed_at"])
    return 1


@transaction.atomic
def _alarm_overdue(deadline, *, at):
    _tell(
        deadline,
        _heads(deadline, at),
        N_("%(number)s: a deadline has passed (%(due)s)"),
        at=at,
        due=deadline.due_legal,
    )
    deadline.overdue_alarmed_at = at
    deadline.save(update_fields=["overdue_alarmed_at"])
    return 1


def _tell(deadline, recipients, verb, *, at, due):
    notify(
        recipients,
        verb,
        kind=Notice.Kind.DEADLINE,
        url=reverse("case", args=[deadline.case_id]),
        key=f"deadline-{deadline.pk}-{verb[12:30]}-{due}",
        at=at,
        number=deadline.proceeding.number,
        due=due,
    )


def alarm_stuck(*, at):
    """Tell the administrators of clocks that could not do their work."""
    stuck = list(StuckTimer.objects.all()[:BATCH])
    for each in stuck:
        notify(
            _people(Posting.objects.filter(role=Role.SYSTEM_ADMINISTRATOR), at),
            N_("A clock is stuck and needs somebody to look at it"),
            kind=Notice.Kind.FAULT,
            url=reverse("stuck"),
            key=f"stuck-{each.task_id}",
            at=at,
        )
    return len(stuck)


def alarm_damaged_log(verification):
    """Tell the auditors of a ``Verification`` that found the audit log damaged."""
    auditors = Posting.objects.filter(role__in=[Role.AUDITOR, Role.AUDIT_ADMINISTRATOR])
    notify(
        _people(auditors, verification.at),
        N_("The audit log was found damaged"),
        kind=Notice.Kind.FAULT,
        url=reverse("audit"),
        key=f"audit-{verification.pk}",
        at=verification.at,
    )


def _heads(deadline, at):
    heads = Posting.objects.filter(
        office=deadline.proceeding.office_id, role__in=[Role.HEAD, Role.COMMISSION_HEAD]
    )
    return _people(heads, at)


def _people(postings, at):
    active = postings.active(timezone.localdate(at))
    return list(User.objects.filter(postings__in=active, is_active=True).distinct())
