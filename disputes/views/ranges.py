"""Handing out a part of a file: telephones play sound and film only from servers that do."""

import re

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})$")
CHUNK = 256 * 1024


def hand_out_part(request, file, *, size, **options):
    """Return the open *file* of *size* bytes whole, or the one range of it that is asked for.

    *options* are those of ``FileResponse`` (RFC 9110 section 14). Closes the file at the end.
    """
    asked = _RANGE.match(request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        response = FileResponse(file, **options)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    first, last = _bounds(*asked.groups(), size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    response = StreamingHttpResponse(
        _read(file, last - first + 1), status=206, content_type=options["content_type"]
    )
    response.headers["Content-Length"] = last - first + 1
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _bounds(first, last, size):
    """Return the first and the last byte that are meant; the first is past the last for none."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(file, left):
    with file:
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
