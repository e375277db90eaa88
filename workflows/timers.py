"""Firing the clocks that came due: each once, whole or not at all, its failures visible."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Mod
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from disputes.faults import say_fault
from workflows.acting import acting
from workflows.models import StuckTimer

logger = logging.getLogger("fangxian.timers")


def due_timers(*, at, shard=0, shards=1):
    """Return the timers of one *shard* of processes that are due at the moment *at*, oldest first.

    Timers that failed before are tried again like the others.
    """
    return (
        Task.objects.filter(flow_task_type="TIMER", status=STATUS.SCHEDULED, scheduled__lte=at)
        .alias(shard=Mod(F("process_id"), shards))
        .filter(shard=shard)
        .order_by("scheduled", "pk")
    )


def fire_due(*, at, shard=0, shards=1):
    """Fire the due timers of one *shard*; return how many fired.

    May run at the same time elsewhere, and again after it was killed: a timer is looked at
    again under the lock of its process.
    """
    pks = list(due_timers(at=at, shard=shard, shards=shards).values_list("pk", flat=True))
    return sum(fire(Task.objects.get(pk=pk), at=at) for pk in pks)


def fire(task, *, at):
    """Fire one timer at the moment *at*; return whether it fired.

    When a verb behind it fails, everything it did is taken back, the step stays open, and the
    failure stands on the administrator's page.
    """
    try:
        return _fire(task, at=at)
    except FlowLockFailed:
        return False
    except Exception as error:
        logger.error("timer %s failed: %s", task.pk, type(error).__name__)
        _note_failure(task, error, at=at)
        return False


def shards():
    """Return how many shards the timers are fired in."""
    return settings.TIMER_SHARDS


def _fire(task, *, at):
    with transaction.atomic(), acting(by=None, at=at), task.activation() as activation:
        due = task.scheduled is not None and task.scheduled <= at
        if task.status != STATUS.SCHEDULED or not due:
            return False
        activation.start()
        activation.execute()
        StuckTimer.objects.filter(task_id=task.pk).delete()
        return True


def _note_failure(task, error, *, at):
    stuck, made = StuckTimer.objects.get_or_create(
        task_id=task.pk,
        defaults={"error": say_fault(error), "first_failed_at": at, "last_failed_at": at},
    )
    if not made:
        stuck.attempts += 1
        stuck.error = say_fault(error)
        stuck.last_failed_at = at
        stuck.save()
