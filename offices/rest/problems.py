"""What is wrong, told as RFC 9457 has it, in the language of the caller."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.exceptions import (
    APIException,
    NotAuthenticated,
    NotFound,
    ValidationError,
)
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.response import Response
from rest_framework.views import set_rollback

from offices.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: _("What was sent cannot be used"),
    401: _("Log in first"),
    403: _("Not your duty"),
    404: _("Not found"),
    405: _("Not possible here"),
    406: _("Not available in this form"),
    409: _("Somebody else was quicker"),
    412: _("Changed in the meantime"),
    415: _("Not readable in this form"),
    422: _("The rules do not allow this"),
    428: _("Say which version you change"),
    429: _("Too many questions"),
}


class Conflict(APIException):
    """Somebody else was quicker."""

    status_code = status.HTTP_409_CONFLICT


class Changed(APIException):
    """The object is not what the caller saw last."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _("The object has changed since you read it. Read it again, then decide.")


class VersionNeeded(APIException):
    """All of an object would be overwritten without saying which version was read."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Read it first and send its ETag along as If-Match.")


class Unprocessable(APIException):
    """A rule of the house or of the law speaks against it."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class ProblemSerializer(serializers.Serializer):
    """What is wrong (RFC 9457)."""

    type = serializers.CharField(default="about:blank")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text=_("By field, \"\" for what belongs to none; parts of lists as claims.0.amount"),
    )  # fmt: skip


def tell_problem(error, context):
    """Return the answer that says what *error* is; None for a fault of ours."""
    if isinstance(error, Refusal):
        error = _refused(error)
    elif isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, PermissionDenied):
        error = Forbidden(str(error) or None)
    if not isinstance(error, APIException):
        return None
    set_rollback()
    code = error.status_code
    errors = flatten(error.detail) if isinstance(error, ValidationError) else None
    said = errors and " ".join(next(iter(errors.values())))
    body = {
        "type": "about:blank",
        "title": str(TITLES.get(code, _("Not possible"))),
        "status": code,
        "detail": said or _text(error.detail),
    }
    if errors:
        body["errors"] = errors
    elif getattr(error, "field", None):
        body["errors"] = {error.field: [body["detail"]]}
    return Response(body, status=code, headers=_headers(error), content_type=MEDIA_TYPE)


def _refused(refusal):
    found = (Conflict if refusal.is_late else Unprocessable)(str(refusal))
    found.field = refusal.field
    return found


def _text(detail):
    return str(detail) if not isinstance(detail, list | dict) else str(next(iter(detail)))


def _headers(error):
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    elif isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="fangxian"'
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    return headers


def flatten(detail, path=""):
    """Return *detail*, errors nested as the data are, as {path with dots: sentences}."""
    if isinstance(detail, dict):
        found = {}
        for name, part in detail.items():
            name = "" if name in ("__all__", "non_field_errors") else str(name)
            found |= flatten(part, ".".join(filter(None, (path, name))))
        return found
    if isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        found = {}
        for index, part in enumerate(detail):
            if part:
                found |= flatten(part, ".".join(filter(None, (path, str(index)))))
        return found
    parts = detail if isinstance(detail, list) else [detail]
    return {path: [str(part) for part in parts]}
