"""The calculators for programs: the same questions and answers as on the pages, as JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from law.forms import AMOUNTS, CALCULATORS
from law.forms.deadline import DeadlineCalculator
from law.forms.fields import CountField, DayField, NumberField, YesNoField
from law.forms.pay import MOST_ROWS, OvertimeCalculator
from law.views.calculators import answer_form

_TYPES = ((DayField, OpenApiTypes.DATE), (CountField, OpenApiTypes.INT))


class LineSerializer(serializers.Serializer):
    """One line of a trace."""

    text = serializers.CharField()
    article = serializers.CharField()


class AmountSerializer(serializers.Serializer):
    """An amount in yuan, rounded once, and how it came about."""

    amount = serializers.DecimalField(max_digits=20, decimal_places=2)
    facts = serializers.DictField()
    trace = LineSerializer(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


class StepSerializer(serializers.Serializer):
    """One turn in the life of a time limit."""

    on = serializers.DateField()
    text = serializers.CharField()


class DaySerializer(serializers.Serializer):
    """A day, its number in the count (null when it is skipped) and why."""

    on = serializers.DateField()
    number = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()


class DueSerializer(serializers.Serializer):
    """When a time limit ends, and how it was counted."""

    title = serializers.CharField()
    article = serializers.CharField()
    instrument = serializers.CharField()
    length = serializers.CharField()
    actor = serializers.CharField()
    expiry = serializers.CharField(allow_blank=True)
    due_nominal = serializers.DateField(source="due.nominal")
    due_legal = serializers.DateField(source="due.legal")
    alarm_on = serializers.DateField(source="due.alarm")
    provisional = serializers.BooleanField(source="due.provisional")
    missing_year = serializers.IntegerField(source="due.missing_year", allow_null=True)
    steps = serializers.SerializerMethodField()
    days = DaySerializer(many=True)

    def get_steps(self, explanation) -> list[dict]:
        return [{"on": on.isoformat(), "text": text} for on, text in explanation.lines]


class CalculatorView(APIView):
    """One calculator: its questions are the parameters of the address."""

    permission_classes = (AllowAny,)
    calculator = None
    answer_class = AmountSerializer

    def reply(self, request):
        """Return the answer to the questions in the address, or what is wrong with them."""
        form = self.calculator(request.query_params)
        answer = answer_form(form)
        if answer is None:
            raise serializers.ValidationError(
                {name: list(map(str, said)) for name, said in form.errors.items()}
            )
        return Response(self.answer_class(_plain(answer)).data)


class CalculatorsView(APIView):
    """The calculators there are."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="calculators",
        tags=["calculators"],
        responses=inline_serializer(
            "Calculator",
            {
                "name": serializers.CharField(),
                "title": serializers.CharField(),
                "intro": serializers.CharField(),
                "url": serializers.CharField(),
            },
            many=True,
        ),
    )
    def get(self, request):
        return Response(
            [
                {
                    "name": each.name,
                    "title": str(each.title),
                    "intro": str(each.intro),
                    "url": request.build_absolute_uri(reverse(f"api-calculator-{each.name}")),
                }
                for each in CALCULATORS.values()
            ]
        )


def _view_of(calculator, answer_class):
    """Return a view of *calculator* whose parameters the description of the API names."""

    @extend_schema(
        operation_id=calculator.name,
        summary=calculator.title,
        description=calculator.intro,
        parameters=list(_parameters_of(calculator)),
        responses={200: answer_class},
        tags=["calculators"],
    )
    def get(self, request):
        return self.reply(request)

    facts = {"calculator": calculator, "answer_class": answer_class, "get": get}
    return type(f"{calculator.__name__}View", (CalculatorView,), facts).as_view()


def _parameters_of(calculator):
    for name, field in calculator.base_fields.items():
        yield OpenApiParameter(
            name,
            type=next((t for kind, t in _TYPES if isinstance(field, kind)), _text_or_number(field)),
            required=field.required and not getattr(field, "may_be_left_out", False),
            description=f"{field.label} {field.help_text}".strip(),
            enum=_values_of(field),
        )
    if calculator is OvertimeCalculator:
        for name, kind in (("day", OpenApiTypes.DATE), ("hours", OpenApiTypes.DECIMAL)):
            yield OpenApiParameter(
                name,
                type=kind,
                many=True,
                required=True,
                description=f"{calculator.title}: {name}, 1–{MOST_ROWS}",
            )


def _text_or_number(field):
    return OpenApiTypes.DECIMAL if isinstance(field, NumberField) else OpenApiTypes.STR


def _values_of(field):
    """Return the answers that may be given to *field*, None when they are free."""
    if isinstance(field, YesNoField) or getattr(field, "choices", None):
        return [value for value, _label in field.choices if value]
    return None


def _plain(answer):
    """Return *answer* with facts that JSON can hold; explanations pass as they are."""
    if not hasattr(answer, "facts"):
        return answer
    return {
        "amount": answer.amount,
        "facts": _write(answer.facts),
        "trace": [{"text": line.text, "article": line.article} for line in answer.trace],
        "warnings": answer.warnings,
    }


def _write(value):
    if isinstance(value, Mapping):
        return {name: _write(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_write(each) for each in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


urlpatterns = [
    path("calculators/", CalculatorsView.as_view(), name="api-calculators"),
    path(
        "calculators/deadline/",
        _view_of(DeadlineCalculator, DueSerializer),
        name=f"api-calculator-{DeadlineCalculator.name}",
    ),
    *(
        path(
            f"calculators/{name}/",
            _view_of(calculator, AmountSerializer),
            name=f"api-calculator-{name}",
        )
        for name, calculator in AMOUNTS.items()
    ),
]
