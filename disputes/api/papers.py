"""The papers of a case for programs: what was issued, what can be, issuing, handing out, void."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from disputes.api.gates import full, worked
from disputes.domain import case_papers
from disputes.forms.papers import FieldsForm, VoidForm
from disputes.models import CasePaper
from disputes.papers import sources_at
from disputes.views.papers import find_issued, may_void
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.changing import change
from offices.rest.views import IF_MATCH, ApiView
from papers.answers import PDF, WORD, hand_out
from papers.domain import issuing
from papers.titles import title_of

READS = {"GET": Scope.CASES_READ}
Voiding = formdata.serializer_of(VoidForm, "Voiding")


class PaperSerializer(serializers.Serializer):
    """A paper as it was issued: its number, its hash, and whether it counts."""

    id = serializers.IntegerField(source="paper_id")
    case = serializers.IntegerField(source="case_id")
    proceeding = serializers.IntegerField(source="proceeding_id")
    party = serializers.IntegerField(source="party_id", allow_null=True)
    kind = serializers.CharField(source="paper.kind")
    title = serializers.SerializerMethodField()
    number = serializers.CharField(source="paper.number")
    office = serializers.IntegerField(source="paper.office_id")
    issued_at = serializers.DateTimeField(source="paper.issued_at")
    sha256 = serializers.CharField(source="paper.docx_sha256")
    voided_at = serializers.DateTimeField(source="paper.voided_at", allow_null=True)
    void_reason = serializers.CharField(source="paper.void_reason", allow_blank=True)

    def get_title(self, row) -> str:
        """What the kind is called."""
        return str(title_of(row.paper.kind))


class PaperPage(serializers.Serializer):
    """One page of papers, newest first."""

    next = serializers.CharField(allow_null=True)
    results = PaperSerializer(many=True)


class PaperKind(serializers.Serializer):
    """A kind of paper that can be issued in this case now, and what the case does not say yet."""

    kind = serializers.CharField()
    title = serializers.CharField()
    to_party = serializers.BooleanField()
    needed = serializers.ListField(child=serializers.CharField())
    optional = serializers.ListField(child=serializers.CharField())


class PaperInput(serializers.Serializer):
    """A paper to be issued; *fields* say what the case does not say."""

    kind = serializers.CharField(max_length=50)
    party = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**62)
    fields = serializers.DictField(
        child=serializers.CharField(max_length=5000, allow_blank=True), required=False
    )


class PapersView(ApiView):
    """The papers of a case."""

    scopes = {**READS, "POST": Scope.CASES_WRITE}
    paged = True

    @extend_schema(operation_id="list_papers", tags=["papers"], responses=PaperPage)
    def get(self, request, pk):
        """Return a page of the papers that this person reads, newest first."""
        file = full(request, pk)
        rows = file.content.rows(CasePaper.objects.filter(case=file.case))

        def read(found):
            return PaperSerializer(found, many=True).data

        return paging.page_of_rows(request, rows.select_related("paper"), read)

    @extend_schema(
        operation_id="issue_paper",
        tags=["papers"],
        request=PaperInput,
        responses={201: PaperSerializer},
    )
    def post(self, request, pk):
        """Issue a paper: it gets its number, its document and its hash, and stays."""
        file, own = worked(request, pk)
        sent = PaperInput(data=request.data)
        sent.is_valid(raise_exception=True)
        row = _issue(request, file, own, **sent.validated_data)
        headers = {"Location": reverse("api-paper", args=[row.paper_id])}
        return Response(PaperSerializer(row).data, status=201, headers=headers)


class PaperKindsView(ApiView):
    """What can be issued in a case."""

    scopes = READS

    @extend_schema(operation_id="list_paper_kinds", tags=["papers"], responses=PaperKind(many=True))
    def get(self, request, pk):
        """Return the kinds of papers that this person may issue, with the fields they still ask."""
        file, own = worked(request, pk)
        party = file.parties[0] if file.parties else None
        return Response([_describe(own, source, party) for source in sources_at(own.tier).values()])


class PaperView(ApiView):
    """One paper."""

    scopes = READS

    @extend_schema(operation_id="read_paper", tags=["papers"], responses=PaperSerializer)
    def get(self, request, pk):
        """Return what is known of the paper."""
        return Response(_read(request, pk))


class PaperWordView(ApiView):
    """The Word document of a paper."""

    scopes = READS

    @extend_schema(
        operation_id="download_paper_word",
        tags=["papers"],
        responses={(200, WORD): OpenApiTypes.BINARY},
    )
    def get(self, request, pk):
        """Return the Word document."""
        paper = find_issued(request.user, pk)[0].paper
        name = f"{paper.title}{paper.number}.docx"
        return hand_out(issuing.read(paper), name=name, content_type=WORD)


class PaperPdfView(ApiView):
    """The PDF of a paper."""

    scopes = READS

    @extend_schema(
        operation_id="download_paper_pdf",
        tags=["papers"],
        responses={(200, PDF): OpenApiTypes.BINARY},
    )
    def get(self, request, pk):
        """Return the PDF; 422 where this house cannot make one."""
        paper = find_issued(request.user, pk)[0].paper
        name = f"{paper.title}{paper.number}.pdf"
        return hand_out(issuing.pdf_of(paper), name=name, content_type=PDF)


class VoidView(ApiView):
    """Declaring a paper void."""

    scopes = {"POST": Scope.CASES_WRITE}

    def place(self, pk):
        return reverse("api-paper", args=[pk])

    @extend_schema(
        operation_id="void_paper",
        tags=["papers"],
        parameters=[IF_MATCH],
        request=Voiding,
        responses=PaperSerializer,
    )
    def post(self, request, pk):
        """Declare the paper void; its number stays taken."""
        row, content = find_issued(request.user, pk)
        if not may_void(request.user, row, content):
            self.permission_denied(request)
        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=lambda data, files: VoidForm(data),
            do=lambda form: case_papers.void_paper(
                row, **form.cleaned_data, at=timezone.now(), by=request.user
            ),
        )


def _read(request, pk):
    return PaperSerializer(find_issued(request.user, pk)[0]).data


def _describe(own, source, party):
    to = party if source.to_party else None
    _content, needed, optional = case_papers.draft_paper(
        own, source.code, party=to, at=timezone.now()
    )
    form = FieldsForm(needed=needed, optional=optional)
    return {
        "kind": source.code,
        "title": str(title_of(source.code)),
        "to_party": source.to_party,
        "needed": form.needed,
        "optional": form.optional,
    }


def _issue(request, file, own, *, kind, party=None, fields=None):
    source = sources_at(own.tier).get(kind)
    if source is None:
        raise ValidationError({"kind": [_("There is no such paper here.")]})
    to = _recipient(file, party) if source.to_party else None
    _content, needed, optional = case_papers.draft_paper(own, kind, party=to, at=timezone.now())
    form = FieldsForm(fields or {}, needed=needed, optional=optional)
    unknown = set(fields or ()) - set(form.fields)
    errors = {f"fields.{name}": [_("There is no such field.")] for name in sorted(unknown)}
    errors |= formdata.errors_of(form, "fields")
    if errors:
        raise ValidationError(errors)
    return case_papers.issue_paper(
        own,
        kind,
        parties=[to],
        typed=form.typed(),
        url=request.build_absolute_uri(reverse("case", args=[own.case_id])),
        at=timezone.now(),
        by=request.user,
    )[0]


def _recipient(file, party):
    if party is None:
        return file.parties[0] if file.parties else None
    try:
        return get_object_or_404(file.case.parties.filter(Q(pk=party)))
    except Http404:
        raise ValidationError({"party": [_("Choose one of the parties of the case.")]}) from None


urlpatterns = [
    path("cases/<key:pk>/papers/", PapersView.as_view(), name="api-papers"),
    path("cases/<key:pk>/papers/kinds/", PaperKindsView.as_view(), name="api-paper-kinds"),
    path("papers/<key:pk>/", PaperView.as_view(), name="api-paper"),
    path("papers/<key:pk>/word/", PaperWordView.as_view(), name="api-paper-word"),
    path("papers/<key:pk>/pdf/", PaperPdfView.as_view(), name="api-paper-pdf"),
    path("papers/<key:pk>/void/", VoidView.as_view(), name="api-paper-void"),
]
