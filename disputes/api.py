"""Cases, deadlines and documents for programs: the questions and verbs of the pages, as JSON."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from disputes.domain.clocks import due_of
from disputes.domain.evidence import add_evidence
from disputes.domain.filing import file_once
from disputes.domain.search import find_cases
from disputes.examples import EXAMPLE
from disputes.forms.application import application_of
from disputes.forms.claims import PREFIX, ClaimForm, ClaimFormSet
from disputes.forms.intake import IntakeForm
from disputes.models import Case, Deadline, Evidence, Tier, TimelineEntry
from disputes.newest import last_at
from disputes.permissions import can_file_at, near_cases, visible_cases, with_outline
from disputes.serializers import (
    CasePage,
    CaseSerializer,
    DeadlineSerializer,
    DocumentSerializer,
    EntryPage,
    EntrySerializer,
    ExplainedDeadline,
    ProceedingSerializer,
    read_case_file,
    read_lines,
)
from disputes.views.casefile import CaseFile
from disputes.views.cases import read_rows
from disputes.views.deadlines import without_reasons
from disputes.views.materials import material
from law.explanation import explain
from law.refusals import LawRefusal
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.problems import Unprocessable
from offices.rest.repeats import PARAMETER, once
from offices.rest.views import ApiView

MOST_CASES = 100
READS = {"GET": Scope.CASES_READ}
FILTERS = [
    OpenApiParameter("state", OpenApiTypes.STR, enum=["open", "closed", "all"], default="all"),
    OpenApiParameter("tier", OpenApiTypes.INT, enum=[1, 2, 3]),
    OpenApiParameter("received_from", OpenApiTypes.DATE),
    OpenApiParameter("received_until", OpenApiTypes.DATE),
    OpenApiParameter(
        "q", OpenApiTypes.STR, description="number, name or telephone, as on the page"
    ),
]
ClaimInput = formdata.serializer_of(ClaimForm, "ClaimInput")
CaseInput = formdata.serializer_of(IntakeForm, "CaseInput", claims=ClaimInput(many=True))
CaseInput._declared_fields.pop("files", None)


class CasesInput(serializers.Serializer):
    """Cases to be filed together."""

    cases = CaseInput(many=True, max_length=MOST_CASES)


class CasesView(ApiView):
    """The cases that exist for the person, and filing one."""

    scopes = {**READS, "POST": Scope.CASES_WRITE}

    @extend_schema(
        operation_id="list_cases",
        tags=["cases"],
        parameters=[*FILTERS, *paging.PARAMETERS],
        responses=CasePage,
    )
    def get(self, request):
        """Return a page of cases, newest first."""
        paging.refuse_unknown(request, *(each.name for each in FILTERS))
        size, key = paging.size_of(request), paging.number_of(request)
        rows = _filtered(request)
        if key is not None:
            rows = rows.filter(pk__lt=key)
        keys = list(rows.order_by("-pk").values_list("pk", flat=True)[: size + 1])
        found = with_outline(Case.objects.filter(pk__in=keys[:size]), request.user)
        lines = read_rows(found.order_by("-pk"))
        return paging.page(request, read_lines(lines), keys[size - 1] if len(keys) > size else None)

    @extend_schema(
        operation_id="file_case",
        tags=["cases"],
        parameters=[PARAMETER],
        request=CaseInput,
        responses={201: CaseSerializer},
        examples=[OpenApiExample("wages", value=EXAMPLE, request_only=True)],
    )
    def post(self, request):
        """File a case, as at the desk: the same questions, the same refusals."""
        return _create(self, request)


@once
def _create(view, request):
    proceeding = _file(request, request.data)
    body = read_case_file(CaseFile(request.user, proceeding.case_id))
    return Response(body, status=201, headers={"Location": _address(proceeding.case_id)})


class CasesTogetherView(ApiView):
    """Filing many cases at once."""

    scopes = {"POST": Scope.CASES_WRITE}

    @extend_schema(
        operation_id="file_cases",
        tags=["cases"],
        parameters=[PARAMETER],
        request=CasesInput,
        responses={201: CaseSerializer(many=True)},
    )
    def post(self, request):
        """File up to 100 cases, or none of them when something is wrong with one."""
        return _create_together(self, request)


@once
def _create_together(view, request):
    sent = request.data.get("cases") if isinstance(request.data, dict) else None
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_CASES:
        raise ValidationError(
            {"cases": [_("A list of 1 to %(most)d cases.") % {"most": MOST_CASES}]}
        )
    with transaction.atomic():
        found, errors = [], {}
        for index, each in enumerate(sent):
            try:
                found.append(_file(request, each, path=f"cases.{index}"))
            except ValidationError as error:
                errors |= error.detail
        if errors:
            raise ValidationError(errors)
    return Response(
        [read_case_file(CaseFile(request.user, row.case_id)) for row in found], status=201
    )


class CaseView(ApiView):
    """One case."""

    scopes = READS

    @extend_schema(operation_id="read_case", tags=["cases"], responses=CaseSerializer)
    def get(self, request, pk):
        """Return the case as far as this person reads it; the rest is null."""
        return Response(read_case_file(CaseFile(request.user, pk)))


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
        context = {"outline": file.content.is_outline}
        return Response(ProceedingSerializer(file.proceedings, many=True, context=context).data)


class DeadlinesView(ApiView):
    """The deadlines of a case."""

    scopes = READS

    @extend_schema(
        operation_id="list_deadlines", tags=["deadlines"], responses=DeadlineSerializer(many=True)
    )
    def get(self, request, pk):
        """Return the deadlines of the case: those that run first, soonest first."""
        return Response(DeadlineSerializer(_outlined(request, pk).deadlines, many=True).data)


class DeadlineView(ApiView):
    """One deadline with its explanation."""

    scopes = READS

    @extend_schema(operation_id="read_deadline", tags=["deadlines"], responses=ExplainedDeadline)
    def get(self, request, pk):
        """Return the deadline and how it was counted, day by day, article by article."""
        rows = Deadline.objects.filter(case__in=visible_cases(request.user)).select_related("rule")
        row = get_object_or_404(rows, pk=pk)
        file = _outlined(request, row.case_id)
        due = due_of(row)
        if not file.content.is_full:
            due = without_reasons(due)
        context = {"explanation": explain(row.rule, due)}
        return Response(ExplainedDeadline(row, context=context).data)


class TimelineView(ApiView):
    """The timeline of a case."""

    scopes = READS

    @extend_schema(
        operation_id="list_timeline",
        tags=["cases"],
        parameters=paging.PARAMETERS,
        responses=EntryPage,
    )
    def get(self, request, pk):
        """Return a page of what happened, as far as this person reads it, newest first."""
        paging.refuse_unknown(request)
        file = _full(request, pk)
        rows = file.content.rows(TimelineEntry.objects.filter(case=file.case))

        def read(found):
            return EntrySerializer(found, many=True).data

        return paging.page_of_rows(request, rows.select_related("actor"), read)


class DocumentInput(serializers.Serializer):
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
        return Response(DocumentSerializer(_full(request, pk).materials, many=True).data)

    @extend_schema(
        operation_id="add_document",
        tags=["documents"],
        parameters=[PARAMETER],
        request={"multipart/form-data": DocumentInput},
        responses={201: DocumentSerializer},
    )
    def post(self, request, pk):
        """Keep a file among the materials of the case."""
        return _add_document(self, request, pk)


@once
def _add_document(view, request, pk):
    file = _full(request, pk)
    mine = [row for row in file.proceedings if row.pk in file.content.worked]
    if not mine:
        raise PermissionDenied
    upload = request.FILES.get("file")
    if upload is None:
        raise ValidationError({"file": [_("Choose a file.")]})
    row = add_evidence(mine[-1], file=upload, at=timezone.now(), by=request.user)
    headers = {"Location": reverse("api-document", args=[row.pk])}
    return Response(DocumentSerializer(row).data, status=201, headers=headers)


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


def _filtered(request):
    query, errors = request.query_params, {}
    rows = visible_cases(request.user)
    for name, narrow in NARROWING.items():
        if name in query:
            try:
                rows = narrow(rows, query[name])
            except ValidationError as error:
                errors[name] = error.detail
    if errors:
        raise ValidationError(errors)
    text = query.get("q", "").replace("\x00", "").strip()
    return find_cases(rows, text, near=near_cases(request.user)) if text else rows


def _in_state(rows, state):
    if state not in ("open", "closed", "all"):
        raise ValidationError([_("open, closed or all.")])
    return rows if state == "all" else rows.filter(ended_at__isnull=state == "open")


def _at_tier(rows, tier):
    if tier not in {str(value) for value in Tier.values}:
        raise ValidationError(["1, 2, 3"])
    return rows.filter(Exists(last_at(int(tier), OuterRef("pk"))))


def _received(lookup):
    def narrow(rows, day):
        return rows.filter(
            **{f"received_on__{lookup}": serializers.DateField().run_validation(day)}
        )

    return narrow


NARROWING = {
    "state": _in_state,
    "tier": _at_tier,
    "received_from": _received("gte"),
    "received_until": _received("lte"),
}


def _file(request, sent, path=""):
    """File what *sent* says and return the proceeding; raises as problems do."""
    at = timezone.now()
    offices = list(can_file_at(request.user).order_by("pk"))
    if not offices:
        raise Forbidden
    form, claims = _forms(sent, offices, timezone.localdate(at))
    errors = formdata.errors_of(form, path)
    for index, each in enumerate(claims.forms):
        errors |= formdata.errors_of(each, ".".join(filter(None, (path, f"claims.{index}"))))
    if claims.non_form_errors():
        errors[".".join(filter(None, (path, "claims")))] = list(map(str, claims.non_form_errors()))
    if errors:
        raise ValidationError(errors)
    try:
        return file_once(
            application_of(form, claims.rows()),
            token=uuid4(),
            office=form.handling_office,
            at=at,
            by=request.user,
            reporting_office=form.reporting_office,
        )[0]
    except LawRefusal as refusal:
        raise Unprocessable(str(refusal)) from refusal


def _forms(sent, offices, today):
    if not isinstance(sent, dict):
        raise ValidationError(_("An object is needed, with the fields of the form."))
    facts = {name: value for name, value in sent.items() if name != "claims"}
    rows = sent.get("claims", [])
    if not isinstance(rows, list):
        raise ValidationError({"claims": [_("A list is needed.")]})
    values = formdata.data_of(IntakeForm, facts)
    claims = QueryDict(mutable=True)
    claims.update({f"{PREFIX}-TOTAL_FORMS": len(rows), f"{PREFIX}-INITIAL_FORMS": 0})
    for index, row in enumerate(rows):
        for name, written in formdata.data_of(ClaimForm, row).lists():
            claims.setlist(f"{PREFIX}-{index}-{name}", written)
    form = IntakeForm(values, offices=offices, today=today)
    return form, ClaimFormSet(claims, prefix=PREFIX)


def _outlined(request, pk):
    """Return the case if the person reads its outline; 404 for a stranger, 403 for a reporter."""
    file = CaseFile(request.user, pk)
    if not file.content.is_outline:
        raise PermissionDenied
    return file


def _full(request, pk):
    """Return the case if the person reads it in full; 404 for a stranger, else 403."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    return file


def _address(pk):
    return reverse("api-case", args=[pk])


urlpatterns = [
    path("cases/", CasesView.as_view(), name="api-cases"),
    path("cases/together/", CasesTogetherView.as_view(), name="api-cases-together"),
    path("cases/<key:pk>/", CaseView.as_view(), name="api-case"),
    path("cases/<key:pk>/proceedings/", ProceedingsView.as_view(), name="api-proceedings"),
    path("cases/<key:pk>/deadlines/", DeadlinesView.as_view(), name="api-deadlines"),
    path("cases/<key:pk>/timeline/", TimelineView.as_view(), name="api-timeline"),
    path("cases/<key:pk>/documents/", DocumentsView.as_view(), name="api-documents"),
    path("deadlines/<key:pk>/", DeadlineView.as_view(), name="api-deadline"),
    path("documents/<key:pk>/", DocumentView.as_view(), name="api-document"),
    path("documents/<key:pk>/content/", DocumentContentView.as_view(), name="api-document-content"),
]
