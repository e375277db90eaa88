"""The view from which the doors for programs are made."""

import hashlib
import json

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from offices.rest.problems import MEDIA_TYPE, Changed, ProblemSerializer

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag that was read last. When the object has changed since, 412.",
)


class ApiView(APIView):
    """A door for programs.

    *scopes* says which scope of a token each method needs. What is read carries an ETag; a view
    that changes an object calls ``match`` with what the caller should have read.
    """

    scopes = {}
    parser_classes = (JSONParser,)

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


def etag_of(data):
    """Return the strong ETag of *data* as a caller reads them."""
    text = json.dumps(data, cls=JSONEncoder, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _tags(header):
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


class Description(AutoSchema):
    """How each door is described: with what can go wrong at it."""

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
            codes += ["409", "412", "415", "422"]
        return codes
