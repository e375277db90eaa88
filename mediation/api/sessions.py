"""Mediation sessions for programs: those held, those planned, planning one, calling it off."""

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from disputes.views.casefile import CaseFile
from mediation.desk import get_mediated
from mediation.domain import planning
from mediation.forms.planning import NoticeForm, PlanForm
from mediation.models import PlannedSession, Session
from offices.models import Scope
from offices.rest import formdata
from offices.rest.changing import change, fill
from offices.rest.views import IF_MATCH, ApiView

READS, WRITES = {"GET": Scope.CASES_READ}, {"POST": Scope.CASES_WRITE}
PlanInput = formdata.serializer_of(PlanForm, "SessionPlan")
NoticeInput = formdata.serializer_of(NoticeForm, "SessionNotice")


class SessionSerializer(serializers.ModelSerializer):
    """When people met and with what result; what was said stays on the pages of the desk."""

    class Meta:
        model = Session
        fields = (
            "id", "proceeding", "ordinal", "started_at", "ended_at", "mode", "place", "result",
            "next_at",
        )  # fmt: skip


class PlannedSessionSerializer(serializers.ModelSerializer):
    """A session that is planned: when, where, who leads it, and whether the parties were told."""

    class Meta:
        model = PlannedSession
        fields = (
            "id", "proceeding", "starts_at", "ends_at", "mode", "room", "place", "link", "host",
            "notified_on", "notice_method", "cancelled",
        )  # fmt: skip


class SessionsView(ApiView):
    """The mediation sessions of a case."""

    scopes = READS

    @extend_schema(
        operation_id="list_sessions", tags=["sessions"], responses=SessionSerializer(many=True)
    )
    def get(self, request, pk):
        """Return the sessions held at the desks where this person works on the case, in order."""
        worked = CaseFile(request.user, pk).content.worked
        rows = Session.objects.filter(proceeding__in=worked).order_by("proceeding", "ordinal")
        return Response(SessionSerializer(rows, many=True).data)


class PlannedSessionsView(ApiView):
    """The planned sessions of a mediation."""

    scopes = READS | WRITES

    @extend_schema(
        operation_id="list_planned_sessions",
        tags=["sessions"],
        responses=PlannedSessionSerializer(many=True),
    )
    def get(self, request, pk):
        """Return the planned sessions of the mediation, the earliest first."""
        rows = get_mediated(request.user, pk).planned_sessions.all()
        return Response(PlannedSessionSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="plan_session",
        tags=["sessions"],
        request=PlanInput,
        responses={201: PlannedSessionSerializer},
    )
    def post(self, request, pk):
        """Plan a session: the room and the mediator are taken, or 409 when somebody has them."""
        proceeding = get_mediated(request.user, pk)
        form = fill(
            request,
            lambda data, files: PlanForm(data, proceeding=proceeding, today=timezone.localdate()),
        )
        row = planning.plan_session(
            proceeding, **form.cleaned_data, at=timezone.now(), by=request.user
        )
        headers = {"Location": _place(row.pk)}
        return Response(PlannedSessionSerializer(row).data, status=201, headers=headers)


class PlannedSessionView(ApiView):
    """One planned session."""

    scopes = READS

    @extend_schema(
        operation_id="read_planned_session",
        tags=["sessions"],
        responses=PlannedSessionSerializer,
    )
    def get(self, request, pk):
        """Return the planned session."""
        return Response(_read(request, pk))


class CancelView(ApiView):
    """Calling a planned session off."""

    scopes = WRITES

    def place(self, pk):
        return _place(pk)

    @extend_schema(
        operation_id="cancel_planned_session",
        tags=["sessions"],
        parameters=[IF_MATCH],
        request=None,
        responses=PlannedSessionSerializer,
    )
    def post(self, request, pk):
        """Call the planned session off; its room and its mediator are free again."""
        row = _get(request, pk)
        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            do=lambda form: planning.cancel_plan(row, at=timezone.now(), by=request.user),
        )


class NoticeView(ApiView):
    """That the parties were told of a planned session."""

    scopes = WRITES

    def place(self, pk):
        return _place(pk)

    @extend_schema(
        operation_id="note_session_notice",
        tags=["sessions"],
        parameters=[IF_MATCH],
        request=NoticeInput,
        responses=PlannedSessionSerializer,
    )
    def post(self, request, pk):
        """Note on which day and how the parties were told of the session."""
        row = _get(request, pk)
        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=lambda data, files: NoticeForm(data),
            do=lambda form: planning.note_notice(
                row, **form.cleaned_data, at=timezone.now(), by=request.user
            ),
        )


def _get(request, pk):
    """Return the planned session *pk*; 404 for a stranger, 403 for who does not mediate there."""
    row = get_object_or_404(PlannedSession, pk=pk)
    get_mediated(request.user, row.proceeding_id)
    return row


def _read(request, pk):
    return PlannedSessionSerializer(_get(request, pk)).data


def _place(pk):
    return reverse("api-planned-session", args=[pk])


urlpatterns = [
    path("cases/<key:pk>/sessions/", SessionsView.as_view(), name="api-sessions"),
    path(
        "proceedings/<key:pk>/planned-sessions/",
        PlannedSessionsView.as_view(),
        name="api-planned-sessions",
    ),
    path("planned-sessions/<key:pk>/", PlannedSessionView.as_view(), name="api-planned-session"),
    path(
        "planned-sessions/<key:pk>/cancel/",
        CancelView.as_view(),
        name="api-planned-session-cancel",
    ),
    path(
        "planned-sessions/<key:pk>/notice/",
        NoticeView.as_view(),
        name="api-planned-session-notice",
    ),
]
