"""Sessions, agreements and meetings for programs, read by whoever reads them on the pages."""

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from disputes.views.casefile import CaseFile
from mediation.models import Agreement, Meeting, Session
from mediation.permissions import visible_meetings
from offices.models import Scope
from offices.rest import paging
from offices.rest.views import ApiView


class SessionSerializer(serializers.ModelSerializer):
    """When people met and with what result; what was said stays on the pages of the desk."""

    class Meta:
        model = Session
        fields = (
            "id",
            "proceeding",
            "ordinal",
            "started_at",
            "ended_at",
            "mode",
            "place",
            "result",
        )


class AgreementSerializer(serializers.ModelSerializer):
    """What the parties agreed, and since when it has effect."""

    missing = serializers.ListField(
        child=serializers.CharField(), help_text="without these it has no effect yet"
    )

    class Meta:
        model = Agreement
        fields = (
            "id", "proceeding", "terms", "amount", "performance_by", "performance_mode",
            "worker_signed_on", "employer_signed_on", "mediator_signed_on", "sealed_on",
            "declined", "effective_on", "missing",
        )  # fmt: skip


class SessionsView(ApiView):
    """The mediation sessions of a case."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(
        operation_id="list_sessions", tags=["sessions"], responses=SessionSerializer(many=True)
    )
    def get(self, request, pk):
        """Return the sessions held at the desks where this person works on the case, in order."""
        worked = CaseFile(request.user, pk).content.worked
        rows = Session.objects.filter(proceeding__in=worked).order_by("proceeding", "ordinal")
        return Response(SessionSerializer(rows, many=True).data)


class AgreementsView(ApiView):
    """The mediation agreements of a case."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(
        operation_id="list_agreements",
        tags=["agreements"],
        responses=AgreementSerializer(many=True),
    )
    def get(self, request, pk):
        """Return the agreements made at the desks where this person works on the case."""
        worked = CaseFile(request.user, pk).content.worked
        rows = Agreement.objects.filter(proceeding__in=worked).order_by("pk")
        return Response(AgreementSerializer(rows, many=True).data)


class MeetingSerializer(serializers.ModelSerializer):
    """A meeting of the agencies: when, where, and how far it has come; no agenda."""

    class Meta:
        model = Meeting
        fields = (
            "id", "kind", "name", "office", "starts_at", "ends_at", "room", "place", "status",
        )  # fmt: skip


class MeetingPage(serializers.Serializer):
    """One page of meetings, newest first."""

    next = serializers.CharField(allow_null=True)
    results = MeetingSerializer(many=True)


class MeetingsView(ApiView):
    """The meetings that exist for the person."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(
        operation_id="list_meetings",
        tags=["meetings"],
        parameters=paging.PARAMETERS,
        responses=MeetingPage,
    )
    def get(self, request):
        """Return a page of meetings, those entered last first."""
        paging.refuse_unknown(request)

        def read(found):
            return MeetingSerializer(found, many=True).data

        return paging.page_of_rows(request, visible_meetings(request.user), read)


class MeetingView(ApiView):
    """One meeting."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(operation_id="read_meeting", tags=["meetings"], responses=MeetingSerializer)
    def get(self, request, pk):
        """Return when and where the meeting is."""
        row = visible_meetings(request.user).filter(pk=pk).first()
        if row is None:
            raise Http404
        return Response(MeetingSerializer(row).data)


urlpatterns = [
    path("meetings/", MeetingsView.as_view(), name="api-meetings"),
    path("meetings/<key:pk>/", MeetingView.as_view(), name="api-meeting"),
    path("cases/<key:pk>/sessions/", SessionsView.as_view(), name="api-sessions"),
    path("cases/<key:pk>/agreements/", AgreementsView.as_view(), name="api-agreements"),
]
