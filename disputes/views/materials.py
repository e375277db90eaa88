"""The door to the materials of a case: files are never served by their address."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disputes.domain.filetypes import is_shown_in_place
from disputes.models import Evidence
from disputes.permissions import read_case, visible_cases


@never_cache
@require_safe
def material(request, pk):
    """Hand out a file: 404 for a stranger to its case, 403 for one who does not read this file."""
    row = Evidence.objects.filter(pk=pk, case__in=visible_cases(request.user)).first()
    if row is None:
        raise Http404
    content = read_case(request.user, row.case_id)[2]
    if not content.rows(Evidence.objects.filter(pk=pk)).exists():
        raise PermissionDenied
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=not is_shown_in_place(row.content_type),
        filename=row.name,
        content_type=row.content_type,
    )
    # Whatever a stranger's file holds, it runs nothing here.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
