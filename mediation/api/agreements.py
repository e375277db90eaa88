"""Mediation agreements for programs: terms, signatures, what becomes of them."""

from django import forms
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from disputes.views.casefile import CaseFile
from mediation.desk import get_mediated, get_worked
from mediation.domain import agreements, bound, performance, signing
from mediation.domain.terms import write_terms
from mediation.forms.terms import MOST, JointApplicationForm, PerformanceForm, SignForm, TermForm
from mediation.models import Agreement, EmployerSignature, Instalment, Signing, Term
from mediation.views.performance import get_instalment
from offices.models import Scope
from offices.rest import formdata
from offices.rest.changing import change
from offices.rest.views import IF_MATCH, ApiView

READS, WRITES = {"GET": Scope.CASES_READ}, {"POST": Scope.CASES_WRITE}
SignatureInput = formdata.serializer_of(SignForm, "SignatureInput")
JointApplication = formdata.serializer_of(JointApplicationForm, "JointApplication")
Performance = formdata.serializer_of(PerformanceForm, "InstalmentPerformance")


class InstalmentSerializer(serializers.ModelSerializer):
    """What is to be done by one day, and what became of it."""

    class Meta:
        model = Instalment
        fields = ("id", "due_on", "amount", "state", "performed_on", "proof")


class TermSerializer(serializers.ModelSerializer):
    """One thing that one side owes."""

    instalments = InstalmentSerializer(many=True)

    class Meta:
        model = Term
        fields = ("ordinal", "debtor", "content", "amount", "default_clause", "instalments")


class SignatureSerializer(serializers.ModelSerializer):
    """Who signed or sealed, when and how, with the hashes of the signature and of the text."""

    class Meta:
        model = Signing
        fields = ("who", "party", "method", "signed_on", "sha256", "text_sha256")


class EmployerSignatureSerializer(serializers.ModelSerializer):
    """One of several employers: when it signed, and whether the agreement binds it."""

    class Meta:
        model = EmployerSignature
        fields = ("party", "signed_on", "bound")


class AgreementSerializer(serializers.ModelSerializer):
    """What the parties agreed, and since when it has effect."""

    missing = serializers.ListField(
        child=serializers.CharField(), help_text=_("without these it has no effect yet")
    )

    class Meta:
        model = Agreement
        fields = (
            "id", "proceeding", "terms", "amount", "performance_by", "performance_mode",
            "worker_signed_on", "employer_signed_on", "mediator_signed_on", "sealed_on",
            "declined", "effective_on", "missing",
        )  # fmt: skip


class WholeAgreement(AgreementSerializer):
    """The agreement with its terms one by one and the signatures under it."""

    items = TermSerializer(source="term_rows", many=True)
    signatures = SignatureSerializer(source="signings", many=True)
    employers = EmployerSignatureSerializer(source="employer_signatures", many=True)
    way = serializers.SerializerMethodField()

    class Meta(AgreementSerializer.Meta):
        fields = (*AgreementSerializer.Meta.fields, "items", "signatures", "employers", "way")

    def get_way(self, row) -> str | None:
        """How the parties make it enforceable: review, court, or null."""
        chosen = row.enforceability
        return chosen and chosen.way


class DueInput(serializers.Serializer):
    """What is to be done by one day."""

    due_on = serializers.DateField()
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, required=False, allow_null=True
    )


class TermInput(serializers.Serializer):
    """One thing that one side owes, with its days."""

    debtor = serializers.IntegerField(min_value=1, max_value=2**62)
    content = serializers.CharField(max_length=500)
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, required=False, allow_null=True
    )
    instalments = DueInput(many=True, max_length=60)
    account = serializers.CharField(max_length=100, required=False, allow_blank=True)
    default_clause = serializers.CharField(max_length=300, required=False, allow_blank=True)


class TermsInput(serializers.Serializer):
    """All terms of an agreement, in their order."""

    items = TermInput(many=True, max_length=MOST)


class AgreementsView(ApiView):
    """The mediation agreements of a case."""

    scopes = READS

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


class AgreementView(ApiView):
    """The agreement of a mediation."""

    scopes = READS | {"PUT": Scope.CASES_WRITE}

    def place(self, pk):
        return reverse("api-agreement", args=[pk])

    @extend_schema(operation_id="read_agreement", tags=["agreements"], responses=WholeAgreement)
    def get(self, request, pk):
        """Return the agreement, its terms, and who has signed."""
        return Response(_read(get_worked(request.user, pk)))

    @extend_schema(
        operation_id="write_agreement_terms",
        tags=["agreements"],
        parameters=[IF_MATCH],
        request=TermsInput,
        responses=WholeAgreement,
    )
    def put(self, request, pk):
        """Write the terms one by one; text, sum and last day follow from them.

        Once there is an agreement its version must be named; signed terms are not changed.
        """
        proceeding = get_mediated(request.user, pk)
        drafts = _drafts(request, proceeding)
        return change(
            self,
            request,
            proceeding,
            read=lambda: _read(proceeding, missing=None),
            do=lambda form: write_terms(
                proceeding, drafts=drafts, at=timezone.now(), by=request.user
            ),
            versioned=agreements.of(proceeding) is not None,
        )


