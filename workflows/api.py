"""The worklist for programs: claiming steps, completing them with their own forms, reassigning."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from disputes.serializers import BriefDeadline, BriefOffice
from mediation.desk import get_worked
from mediation.forms.sessions import SessionForm
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.problems import Conflict
from offices.rest.views import IF_MATCH, ApiView
from workflows.courses import StepHeld, StepTaken, claim_step, complete_step
from workflows.forms import HandlerForm
from workflows.leaving import WAYS, ways_for
from workflows.steps import STEPS, step_of
from workflows.views.steps import get_step
from workflows.worklist import (
    handling_clocks,
    is_open,
    may_do,
    office_steps,
    open_steps,
    rows_of,
    steps_for,
)

ANSWERS = PolymorphicProxySerializer(
    component_name="StepAnswers",
    serializers={
        f"{flow.__name__}.{name}": formdata.serializer_of(
            step.form, f"{flow.__name__.removesuffix('Flow')}{name.title().replace('_', '')}Answers"
        )
        for flow, steps in STEPS.items()
        for name, step in steps.items()
    },
    resource_type_field_name=None,
)
SessionRecord = formdata.serializer_of(SessionForm, "SessionRecord")
Reassignment = formdata.serializer_of(HandlerForm, "Reassignment")


class FieldSerializer(serializers.Serializer):
    """One field of the form of a step."""

    name = serializers.CharField()
    label = serializers.CharField()
    type = serializers.CharField()
    required = serializers.BooleanField()
    help = serializers.CharField(allow_blank=True)
    choices = serializers.ListField(child=serializers.DictField())
    initial = serializers.JSONField()


class TaskLine(serializers.Serializer):
    """A step of a case, open or done."""

    id = serializers.IntegerField()
    step = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(["open", "claimed", "done"])
    owner = serializers.CharField(allow_null=True)
    mine = serializers.BooleanField()
    case = serializers.IntegerField()
    proceeding = serializers.IntegerField()
    number = serializers.CharField()
    office = BriefOffice()
    created = serializers.DateTimeField()
    deadline = BriefDeadline(allow_null=True)


class TaskPage(serializers.Serializer):
    """One page of steps, soonest deadline first."""

    next = serializers.CharField(allow_null=True)
    results = TaskLine(many=True)


class TaskSerializer(TaskLine):
    """A step with the form that completes it; no form for who may not do it."""

    intro = serializers.CharField(allow_blank=True)
    form = FieldSerializer(many=True, allow_null=True)


class TasksView(ApiView):
    """The worklist."""

    scopes = {"GET": Scope.CASES_READ}
    filters = ("whose",)
    paged = True

    @extend_schema(
        operation_id="list_tasks",
        tags=["tasks"],
        parameters=[
            OpenApiParameter(
                "whose",
                OpenApiTypes.STR,
                enum=["mine", "office"],
                default="mine",
                description=_lazy("Steps that you may do, or all at your offices."),
            )
        ],
        responses=TaskPage,
    )
    def get(self, request):
        """Return a page of the open steps that this person may do, or of all at her offices."""
        whose = request.query_params.get("whose", "mine")
        if whose not in ("mine", "office"):
            raise ValidationError({"whose": [_("mine or office.")]})
        today, size = timezone.localdate(), paging.size_of(request)
        steps = (steps_for if whose == "mine" else office_steps)(request.user, on=today)
        rows, key = rows_of(steps, today=today, after=paging.key_of(request), limit=size)
        lines = [TaskLine(_line(row.task, row.deadline, request.user)).data for row in rows]
        return paging.page(request, lines, key)


class TaskView(ApiView):
    """One step."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(operation_id="read_task", tags=["tasks"], responses=TaskSerializer)
    def get(self, request, pk):
        """Return the step and what its form asks for now."""
        return Response(_read(request, get_step(request.user, pk)))


class ClaimView(ApiView):
    """Taking a step."""

    scopes = {"POST": Scope.TASKS_WRITE}

    @extend_schema(
        operation_id="claim_task",
        tags=["tasks"],
        parameters=[IF_MATCH],
        request=None,
        responses=TaskSerializer,
    )
    def post(self, request, pk):
        """Take a step that belongs to nobody yet."""
        task = _mine(self, request, pk)
        _or_problem(lambda: claim_step(task, by=request.user, at=timezone.now()))
        return _answer(request, pk)


class CompleteView(ApiView):
    """Completing a step."""

    scopes = {"POST": Scope.TASKS_WRITE}
    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(
        operation_id="complete_task",
        tags=["tasks"],
        parameters=[IF_MATCH],
        request=ANSWERS,
        responses=TaskSerializer,
    )
    def post(self, request, pk):
        """Complete the step with the answers of its form; the flow goes on, or nothing happens.

        A step that takes several goes, such as a session to be continued, stays open.
        """
        return _complete(self, request, pk)


