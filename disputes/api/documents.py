"""The materials of a case for programs: reading them, and handing one in."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from disputes.api.gates import full, worked
from disputes.domain.evidence import add_evidence
from disputes.models import Evidence
from disputes.permissions import visible_cases
from disputes.serializers import DocumentSerializer
from disputes.views.casefile import CaseFile
from disputes.views.materials import material
from offices.models import Scope
from offices.rest.views import ApiView

READS = {"GET": Scope.CASES_READ}


class SaidInput(serializers.Serializer):
    """What is known of a file."""

    purpose = serializers.CharField(required=False, max_length=500)
    source = serializers.CharField(required=False, max_length=200)
    pages = serializers.IntegerField(required=False, min_value=1, max_value=99_999)
    is_original = serializers.BooleanField(required=False)


class DocumentInput(SaidInput):
    """A file to be kept among the materials."""

    file = serializers.FileField()


class DocumentsView(ApiView):
    """The documents of a case, and handing one in."""

    scopes = {**READS, "POST": Scope.CASES_WRITE}
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="list_documents",
        tags=["documents"],
        responses=DocumentSerializer(many=True),
    )
    def get(self, request, pk):
        """Return what is known of the documents that this person reads, newest first."""
        return Response(DocumentSerializer(full(request, pk).materials, many=True).data)

    @extend_schema(
        operation_id="add_document",
        tags=["documents"],
        request={"multipart/form-data": DocumentInput},
        responses={201: DocumentSerializer},
    )
    def post(self, request, pk):
        """Keep a file among the materials of the case."""
        _file, proceeding = worked(request, pk)
        upload = request.FILES.get("file")
        if upload is None:
            raise ValidationError({"file": [_("Choose a file.")]})
        said = _read_said(request.data)
        row = add_evidence(proceeding, file=upload, at=timezone.now(), by=request.user, **said)
        headers = {"Location": reverse("api-document", args=[row.pk])}
        return Response(DocumentSerializer(row).data, status=201, headers=headers)


def _read_said(data):
    """Return what is said of the file beside it; raises ``ValidationError``."""
    form = SaidInput(data={key: data[key] for key in SaidInput().fields if key in data})
    form.is_valid(raise_exception=True)
    return {key: form.validated_data[key] for key in form.validated_data if key in data}


class DocumentView(ApiView):
    """One document."""

    scopes = READS

    @extend_schema(operation_id="read_document", tags=["documents"], responses=DocumentSerializer)
    def get(self, request, pk):
        """Return what is known of the document."""
        rows = Evidence.objects.filter(case__in=visible_cases(request.user))
        row = get_object_or_404(rows, pk=pk)
        content = CaseFile(request.user, row.case_id).content
        if not content.rows(Evidence.objects.filter(pk=pk)).exists():
            raise PermissionDenied
        return Response(DocumentSerializer(row).data)


class DocumentContentView(ApiView):
    """The file of a document."""

    scopes = READS

    @extend_schema(
        operation_id="download_document",
        tags=["documents"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request, pk):
        """Return the file itself."""
        return material(request._request, pk)


urlpatterns = [
    path("cases/<key:pk>/documents/", DocumentsView.as_view(), name="api-documents"),
    path("documents/<key:pk>/", DocumentView.as_view(), name="api-document"),
    path("documents/<key:pk>/content/", DocumentContentView.as_view(), name="api-document-content"),
]
