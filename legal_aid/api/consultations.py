"""Consultations for programs: booking a talk with a lawyer, writing it down, calling it off."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from disputes.look.masks import mask_name
from legal_aid.api.acting import ActView, act_paths
from legal_aid.forms.consultations import BookForm
from legal_aid.models import Consultation
from legal_aid.permissions import get_consultation, visible_consultations
from legal_aid.views.consultations import ACTS, READERS, bookable_centres
from offices.context import duties_of
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.changing import fill
from offices.rest.views import ApiView

NAMES = {"record": "record_consultation", "cancel": "cancel_consultation"}
BookInput = formdata.serializer_of(BookForm, "ConsultationBooking")


class ConsultationSerializer(serializers.ModelSerializer):
    """A talk with a lawyer: when, how, about what, and what came of it; who asked is masked."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = Consultation
        fields = (
            "id", "centre", "lawyer", "mode", "starts_at", "ends_at", "name", "cause",
            "is_migrant", "result", "rating", "held_at", "cancelled_at", "case",
        )  # fmt: skip

    def get_name(self, row) -> str:
        """Who asked, masked."""
        return mask_name(row.name)


class ConsultationPage(serializers.Serializer):
    """One page of consultations, newest first."""

    next = serializers.CharField(allow_null=True)
    results = ConsultationSerializer(many=True)


class ConsultationsView(ApiView):
    """The consultations that the person reads, and booking one."""

    scopes = {"GET": Scope.CASES_READ, "POST": Scope.CASES_WRITE}
    paged = True

    @extend_schema(operation_id="list_consultations", tags=["aid"], responses=ConsultationPage)
    def get(self, request):
        """Return a page of consultations, newest first."""

        def read(found):
            return ConsultationSerializer(found, many=True).data

        return paging.page_of_rows(request, visible_consultations(request.user), read)

    @extend_schema(
        operation_id="book_consultation",
        tags=["aid"],
        request=BookInput,
        responses={201: ConsultationSerializer},
    )
    def post(self, request):
        """Book a talk with a lawyer; 409 when she has another one at that time."""
        if not duties_of(request).intersection(READERS):
            raise PermissionDenied
        centres = bookable_centres(request)
        form = fill(request, lambda data, files: BookForm(data, row=centres, user=request.user))
        row = form.do(at=timezone.now(), by=request.user)
        headers = {"Location": reverse("api-consultation", args=[row.pk])}
        return Response(ConsultationSerializer(row).data, status=201, headers=headers)


class ConsultationView(ApiView):
    """One consultation."""

    scopes = {"GET": Scope.CASES_READ}

    @extend_schema(operation_id="read_consultation", tags=["aid"], responses=ConsultationSerializer)
    def get(self, request, pk):
        """Return when the talk is or was, and what came of it."""
        return Response(_read(request, pk))


class ConsultationActView(ActView):
    """Something that is done with a consultation."""

    door = "api-consultation"

    def find(self, request, pk):
        return get_consultation(request.user, pk)

    def read(self, request, pk):
        return _read(request, pk)


def _read(request, pk):
    return ConsultationSerializer(get_consultation(request.user, pk)).data


urlpatterns = [
    path("consultations/", ConsultationsView.as_view(), name="api-consultations"),
    path("consultations/<key:pk>/", ConsultationView.as_view(), name="api-consultation"),
    *act_paths(
        ConsultationActView,
        ACTS,
        path_of="consultations/<key:pk>/",
        tag="aid",
        names=NAMES,
        serializer=ConsultationSerializer,
    ),
]
