"""Narrowing the list of cases by what every reader of it sees."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from disputes.domain.search import find_cases
from disputes.models import Tier
from disputes.newest import last_at
from disputes.permissions import near_cases, visible_cases

FILTERS = [
    OpenApiParameter(
        "state",
        OpenApiTypes.STR,
        enum=["open", "closed", "all"],
        default="all",
        description=_lazy("Cases that are open, that have ended, or all."),
    ),
    OpenApiParameter(
        "tier",
        OpenApiTypes.INT,
        enum=[1, 2, 3],
        description=_lazy("Line of defence that handles the case: 1, 2 or 3."),
    ),
    OpenApiParameter(
        "received_from", OpenApiTypes.DATE, description=_lazy("Received on this day or later.")
    ),
    OpenApiParameter(
        "received_until", OpenApiTypes.DATE, description=_lazy("Received on this day or earlier.")
    ),
    OpenApiParameter(
        "q",
        OpenApiTypes.STR,
        description=_lazy("Number, name or telephone, as in the search of the page."),
    ),
]


def narrowed(request):
    """Return the cases that exist for the person, narrowed as she asks; raises for a bad filter."""
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
