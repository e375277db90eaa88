"""Service of papers for programs: what waits, what proves it, corrections."""

from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from disputes.api.gates import full, worked
from disputes.domain.service import recording
from disputes.forms import service as forms
from disputes.models import ServedPaper, Service
from disputes.views.service import ACTS, find_service, may_serve
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.changing import change
from offices.rest.problems import Conflict
from offices.rest.views import IF_MATCH, ApiView

READS = {"GET": Scope.CASES_READ}
# Other papers are served as what was issued, from the page.
PAPERS = [(value, label) for value, label in ServedPaper.choices if value != ServedPaper.OTHER]


class ProofForm(forms.ProveForm):
    """The proof that a paper was served; the scan is attached on the page."""

    file = None


class MendingForm(forms.CorrectForm):
    """What the entry should have said."""

    file = None


Proving = formdata.serializer_of(ProofForm, "ProofOfService")
Sending = formdata.serializer_of(forms.SendForm, "PaperSent")
ComingBack = formdata.serializer_of(forms.ComeBackForm, "PaperBack")
Correcting = formdata.serializer_of(MendingForm, "ServiceCorrection")
FORMS = {
    "prove": ProofForm,
    "send": forms.SendForm,
    "back": forms.ComeBackForm,
    "correct": MendingForm,
}


class ServiceSerializer(serializers.ModelSerializer):
    """One paper and one recipient: to be served, on its way, served or come back."""

    title = serializers.CharField()
    proof = serializers.IntegerField(source="proof_id", allow_null=True)
    document = serializers.IntegerField(source="document.paper_id", allow_null=True, default=None)
    following = serializers.SerializerMethodField(help_text="the entry that follows this one")

    class Meta:
        model = Service
        fields = [
            "id", "case", "proceeding", "party", "paper", "title", "document", "copies", "state",
            "method", "place", "server", "sent_on", "served_on", "received_on", "received_by",
            "relation", "signed", "receipt", "reason", "witnesses", "returned_on", "proof",
            "previous", "correction", "following",
        ]  # fmt: skip
        read_only_fields = fields

    def get_following(self, row) -> int | None:
        """The next attempt, or the correction."""
        return getattr(row, "after", None)


class ServicePage(serializers.Serializer):
    """One page of services, newest first."""

    next = serializers.CharField(allow_null=True)
    results = ServiceSerializer(many=True)


class ServiceInput(serializers.Serializer):
    """A paper that stands to be served on a party."""

    paper = serializers.ChoiceField(choices=PAPERS)
    party = serializers.IntegerField(min_value=1, max_value=2**62)


class ServicesView(ApiView):
    """What is served in a case."""

    scopes = {**READS, "POST": Scope.CASES_WRITE}
    paged = True

    @extend_schema(operation_id="list_services", tags=["services"], responses=ServicePage)
    def get(self, request, pk):
        """Return a page of the services that this person reads, newest first."""
        file = full(request, pk)
        rows = file.content.rows(Service.objects.filter(case=file.case))

        def read(found):
            return ServiceSerializer(_with_following(found), many=True).data

        return paging.page_of_rows(request, rows.select_related("document__paper"), read)

    @extend_schema(
        operation_id="owe_service",
        tags=["services"],
        request=ServiceInput,
        responses={201: ServiceSerializer},
    )
    def post(self, request, pk):
        """Let a paper stand to be served on a party; its proof is recorded then."""
        file, own = worked(request, pk)
        if not may_serve(request.user, own, file.content):
            self.permission_denied(request)
        sent = ServiceInput(data=request.data)
        sent.is_valid(raise_exception=True)
        party = file.case.parties.filter(Q(pk=sent.validated_data["party"])).first()
        if party is None:
            raise ValidationError({"party": [_("Choose one of the parties of the case.")]})
        paper = sent.validated_data["paper"]
        rows = recording.owe(own, [party], paper=paper, at=timezone.now(), by=request.user)
        if not rows:
            raise Conflict(_("This paper stands on the list of the case already."))
        headers = {"Location": reverse("api-service", args=[rows[0].pk])}
        return Response(_read(request, rows[0].pk), status=201, headers=headers)


class ServiceView(ApiView):
    """One service."""

    scopes = READS

    @extend_schema(operation_id="read_service", tags=["services"], responses=ServiceSerializer)
    def get(self, request, pk):
        """Return what is known of the service."""
        return Response(_read(request, pk))


class ActView(ApiView):
    """Something that happened to a service."""

    scopes = {"POST": Scope.CASES_WRITE}
    act = ""
    versioned = False

    def place(self, pk):
        return reverse("api-service", args=[pk])

    def _do(self, request, pk):
        row, content = find_service(request.user, pk)
        if not may_serve(request.user, row.proceeding, content):
            self.permission_denied(request)
        form_class, verb = FORMS[self.act], ACTS[self.act][1]
        told = {"service": row, "today": timezone.localdate(), "user": request.user}

        def do(form):
            verb(row, **form.told(form.cleaned_data), at=timezone.now(), by=request.user)

        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=lambda data, files: form_class(data, files, **told),
            do=do,
            versioned=self.versioned,
        )


def _door(act, form, operation, said, *, versioned=False):
    """Return the view class by which programs do *act*, described by the serializer *form*."""

    @extend_schema(
        operation_id=operation,
        tags=["services"],
        parameters=[IF_MATCH],
        request=form,
        responses=ServiceSerializer,
    )
    def post(self, request, pk):
        return self._do(request, pk)

    post.__doc__ = said
    name = f"{act.capitalize()}ServiceView"
    return type(name, (ActView,), {"act": act, "versioned": versioned, "post": post})


ProveView = _door("prove", Proving, "prove_service", "Record the proof of service; clocks start.")
SendView = _door("send", Sending, "send_paper", "Record that the paper went out.")
BackView = _door("back", ComingBack, "return_paper", "Record that the paper came back.")
CorrectView = _door(
    "correct", Correcting, "correct_service", "Mend a service by a further entry.", versioned=True
)


def _read(request, pk):
    row, _content = find_service(request.user, pk)
    return ServiceSerializer(_with_following([row])[0]).data


def _with_following(rows):
    rows = list(rows)
    after = dict(Service.objects.filter(previous__in=rows).values_list("previous", "pk"))
    for row in rows:
        row.after = after.get(row.pk)
    return rows


urlpatterns = [
    path("cases/<key:pk>/services/", ServicesView.as_view(), name="api-services"),
    path("services/<key:pk>/", ServiceView.as_view(), name="api-service"),
    path("services/<key:pk>/proof/", ProveView.as_view(), name="api-service-proof"),
    path("services/<key:pk>/sending/", SendView.as_view(), name="api-service-sending"),
    path("services/<key:pk>/return/", BackView.as_view(), name="api-service-return"),
    path("services/<key:pk>/correction/", CorrectView.as_view(), name="api-service-correction"),
]