class RecordView(ApiView):
    """The record of a session."""

    scopes = {"POST": Scope.TASKS_WRITE}

    @extend_schema(
        operation_id="record_session",
        tags=["sessions"],
        parameters=[IF_MATCH],
        request=SessionRecord,
        responses=TaskSerializer,
    )
    def post(self, request, pk):
        """Write the record of a session: the step in which the parties meet is done with it.

        While the result is that the mediation is to be continued, the step stays open. The
        version is that of the step, which is answered.
        """
        task = _open_step(get_worked(request.user, pk), "mediate")
        if task is None:
            raise Conflict(str(StepTaken.sentence))
        return _complete(self, request, task.pk)


class ReassignView(ApiView):
    """Giving the file, and with it the step, to somebody else."""

    scopes = {"POST": Scope.TASKS_WRITE}

    @extend_schema(
        operation_id="reassign_task",
        tags=["tasks"],
        parameters=[IF_MATCH],
        request=Reassignment,
        responses=TaskSerializer,
    )
    def post(self, request, pk):
        """Change the handler of the case at whose step this is, with the reason."""
        task = get_step(request.user, pk)
        proceeding, way = task.process.course.proceeding, WAYS["handler"]
        if "handler" not in ways_for(request.user, proceeding.case, on=timezone.localdate()):
            raise PermissionDenied
        _refuse_closed(request, task)
        self.match(request, _read(request, task))
        data = formdata.data_of(way.form, request.data)
        form = way.form(data, proceeding=proceeding, user=request.user)
        if not form.is_valid():
            raise ValidationError(formdata.errors_of(form))
        way.verb(proceeding, **form.cleaned_data, by=request.user, at=timezone.now())
        return _answer(request, pk)


def _open_step(proceeding, name):
    """Return the open step *name* of *proceeding*, None when it is done or not reached."""
    steps = open_steps().filter(process__course__proceeding=proceeding)
    return next((task for task in steps if task.flow_task.name == name), None)


def _complete(view, request, pk):
    task = _mine(view, request, pk)
    step, form = step_of(task), _form(task, request, request.data, request.FILES)
    if not form.is_valid():
        raise ValidationError(formdata.errors_of(form))
    _or_problem(
        lambda: complete_step(
            task,
            step.verb,
            by=request.user,
            at=timezone.now(),
            finishes=step.finishes,
            **form.cleaned_data,
        )
    )
    return _answer(request, pk)


def _answer(request, pk):
    """Return the answer that tells what the step *pk* is now."""
    headers = {"Content-Location": reverse("api-task", args=[pk])}
    return Response(_read(request, get_step(request.user, pk)), headers=headers)


def _mine(view, request, pk):
    """Return the open step *pk* if the person may do it, as the caller saw it last."""
    task = get_step(request.user, pk)
    if not may_do(request.user, task, on=timezone.localdate()):
        task.refresh_from_db(fields=["status"])
        _refuse_closed(request, task)
        raise PermissionDenied
    view.match(request, _read(request, task))
    return task


def _refuse_closed(request, task):
    if not is_open(task):
        raise Conflict(str(StepTaken.sentence))


def _or_problem(act):
    """Do *act*; who may not do what belongs to somebody else is told so."""
    try:
        return act()
    except StepHeld as refusal:
        raise PermissionDenied(str(refusal)) from refusal


def _form(task, request, data=None, files=None):
    step, proceeding = step_of(task), task.process.course.proceeding
    facts = {
        "proceeding": proceeding,
        "user": request.user,
        "today": timezone.localdate(),
    }
    if data is None:
        return step.form(**facts)
    return step.form(formdata.data_of(step.form(**facts), data), files or None, **facts)


def _read(request, task):
    clocks = handling_clocks().filter(proceeding=task.process.course.proceeding)
    found = _line(task, clocks.select_related("rule").first(), request.user)
    doable = is_open(task) and may_do(request.user, task, on=timezone.localdate())
    form = _form(task, request) if doable else None
    found |= {
        "intro": str(form.intro) if form else "",
        "form": formdata.describe_fields(form) if form else None,
    }
    return TaskSerializer(found).data


def _line(task, deadline, user):
    proceeding = task.process.course.proceeding
    status = "done" if not is_open(task) else "claimed" if task.owner_id else "open"
    return {
        "id": task.pk,
        "step": task.flow_task.name,
        "title": str(task.title),
        "status": status,
        "owner": str(task.owner) if task.owner_id else None,
        "mine": task.owner_id == user.pk,
        "case": proceeding.case_id,
        "proceeding": proceeding.pk,
        "number": proceeding.number,
        "office": proceeding.office,
        "created": task.created,
        "deadline": deadline,
    }


urlpatterns = [
    path("tasks/", TasksView.as_view(), name="api-tasks"),
    path("tasks/<key:pk>/", TaskView.as_view(), name="api-task"),
    path("tasks/<key:pk>/claim/", ClaimView.as_view(), name="api-task-claim"),
    path("tasks/<key:pk>/complete/", CompleteView.as_view(), name="api-task-complete"),
    path("tasks/<key:pk>/reassign/", ReassignView.as_view(), name="api-task-reassign"),
    path("proceedings/<key:pk>/sessions/", RecordView.as_view(), name="api-session-record"),
]
