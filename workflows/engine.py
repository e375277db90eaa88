"""The engine of the course: Viewflow with its known faults mended by subclassing.

Only private names of django-viewflow 2.4.0 are touched here, which is why it is pinned.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes.boundary import TimerBoundary, TimerBoundaryActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

OPEN = (STATUS.NEW, STATUS.ASSIGNED, STATUS.SCHEDULED, STATUS.STARTED)


class RowLock:
    """Let one person at a time move a process; the next one waits and then sees the truth.

    The stock lock either does nothing or gives up at once, and its failure aborts an outer
    transaction. ``timeout`` is PostgreSQL's, for one transaction.
    """

    def __init__(self, timeout="5s"):
        self.timeout = timeout

    @contextmanager
    def __call__(self, flow_class, process_pk):
        with transaction.atomic():
            self._take(process_pk)
            yield

    def _take(self, process_pk):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [self.timeout])
                locked = Process.objects.select_for_update(no_key=True).filter(pk=process_pk)
                list(locked.values_list("pk"))
        except OperationalError as error:
            raise FlowLockFailed(str(error)) from error


class WorkActivation(ViewActivation):
    """A human step whose clocks go with it, however it ends."""

    @Activation.status.super()
    def cancel(self):
        super().cancel.original()
        for task in self.task.leading.filter(status__in=OPEN):
            if getattr(task.flow_task, "_attached_to", None) == self.flow_task:
                activation = task.flow_task.activation_class(task)
                if activation.cancel.can_proceed():
                    activation.cancel()


class ClockActivation(TimerBoundaryActivation):
    """A deadline on a step: may stand still, and fires whole or not at all."""

    @Activation.status.super()
    def activate(self):
        # The stock timer has no way to stand still; a deadline not armed yet has no moment.
        moment = self.flow_task._delay(self)
        if moment is not None and not isinstance(moment, datetime):
            raise ValueError(f"A clock fires at a moment or not at all, not at {moment!r}")
        self.task.scheduled = moment
        self.task.save()

    @Activation.status.transition(source=STATUS.STARTED)
    def execute(self):
        # The stock timer swallows what fails behind it and leaves the process half done.
        self.cancel_host_tasks()
        self.complete()
        self.activate_next()


class Clock(TimerBoundary):
    """The mark on the border of a step that a deadline leaves in the drawn flow."""

    activation_class = ClockActivation


class Work(flow.View):
    """A human step: one form of ours, done by whoever holds the duty at the case's office."""

    activation_class = WorkActivation
    # Stock actions would open doors around the permissions and lose the clocks.
    assign_view_class = None
    unassign_view_class = None
    reassign_view_class = None
    cancel_view_class = None
    undo_view_class = None
    revive_view_class = None

    def __init__(self):
        super().__init__(view=None)
        self._boundary_specs = []

    def expires(self, moment, then, *, title):
        """Let the step end at *moment*, a method of the flow, and go on with *then*."""
        clock = Clock(None, delay=moment).Next(then).Annotation(title=title)
        self._boundary_specs.append(("timeout", clock))
        return self

    def can_assign(self, user, task):
        # Duties are asked in disputes.permissions, never model-wide as the stock gate does.
        return False


def work(title, duty, *, handler=False, owner=None):
    """Make a new human step for one flow; nodes are never shared between flows.

    *duty* is a permission on the proceeding's office. With *handler* the step belongs to the
    person who holds the file, with *owner*, a method of the flow, to whom that names.
    """
    node = Work().Annotation(title=title).Permission(f"offices.{duty}", obj=_office)
    owner = file_holder if handler else owner
    return node.Assign(owner) if owner else node


def _office(process):
    return process.course.proceeding.desk


def file_holder(activation):
    """Return the person who holds the file of the case that *activation* moves, or None."""
    return activation.process.course.proceeding.handler


class TierFlow:
    """What every tier's flow can do. Methods only: nodes cannot be inherited."""

    lock_impl = RowLock()

    def has_view_permission(self, user, obj=None):
        """Refuse: the engine's own screens are not part of this house."""
        return False

    def has_manage_permission(self, user, obj=None):
        """Refuse: cases are moved by verbs of the record only."""
        return False


def jump(process, node, *, at):
    """Cancel whatever is open in *process* and go on at *node*, under the flow's lock.

    Never jump into the middle of a parallel block: a join needs the token of its split.
    """
    with process.flow_class.lock(process.pk):
        # Read anew: the stale row of whoever asks would undo what was written meanwhile.
        tasks = Task.objects.filter(process=process.pk)
        last = _cancel_open_tasks(process, at=at) or tasks.latest("pk")
        new = node._create(last.flow_task.activation_class(last), Token("start"))
        new._activate_next({new})


def _cancel_open_tasks(process, *, at):
    first = None
    for task in process.task_set.filter(status__in=OPEN).order_by("pk"):
        first = first or task
        # Cancelling a step may have cancelled its clock already.
        task.refresh_from_db()
        if task.status not in OPEN:
            continue
        activation = task.flow_task.activation_class(task)
        if activation.cancel.can_proceed():
            activation.cancel()
        else:
            process.task_set.filter(pk=task.pk).update(status=STATUS.CANCELED, finished=at)
    return first


def midnight_after(day):
    """Return the moment at which *day* is over in Shanghai."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()) + timedelta(days=1))
