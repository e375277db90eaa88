"""The view from which the doors for programs are made."""

import hashlib
import json

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from offices.rest import paging
from offices.rest.problems import MEDIA_TYPE, Changed, ProblemSerializer
from offices.rest.repeats import PARAMETER, once

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description=_("The ETag that was read last. When the object has changed since: 412."),
)


class ApiView(APIView):
    """A door for programs.

    *scopes* says which scope of a token each method needs, *filters* which parameters a GET takes
    beside those of paging; any other is refused, so that nothing is filtered, sorted or expanded
    by what the caller may not see. What is read carries an ETag; a view that changes an object
    calls ``match`` with what the caller should have read. Every POST takes an idempotency key.
    """

    scopes = {}
    filters = ()
    paged = False
    parser_classes = (JSONParser,)

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if "post" in cls.__dict__:
            cls.post = once(cls.post)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        paging.refuse_unknown(request, *self.filters, paged=self.paged)

    def place(self, **keys):
        """Return the path under which what this door changes is read; "" without one."""
        return ""

    def read_again(self, request, call):
        """Return what the answered *call* told, as far as its person may read it now.

        Raises as reading does: an answer that is kept opens nothing that was closed since.
        """
        return read_at(request, call.location) if call.location else None

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        data = getattr(response, "data", None)
        if request.method in ("GET", "HEAD") and response.status_code == 200 and data is not None:
            response.headers["ETag"] = etag = etag_of(data)
            response.headers["Cache-Control"] = "private, no-cache"
            if etag in _tags(request.headers.get("If-None-Match", "")):
                unchanged = Response(status=304, headers={"ETag": etag})
                return super().finalize_response(request, unchanged, *args, **kwargs)
        return response

    def match(self, request, data):
        """Raise ``Changed`` unless *data*, as they are read now, are what ``If-Match`` names."""
        wanted = request.headers.get("If-Match", "")
        if wanted and wanted.strip() != "*" and etag_of(data) not in _tags(wanted):
            raise Changed


def read_at(request, path):
    """Return the data behind *path* of this interface, as the person who asks reads them now."""
    asked = HttpRequest()
    asked.method, asked.path, asked.META = "GET", path, dict(request.META)
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_AUTHORIZATION", "QUERY_STRING"):
        asked.META.pop(name, None)
    asked._force_auth_user = request.user
    found = resolve(path)
    answer = found.func(asked, *found.args, **found.kwargs)
    if answer.status_code == 404:
        raise Http404
    if answer.status_code != 200:
        raise PermissionDenied
    return answer.data


def etag_of(data):
    """Return the strong ETag of *data* as a caller reads them."""
    text = json.dumps(data, cls=JSONEncoder, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _tags(header):
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


class Description(AutoSchema):
    """How each door is described: with what can go wrong at it."""

    def get_override_parameters(self):
        own = list(super().get_override_parameters())
        if self.method == "POST" and isinstance(self.view, ApiView):
            own.append(PARAMETER)
        if self.method == "GET" and getattr(self.view, "paged", False):
            own += paging.PARAMETERS
        return own

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer(), direction)
        for code in self._codes():
            if code not in bodies:
                bodies[code] = {
                    "description": "RFC 9457",
                    "content": {MEDIA_TYPE: {"schema": problem.ref}},
                }
        return bodies

    def _codes(self):
        codes = ["400", "401", "403", "404", "406", "429"]
        if self.method in ("POST", "PATCH", "PUT", "DELETE"):
            codes += ["409", "412", "415", "422", "428"]
        return codes
