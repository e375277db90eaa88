"""Meetings of the agencies for programs: reading, planning, changing, inviting, answering."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from mediation.convening import cancel_as_said, change_as_said, convening, plan_as_said
from mediation.domain.meetings import invitations
from mediation.domain.meetings.agenda import shown_items
from mediation.forms.meetings.links import AnswerForm
from mediation.forms.meetings.planning import CancelForm, MeetingForm
from mediation.models import Meeting, Participant
from mediation.permissions import agencies_for, visible_meetings
from mediation.views.meetings import get_meeting, kept_meeting
from offices.models import Scope
from offices.rest import formdata, paging
from offices.rest.changing import change, fill
from offices.rest.views import IF_MATCH, ApiView

READS, WRITES = {"GET": Scope.CASES_READ}, {"POST": Scope.CASES_WRITE}
MeetingInput = formdata.serializer_of(MeetingForm, "MeetingInput")
Cancelling = formdata.serializer_of(CancelForm, "MeetingCancelling")
AnswerInput = formdata.serializer_of(AnswerForm, "MeetingAnswer")


class MeetingSerializer(serializers.ModelSerializer):
    """A meeting of the agencies: when, where, and how far it has come."""

    class Meta:
        model = Meeting
        fields = (
            "id", "kind", "name", "office", "starts_at", "ends_at", "room", "place", "video_url",
            "status", "sequence", "quorum",
        )  # fmt: skip


class ParticipantSerializer(serializers.ModelSerializer):
    """An agency or a person that is asked to come, and the answer."""

    class Meta:
        model = Participant
        fields = ("id", "office", "name", "role", "answer")


class MeetingWithPeople(MeetingSerializer):
    """A meeting with those who are asked to come."""

    participants = serializers.SerializerMethodField()

    class Meta(MeetingSerializer.Meta):
        fields = (*MeetingSerializer.Meta.fields, "participants")

    def get_participants(self, row) -> ParticipantSerializer(many=True):
        """Who is asked to come."""
        rows = row.participants.filter(removed_at__isnull=True).order_by("pk")
        return ParticipantSerializer(rows, many=True).data


class MeetingPage(serializers.Serializer):
    """One page of meetings, newest first."""

    next = serializers.CharField(allow_null=True)
    results = MeetingSerializer(many=True)


class ItemSerializer(serializers.Serializer):
    """An item of the agenda, as far as the agencies of the reader are let into it."""

    id = serializers.IntegerField(source="item.pk")
    number = serializers.IntegerField()
    title = serializers.CharField()
    closed = serializers.BooleanField(source="is_closed")
    minutes = serializers.IntegerField()
    request = serializers.CharField(allow_blank=True)
    responsible = serializers.CharField(allow_blank=True)
    state = serializers.CharField(allow_blank=True)
    case = serializers.IntegerField(source="case.pk", default=None, allow_null=True)


class MeetingsView(ApiView):
    """The meetings that exist for the person, and planning one."""

    scopes = READS | WRITES
    paged = True

    @extend_schema(operation_id="list_meetings", tags=["meetings"], responses=MeetingPage)
    def get(self, request):
        """Return a page of meetings, those entered last first."""

        def read(found):
            return MeetingSerializer(found, many=True).data

        return paging.page_of_rows(request, visible_meetings(request.user), read)

    @extend_schema(
        operation_id="plan_meeting",
        tags=["meetings"],
        request=MeetingInput,
        responses={201: MeetingWithPeople},
    )
    def post(self, request):
        """Plan a meeting or a series as a draft: nobody is told before you invite."""
        offices, now = convening(request.user), timezone.now()
        form = fill(
            request,
            lambda data, files: MeetingForm(data, user=request.user, offices=offices, now=now),
        )
        row = plan_as_said(form, at=now, by=request.user)
        headers = {"Location": _place(row.pk)}
        return Response(_read(request, row.pk), status=201, headers=headers)


class MeetingView(ApiView):
    """One meeting."""

    scopes = READS | {"PUT": Scope.CASES_WRITE}

    def place(self, pk):
        return _place(pk)

    @extend_schema(operation_id="read_meeting", tags=["meetings"], responses=MeetingWithPeople)
    def get(self, request, pk):
        """Return when and where the meeting is, and who is asked to come."""
        return Response(_read(request, pk))

    @extend_schema(
        operation_id="change_meeting",
        tags=["meetings"],
        parameters=[IF_MATCH],
        request=MeetingInput,
        responses=MeetingWithPeople,
    )
    def put(self, request, pk):
        """Change the meeting, or its series; who was invited is told. The version must be named."""
        row, now = kept_meeting(request.user, pk), timezone.now()
        offices = convening(request.user)

        def make(data, files):
            if data is not None:
                data["version"] = Meeting.objects.values_list("version", flat=True).get(pk=pk)
            return MeetingForm(
                data, user=request.user, offices=offices, meeting=_get(request, pk), now=now
            )

        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=make,
            do=lambda form: change_as_said(form, at=now, by=request.user),
            versioned=True,
        )


class CancelView(ApiView):
    """Cancelling a meeting."""

    scopes = WRITES

    def place(self, pk):
        return _place(pk)

    @extend_schema(
        operation_id="cancel_meeting",
        tags=["meetings"],
        parameters=[IF_MATCH],
        request=Cancelling,
        responses=MeetingWithPeople,
    )
    def post(self, request, pk):
        """Cancel the meeting with a reason; who was invited is told, the room is free."""
        row, now = kept_meeting(request.user, pk), timezone.now()
        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=lambda data, files: CancelForm(data, meeting=row, now=now),
            do=lambda form: cancel_as_said(row, form, at=now, by=request.user),
        )


class InviteView(ApiView):
    """Inviting to a meeting."""

    scopes = WRITES

    def place(self, pk):
        return _place(pk)

    @extend_schema(
        operation_id="invite_to_meeting",
        tags=["meetings"],
        parameters=[IF_MATCH],
        request=None,
        responses=MeetingWithPeople,
    )
    def post(self, request, pk):
        """Send the invitations of this meeting."""
        row = kept_meeting(request.user, pk)
        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            do=lambda form: invitations.invite(
                Meeting.objects.get(pk=pk), at=timezone.now(), by=request.user
            ),
        )


class ReplyView(ApiView):
    """Answering an invitation."""

    scopes = WRITES

    def place(self, pk):
        return _place(pk)

    @extend_schema(
        operation_id="answer_invitation",
        tags=["meetings"],
        parameters=[IF_MATCH],
        request=AnswerInput,
        responses=MeetingWithPeople,
    )
    def post(self, request, pk):
        """Say whether you come; who does not says why, or who comes instead."""
        row = _get(request, pk)
        own = row.participants.filter(user=request.user, removed_at__isnull=True).first()
        if own is None:
            raise PermissionDenied

        def answer(form):
            facts = {name: form.cleaned_data[name] for name in ("answer", "note")}
            invitations.answer(own, **facts, via=Participant.Via.PAGE, at=timezone.now())

        return change(
            self,
            request,
            row,
            read=lambda: _read(request, pk),
            make=lambda data, files: AnswerForm(data),
            do=answer,
        )


class AgendaView(ApiView):
    """The agenda of a meeting."""

    scopes = READS

    @extend_schema(
        operation_id="list_agenda", tags=["meetings"], responses=ItemSerializer(many=True)
    )
    def get(self, request, pk):
        """Return the agenda as far as the agencies for which this person comes are let into it."""
        row = _get(request, pk)
        shown = shown_items(
            row,
            request.user,
            on=timezone.localdate(),
            offices=agencies_for(request.user, row),
        )
        return Response(ItemSerializer(shown, many=True).data)


def _get(request, pk):
    return get_meeting(request.user, pk)


def _read(request, pk):
    return MeetingWithPeople(_get(request, pk)).data


def _place(pk):
    return reverse("api-meeting", args=[pk])


urlpatterns = [
    path("meetings/", MeetingsView.as_view(), name="api-meetings"),
    path("meetings/<key:pk>/", MeetingView.as_view(), name="api-meeting"),
    path("meetings/<key:pk>/agenda/", AgendaView.as_view(), name="api-meeting-agenda"),
    path("meetings/<key:pk>/cancel/", CancelView.as_view(), name="api-meeting-cancel"),
    path("meetings/<key:pk>/invite/", InviteView.as_view(), name="api-meeting-invite"),
    path("meetings/<key:pk>/reply/", ReplyView.as_view(), name="api-meeting-reply"),
]