class SignaturesView(ApiView):
    """The signatures under an agreement."""

    scopes = WRITES | {"DELETE": Scope.CASES_WRITE}
    parser_classes = (JSONParser, MultiPartParser)

    def place(self, pk):
        return reverse("api-agreement", args=[pk])

    @extend_schema(
        operation_id="sign_agreement",
        tags=["agreements"],
        parameters=[IF_MATCH],
        request=SignatureInput,
        responses=WholeAgreement,
    )
    def post(self, request, pk):
        """Record a signature or the seal over the text as it stands; a scan is sent as a form."""
        proceeding = get_mediated(request.user, pk)

        def sign(form):
            said = form.cleaned_data
            facts = {name: said[name] for name in ("who", "party", "method", "signed_on", "file")}
            signing.sign(proceeding, **facts, at=timezone.now(), by=request.user)

        return change(
            self,
            request,
            proceeding,
            read=lambda: _read(proceeding),
            make=lambda data, files: SignForm(
                data, files, employers=bound.employers_of(proceeding)
            ),
            do=sign,
        )

    @extend_schema(
        operation_id="take_back_signatures",
        tags=["agreements"],
        parameters=[IF_MATCH],
        request=None,
        responses={200: WholeAgreement},
    )
    def delete(self, request, pk):
        """Take all signatures back, so that the terms can be changed."""
        proceeding = get_mediated(request.user, pk)
        return change(
            self,
            request,
            proceeding,
            read=lambda: _read(proceeding),
            do=lambda form: signing.take_back(proceeding, at=timezone.now(), by=request.user),
            versioned=True,
        )


class JointApplicationView(ApiView):
    """Making an agreement enforceable."""

    scopes = WRITES

    def place(self, pk):
        return reverse("api-agreement", args=[pk])

    @extend_schema(
        operation_id="apply_jointly",
        tags=["agreements"],
        parameters=[IF_MATCH],
        request=JointApplication,
        responses=WholeAgreement,
    )
    def post(self, request, pk):
        """Record the joint application for arbitration review or judicial confirmation."""
        proceeding = get_mediated(request.user, pk)
        agreement = performance.agreement_of(proceeding)
        if agreement is None:
            raise Http404
        return change(
            self,
            request,
            agreement,
            read=lambda: _read(proceeding),
            make=lambda data, files: JointApplicationForm(data),
            do=lambda form: performance.apply_jointly(
                agreement, **form.cleaned_data, at=timezone.now(), by=request.user
            ),
        )


class InstalmentView(ApiView):
    """One instalment of an agreement."""

    scopes = READS

    @extend_schema(
        operation_id="read_instalment", tags=["agreements"], responses=InstalmentSerializer
    )
    def get(self, request, pk):
        """Return what is to be done by the day, and what became of it."""
        return Response(_instalment(request, pk))


class PerformanceView(ApiView):
    """Whether an instalment was performed."""

    scopes = WRITES

    def place(self, pk):
        return reverse("api-instalment", args=[pk])

    @extend_schema(
        operation_id="note_performance",
        tags=["agreements"],
        parameters=[IF_MATCH],
        request=Performance,
        responses=InstalmentSerializer,
    )
    def post(self, request, pk):
        """Note whether the instalment was performed, on which day, and what proves it."""
        row = get_instalment(request.user, pk)
        return change(
            self,
            request,
            row,
            read=lambda: _instalment(request, pk),
            make=lambda data, files: PerformanceForm(data),
            do=lambda form: performance.note_performance(
                row, **form.cleaned_data, at=timezone.now(), by=request.user
            ),
        )


def _read(proceeding, *, missing=Http404):
    """Return the agreement of *proceeding* as it is now; *missing* is raised, or returned."""
    row = (
        Agreement.objects.filter(proceeding=proceeding)
        .prefetch_related(
            "term_rows__instalments", "signings", "employer_signatures", "applications"
        )
        .first()
    )
    if row is None:
        if missing is None:
            return None
        raise missing
    return WholeAgreement(row).data


def _instalment(request, pk):
    return InstalmentSerializer(get_instalment(request.user, pk)).data


def _drafts(request, proceeding):
    """Return the ``Draft`` rows of what was sent, each judged by the form of the page."""
    sent = TermsInput(data=request.data)
    sent.is_valid(raise_exception=True)
    factory = forms.formset_factory(TermForm, max_num=MOST, absolute_max=MOST)
    items = sent.validated_data["items"]
    values = {"t-TOTAL_FORMS": len(items), "t-INITIAL_FORMS": 0}
    for number, item in enumerate(items):
        values |= {f"t-{number}-{name}": value for name, value in _written(item).items()}
    parties = proceeding.case.parties.order_by("pk")
    formset = factory(values, form_kwargs={"parties": parties}, prefix="t")
    errors = {}
    for number, form in enumerate(formset.forms):
        errors |= formdata.errors_of(form, f"items.{number}")
    if errors:
        raise ValidationError(errors)
    return [form.draft() for form in formset if not form.is_blank()]


def _written(item):
    """Return a term as the page's form reads it: one line per day."""
    lines = [
        f"{each['due_on'].isoformat()} {_plain(each.get('amount'))}".strip()
        for each in item["instalments"]
    ]
    texts = {name: item.get(name, "") for name in ("content", "account", "default_clause")}
    amount = _plain(item.get("amount"))
    return texts | {"debtor": item["debtor"], "amount": amount, "days": "\n".join(lines)}


def _plain(amount):
    return "" if amount is None else f"{amount:f}"


urlpatterns = [
    path("cases/<key:pk>/agreements/", AgreementsView.as_view(), name="api-agreements"),
    path("proceedings/<key:pk>/agreement/", AgreementView.as_view(), name="api-agreement"),
    path(
        "proceedings/<key:pk>/agreement/signatures/",
        SignaturesView.as_view(),
        name="api-agreement-signatures",
    ),
    path(
        "proceedings/<key:pk>/agreement/joint-application/",
        JointApplicationView.as_view(),
        name="api-agreement-joint-application",
    ),
    path("instalments/<key:pk>/", InstalmentView.as_view(), name="api-instalment"),
    path(
        "instalments/<key:pk>/performance/",
        PerformanceView.as_view(),
        name="api-instalment-performance",
    ),
]
