"""The deadlines of a case for programs, each with its explanation."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from disputes.api.gates import outlined
from disputes.domain.clocks import due_of
from disputes.models import Deadline
from disputes.permissions import visible_cases
from disputes.serializers import DeadlineSerializer, ExplainedDeadline
from disputes.views.deadlines import without_reasons
from law.explanation import explain
from offices.models import Scope
from offices.rest.views import ApiView

READS = {"GET": Scope.CASES_READ}


class DeadlinesView(ApiView):
    """The deadlines of a case."""

    scopes = READS

    @extend_schema(
        operation_id="list_deadlines", tags=["deadlines"], responses=DeadlineSerializer(many=True)
    )
    def get(self, request, pk):
        """Return the deadlines of the case: those that run first, soonest first."""
        return Response(DeadlineSerializer(outlined(request, pk).deadlines, many=True).data)


class DeadlineView(ApiView):
    """One deadline with its explanation."""

    scopes = READS

    @extend_schema(operation_id="read_deadline", tags=["deadlines"], responses=ExplainedDeadline)
    def get(self, request, pk):
        """Return the deadline and how it was counted, day by day, article by article."""
        rows = Deadline.objects.filter(case__in=visible_cases(request.user)).select_related("rule")
        row = get_object_or_404(rows, pk=pk)
        file = outlined(request, row.case_id)
        due = due_of(row)
        if not file.content.is_full:
            due = without_reasons(due)
        context = {"explanation": explain(row.rule, due)}
        return Response(ExplainedDeadline(row, context=context).data)


urlpatterns = [
    path("cases/<key:pk>/deadlines/", DeadlinesView.as_view(), name="api-deadlines"),
    path("deadlines/<key:pk>/", DeadlineView.as_view(), name="api-deadline"),
]
