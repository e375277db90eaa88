"""What a lawyer was given, for her programs: taking it, giving it back, her work, the closing."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from legal_aid.api.acting import ActView, act_paths
from legal_aid.models import Engagement
from legal_aid.permissions import get_engagement, not_hidden
from legal_aid.views.engagements import ACTS
from offices.models import Scope
from offices.rest import paging
from offices.rest.views import ApiView

READS = {"GET": Scope.CASES_READ}
NAMES = {
    "accept": "accept_matter",
    "conflict": "declare_conflict_of_interest",
    "decline": "decline_matter",
    "log": "log_work",
    "close": "close_matter",
}


class MatterSerializer(serializers.ModelSerializer):
    """A matter of legal aid that was given to a lawyer: how it stands."""

    number = serializers.CharField(source="application.number")
    case = serializers.IntegerField(source="application.case_id")

    class Meta:
        model = Engagement
        fields = ("id", "application", "number", "case", "offered_at", "accepted_at", "ended_at")


class MatterPage(serializers.Serializer):
    """One page of matters, newest first."""

    next = serializers.CharField(allow_null=True)
    results = MatterSerializer(many=True)


class MattersView(ApiView):
    """The matters of the lawyer who asks."""

    scopes = READS
    paged = True

    @extend_schema(operation_id="list_matters", tags=["aid"], responses=MatterPage)
    def get(self, request):
        """Return a page of the matters that wait for her answer or that she works on."""
        rows = Engagement.objects.filter(
            not_hidden(request.user, "application__case"),
            lawyer__user=request.user,
            declined_at__isnull=True,
            ended_at__isnull=True,
        )

        def read(found):
            return MatterSerializer(found, many=True).data

        return paging.page_of_rows(request, rows.select_related("application"), read)


class MatterView(ApiView):
    """One matter."""

    scopes = READS

    @extend_schema(operation_id="read_matter", tags=["aid"], responses=MatterSerializer)
    def get(self, request, pk):
        """Return how the matter stands."""
        return Response(MatterSerializer(get_engagement(request.user, pk)).data)


class MatterActView(ActView):
    """Something that the lawyer does with a matter."""

    door = "api-matter"

    def find(self, request, pk):
        return get_engagement(request.user, pk)

    def read(self, request, pk):
        row = Engagement.objects.select_related("application").get(pk=pk)
        return MatterSerializer(row).data


urlpatterns = [
    path("matters/", MattersView.as_view(), name="api-matters"),
    path("matters/<key:pk>/", MatterView.as_view(), name="api-matter"),
    *act_paths(
        MatterActView,
        ACTS,
        path_of="matters/<key:pk>/",
        tag="aid",
        names=NAMES,
        serializer=MatterSerializer,
    ),
]
