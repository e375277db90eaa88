"""How papers are handed to a browser."""

from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from papers.domain.picturing import draw_page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def hand_out(content, *, name, content_type):
    """Return *content* as a file to be saved under *name*."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return _kept_by_nobody(response)


def show_page(pdf, number):
    """Return page *number* of the PDF bytes as a picture; raises ``Http404`` beyond the last."""
    picture = draw_page(pdf, number)
    if picture is None:
        raise Http404
    return _kept_by_nobody(HttpResponse(picture, content_type="image/png"))


def _kept_by_nobody(response):
    add_never_cache_headers(response)
    return response
