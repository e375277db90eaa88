"""Applications for legal aid for programs: how they stand, applying, deciding, assigning."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from disputes.permissions import read_case
from legal_aid.api.acting import ActView, act_paths
from legal_aid.forms.applications import ApplyForm
from legal_aid.models import Application
from legal_aid.permissions import get_application, may_apply, visible_applications
from legal_aid.views.applications import ACTS, find_application
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.changing import fill
from offices.rest.views import ApiView

READS, WRITES = {"GET": Scope.CASES_READ}, {"POST": Scope.CASES_WRITE}
AidInput = formdata.serializer_of(ApplyForm, "AidInput")
# What the centre does with an application, and how each is called.
NAMES = {
    "ahead": "give_aid_ahead",
    "assign": "assign_lawyer",
    "opinion": "give_first_opinion",
    "decide": "decide_aid",
    "object": "object_to_refusal",
    "review": "decide_objection",
    "change": "change_lawyer",
    "rate": "rate_aid",
    "quality": "check_aid_quality",
    "end": "end_aid",
}


class AidSerializer(serializers.ModelSerializer):
    """An application for legal aid: where, for which case, how it stands; nothing told in it."""

    class Meta:
        model = Application
        fields = (
            "id", "number", "centre", "case", "received_on", "help_kind", "stage", "ahead_on",
            "decision", "decided_on", "objected_on", "objection_result", "ended_on",
        )  # fmt: skip


class AidPage(serializers.Serializer):
    """One page of applications, newest first."""

    next = serializers.CharField(allow_null=True)
    results = AidSerializer(many=True)


class AidsView(ApiView):
    """The applications for legal aid that exist for the person."""

    scopes = READS
    paged = True

    @extend_schema(operation_id="list_aid", tags=["aid"], responses=AidPage)
    def get(self, request):
        """Return a page of applications, newest first."""

        def read(found):
            return AidSerializer(found, many=True).data

        return paging.page_of_rows(request, visible_applications(request.user), read)


class CaseAidView(ApiView):
    """Applying for legal aid in a case."""

    scopes = WRITES

    @extend_schema(
        operation_id="apply_for_aid",
        tags=["aid"],
        request=AidInput,
        responses={201: AidSerializer},
    )
    def post(self, request, pk):
        """Hand in an application for the worker of the case; 409 when there is one already."""
        case, proceedings, content = read_case(request.user, pk)
        if not may_apply(request.user, case, proceedings, content):
            raise PermissionDenied
        form = fill(request, lambda data, files: ApplyForm(data, row=case, user=request.user))
        row = form.do(at=timezone.now(), by=request.user)
        headers = {"Location": reverse("api-aid", args=[row.pk])}
        return Response(AidSerializer(row).data, status=201, headers=headers)


class AidView(ApiView):
    """One application for legal aid."""

    scopes = READS

    @extend_schema(operation_id="read_aid", tags=["aid"], responses=AidSerializer)
    def get(self, request, pk):
        """Return how the application stands."""
        return Response(AidSerializer(get_application(request.user, pk)).data)


class AidActView(ActView):
    """Something that is done with an application."""

    door = "api-aid"

    def find(self, request, pk):
        return find_application(request.user, pk)

    def read(self, request, pk):
        return AidSerializer(get_application(request.user, pk)).data


urlpatterns = [
    path("aid/", AidsView.as_view(), name="api-aids"),
    path("aid/<key:pk>/", AidView.as_view(), name="api-aid"),
    path("cases/<key:pk>/aid/", CaseAidView.as_view(), name="api-case-aid"),
    *act_paths(
        AidActView,
        ACTS,
        path_of="aid/<key:pk>/",
        tag="aid",
        names=NAMES,
        serializer=AidSerializer,
    ),
]
