"""The door to scans: files are never served by their address."""

from django.http import FileResponse, Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from legal_aid.permissions import get_enclosure


@never_cache
@require_safe
def enclosure(request, pk):
    """Show a scan; 404 for who reads neither the fund nor the application."""
    row = get_enclosure(request.user, pk)
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, filename=row.name, content_type=row.content_type)
    # Whatever a stranger's file holds, it runs nothing here.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
