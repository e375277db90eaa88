"""Pages by key: the next one begins where the last one ended, whatever was added meanwhile."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

USUAL, MOST = 50, 200
PARAMETERS = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description=_("From `next` of the page before.")),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        description=_("How many rows at most."),
    ),
]
NAMES = {"cursor", "page_size"}


def refuse_unknown(request, *known, paged=True):
    """Raise ``ValidationError`` for a parameter that is none of *known* and none of paging."""
    unknown = set(request.query_params) - set(known) - (NAMES if paged else set())
    if unknown:
        raise ValidationError({name: [_("There is no such filter.")] for name in sorted(unknown)})


def size_of(request):
    """Return how many rows the caller wants; raises ``ValidationError``."""
    text = request.query_params.get("page_size", str(USUAL))
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise ValidationError({"page_size": [_("A number from 1 to %(most)d.") % {"most": MOST}]})
    return int(text)


def key_of(request):
    """Return the text behind the cursor, "" without one; raises ``ValidationError``."""
    text = request.query_params.get("cursor", "")
    try:
        return b64decode(text.encode(), b"-_", validate=True).decode()
    except (Error, ValueError):
        raise _bad_cursor() from None


def number_of(request):
    """Return the number behind the cursor, None without one; raises ``ValidationError``."""
    text = key_of(request)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise _bad_cursor()
    return int(text)


def page(request, results, key):
    """Return the answer with *results* and the address of the page that begins after *key*."""
    query = {name: value for name, value in request.query_params.items() if name != "cursor"}
    following = None
    if key:
        query["cursor"] = urlsafe_b64encode(str(key).encode()).decode()
        following = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
    return Response({"next": following, "results": results})


def page_of_rows(request, rows, read, *, before=True):
    """Return the answer with one page of *rows* by primary key, each put into words by *read*.

    Newest first, or with ``before=False`` oldest first.
    """
    size, key = size_of(request), number_of(request)
    if key is not None:
        rows = rows.filter(**{"pk__lt" if before else "pk__gt": key})
    found = list(rows.order_by("-pk" if before else "pk")[: size + 1])
    last = found[size - 1].pk if len(found) > size else None
    return page(request, read(found[:size]), last)


def _bad_cursor():
    return ValidationError({"cursor": [_("This cursor is none of ours.")]})
