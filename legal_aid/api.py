"""Applications for legal aid for programs: how they stand, not what is told in them."""

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from legal_aid.models import Application
from legal_aid.permissions import visible_applications
from offices.models import Scope
from offices.rest import paging
from offices.rest.views import ApiView


class AidSerializer(serializers.ModelSerializer):
    """An application for legal aid: where, for which case, and how it stands."""

    class Meta:
        model = Application
        fields = (
            "id", "number", "centre", "case", "received_on", "help_kind", "stage", "decision",
            "decided_on",
        )  # fmt: skip


class AidPage(serializers.Serializer):
    """One page of applications, newest first."""

    next = serializers.CharField(allow_null=True)
    results = AidSerializer(many=True)


class AidsView(ApiView):
    """The applications for legal aid that exist for the person."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(
        operation_id="list_aid", tags=["aid"], parameters=paging.PARAMETERS, responses=AidPage
    )
    def get(self, request):
        """Return a page of applications, newest first."""
        paging.refuse_unknown(request)

        def read(found):
            return AidSerializer(found, many=True).data

        return paging.page_of_rows(request, visible_applications(request.user), read)


class AidView(ApiView):
    """One application for legal aid."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(operation_id="read_aid", tags=["aid"], responses=AidSerializer)
    def get(self, request, pk):
        """Return how the application stands."""
        row = visible_applications(request.user).filter(pk=pk).first()
        if row is None:
            raise Http404
        return Response(AidSerializer(row).data)


urlpatterns = [
    path("aid/", AidsView.as_view(), name="api-aids"),
    path("aid/<key:pk>/", AidView.as_view(), name="api-aid"),
]
