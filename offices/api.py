"""The register of offices for programs."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from offices.models import Office, Scope
from offices.rest import paging
from offices.rest.views import ApiView


class OfficeSerializer(serializers.ModelSerializer):
    """An office of the register."""

    class Meta:
        model = Office
        fields = (
            "id", "name", "short_name", "tier", "kind", "county", "industry", "parent",
            "handled_here", "is_active",
        )  # fmt: skip


class OfficePage(serializers.Serializer):
    """One page of offices."""

    next = serializers.CharField(allow_null=True)
    results = OfficeSerializer(many=True)


class OfficesView(ApiView):
    """The register of offices, in the order in which they were entered."""

    scopes = {"GET": Scope.OFFICES_READ}
    paged = True

    @extend_schema(
        operation_id="list_offices",
        tags=["offices"],
        responses=OfficePage,
    )
    def get(self, request):
        """Return a page of the active offices."""
        rows = Office.objects.filter(is_active=True)

        def read(found):
            return OfficeSerializer(found, many=True).data

        return paging.page_of_rows(request, rows, read, before=False)


class OfficeView(ApiView):
    """One office."""

    scopes = {"GET": Scope.OFFICES_READ}

    @extend_schema(operation_id="read_office", tags=["offices"], responses=OfficeSerializer)
    def get(self, request, pk):
        """Return the office."""
        return Response(OfficeSerializer(get_object_or_404(Office, pk=pk)).data)


urlpatterns = [
    path("offices/", OfficesView.as_view(), name="api-offices"),
    path("offices/<key:pk>/", OfficeView.as_view(), name="api-office"),
]
