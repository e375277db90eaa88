"""Cases for programs: finding, reading, and filing one or many."""

import json

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from disputes.api.filing import file
from disputes.api.gates import full
from disputes.api.narrowing import FILTERS, narrowed
from disputes.examples import EXAMPLE
from disputes.forms.claims import ClaimForm
from disputes.forms.intake import IntakeForm
from disputes.models import Case, Proceeding, TimelineEntry
from disputes.permissions import visible_cases, with_outline
from disputes.serializers import (
    CasePage,
    CaseSerializer,
    EntryPage,
    EntrySerializer,
    ProceedingSerializer,
    read_case_file,
    read_lines,
)
from disputes.views.casefile import CaseFile
from disputes.views.cases import read_rows
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.views import ApiView

MOST_CASES = 100
READS = {"GET": Scope.CASES_READ}
ClaimInput = formdata.serializer_of(ClaimForm, "ClaimInput")
CaseInput = formdata.serializer_of(
    IntakeForm,
    "CaseInput",
    claims=ClaimInput(many=True),
    # Asked only of who files for more than one office.
    office=serializers.IntegerField(required=False, label=IntakeForm.base_fields["office"].label),
)
CaseInput._declared_fields.pop("files", None)


class CasesInput(serializers.Serializer):
    """Cases to be filed together."""

    cases = CaseInput(many=True, max_length=MOST_CASES)


class CasesView(ApiView):
    """The cases that exist for the person, and filing one."""

    scopes = {**READS, "POST": Scope.CASES_WRITE}
    filters = tuple(each.name for each in FILTERS)
    paged = True

    @extend_schema(
        operation_id="list_cases", tags=["cases"], parameters=FILTERS, responses=CasePage
    )
    def get(self, request):
        """Return a page of cases, newest first."""
        size, key = paging.size_of(request), paging.number_of(request)
        rows = narrowed(request)
        if key is not None:
            rows = rows.filter(pk__lt=key)
        keys = list(rows.order_by("-pk").values_list("pk", flat=True)[: size + 1])
        found = with_outline(Case.objects.filter(pk__in=keys[:size]), request.user)
        lines = read_rows(found.order_by("-pk"))
        return paging.page(request, read_lines(lines), keys[size - 1] if len(keys) > size else None)

    @extend_schema(
        operation_id="file_case",
        tags=["cases"],
        request=CaseInput,
        responses={201: CaseSerializer},
        examples=[OpenApiExample("wages", value=EXAMPLE, request_only=True)],
    )
    def post(self, request):
        """File a case, as at the desk: the same questions, the same refusals."""
        pk = file(request, request.data).case_id
        headers = {"Location": reverse("api-case", args=[pk])}
        return Response(_read(request, pk), status=201, headers=headers)


class CasesTogetherView(ApiView):
    """Filing many cases at once."""

    scopes = {"POST": Scope.CASES_WRITE}

    @extend_schema(
        operation_id="file_cases",
        tags=["cases"],
        request=CasesInput,
        responses={201: CaseSerializer(many=True)},
    )
    def post(self, request):
        """File up to 100 cases, or none of them when something is wrong with one."""
        found = _file_together(request)
        return Response([_read(request, row.case_id) for row in found], status=201)

    def read_again(self, request, call):
        """Return the cases that were filed, as far as their person reads them now."""
        return [_read(request, pk) for pk in json.loads(call.answer or "[]")]


def _file_together(request):
    sent = request.data.get("cases") if isinstance(request.data, dict) else None
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_CASES:
        raise ValidationError(
            {"cases": [_("A list of 1 to %(most)d cases.") % {"most": MOST_CASES}]}
        )
    with transaction.atomic():
        found, errors = [], {}
        for index, each in enumerate(sent):
            try:
                found.append(file(request, each, path=f"cases.{index}"))
            except ValidationError as error:
                errors |= error.detail
        if errors:
            raise ValidationError(errors)
    return found


def _read(request, pk):
    return read_case_file(CaseFile(request.user, pk))


class CaseView(ApiView):
    """One case."""

    scopes = READS

    @extend_schema(operation_id="read_case", tags=["cases"], responses=CaseSerializer)
    def get(self, request, pk):
        """Return the case as far as this person reads it; the rest is null."""
        return Response(_read(request, pk))


class ProceedingsView(ApiView):
    """The proceedings of a case."""

    scopes = READS

    @extend_schema(
        operation_id="list_proceedings",
        tags=["proceedings"],
        responses=ProceedingSerializer(many=True),
    )
    def get(self, request, pk):
        """Return the proceedings of the case, in order."""
        file = CaseFile(request.user, pk)
        return Response(_read_proceedings(file, file.proceedings))


class ProceedingView(ApiView):
    """One proceeding."""

    scopes = READS

    @extend_schema(
        operation_id="read_proceeding", tags=["proceedings"], responses=ProceedingSerializer
    )
    def get(self, request, pk):
        """Return how far the proceeding is; the handler is null for who only reported the case."""
        rows = Proceeding.objects.filter(case__in=visible_cases(request.user))
        file = CaseFile(request.user, get_object_or_404(rows, pk=pk).case_id)
        found = [row for row in file.proceedings if row.pk == pk]
        return Response(_read_proceedings(file, found)[0])


def _read_proceedings(file, rows):
    context = {"outline": file.content.is_outline}
    return ProceedingSerializer(rows, many=True, context=context).data


class TimelineView(ApiView):
    """The timeline of a case."""

    scopes = READS
    paged = True

    @extend_schema(operation_id="list_timeline", tags=["cases"], responses=EntryPage)
    def get(self, request, pk):
        """Return a page of what happened, as far as this person reads it, newest first."""
        file = full(request, pk)
        rows = file.content.rows(TimelineEntry.objects.filter(case=file.case))

        def read(found):
            return EntrySerializer(found, many=True).data

        return paging.page_of_rows(request, rows.select_related("actor"), read)


urlpatterns = [
    path("cases/", CasesView.as_view(), name="api-cases"),
    path("cases/together/", CasesTogetherView.as_view(), name="api-cases-together"),
    path("cases/<key:pk>/", CaseView.as_view(), name="api-case"),
    path("cases/<key:pk>/proceedings/", ProceedingsView.as_view(), name="api-proceedings"),
    path("proceedings/<key:pk>/", ProceedingView.as_view(), name="api-proceeding"),
    path("cases/<key:pk>/timeline/", TimelineView.as_view(), name="api-timeline"),
]
