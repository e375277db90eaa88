"""What the browser tells when somebody prints a page."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from audit import trail
from audit.doors import object_of
from audit.models import AuditEntry


@require_POST
def printed(request):
    """Write down that the person printed the page whose address she sends."""
    try:
        match = resolve(urlsplit(request.POST.get("page", "")[:500]).path)
    except (Resolver404, ValueError):
        return HttpResponse(status=204)
    facts = object_of(match) | {"door": match.url_name or ""}
    trail.record(request, AuditEntry.Action.PRINT, **facts)
    return HttpResponse(status=204)
