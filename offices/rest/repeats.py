"""Doing something once: a call sent again under its key is answered, and does nothing."""

import hashlib
import json
from functools import wraps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from offices.models import AnsweredCall
from offices.rest.problems import Unprocessable

LONGEST = 100
CREATED = 201
PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description=_("Sent again with the same key within a day, a call is answered, not repeated."),
)


def once(method):
    """Let the POST *method* of a view answer a repeated ``Idempotency-Key`` without acting."""

    @wraps(method)
    def answer(view, request, *args, **kwargs):
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return method(view, request, *args, **kwargs)
        if len(key) > LONGEST or not key.isprintable():
            raise ValidationError({"Idempotency-Key": [_("At most 100 characters.")]})
        with transaction.atomic():
            return _answer(view, request, key, lambda: method(view, request, *args, **kwargs))

    return answer


def _answer(view, request, key, act):
    fingerprint = _fingerprint(request)
    # Who comes at the same moment waits here until the first has been answered.
    call, is_new = AnsweredCall.objects.get_or_create(
        user=request.user,
        key=key,
        defaults={"fingerprint": fingerprint, "created_at": timezone.now()},
    )
    if not is_new:
        return _repeat(view, request, call, fingerprint)
    response = act()
    call.status, call.location = response.status_code, _place_of(response)
    call.answer = "" if call.location else _keys_of(response.data)
    call.save()
    return response


def _place_of(response):
    return response.headers.get("Location") or response.headers.get("Content-Location", "")


def _keys_of(data):
    """Return what is kept of an answer without a place of its own: the keys of its rows."""
    return json.dumps([row["id"] for row in data]) if isinstance(data, list) else ""


def _repeat(view, request, call, fingerprint):
    if call.fingerprint != fingerprint:
        raise Unprocessable(_("This key was used for another call. Use a new one."))
    headers = {"Idempotent-Replayed": "true"}
    if call.location:
        headers["Location" if call.status == CREATED else "Content-Location"] = call.location
    return Response(view.read_again(request, call), status=call.status, headers=headers)


def _fingerprint(request):
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.FILES:
        for name, file in sorted(request.FILES.items()):
            digest.update(f"{name} {file.name} {file.size}\n".encode())
    else:
        digest.update(json.dumps(request.data, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def forget_calls(*, before):
    """Remove what was answered before the moment *before*; return how many calls."""
    return AnsweredCall.objects.filter(created_at__lt=before).delete()[0]
