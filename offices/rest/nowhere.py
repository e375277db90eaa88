"""What programs are told where no door is, or where one broke: a problem, not a page."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from offices.rest.problems import MEDIA_TYPE, TITLES

PLACE = "/api/"


def not_found(request, exception):
    """Answer an address that leads nowhere."""
    if not request.path.startswith(PLACE):
        return defaults.page_not_found(request, exception)
    return _tell(404, str(TITLES[404]), _("There is no such address."))


def broken(request):
    """Answer what broke inside of the house, without a word of why."""
    if not request.path.startswith(PLACE):
        return defaults.server_error(request)
    return _tell(500, _("A fault of this house"), _("This did not work. It was written down."))


def _tell(code, title, detail):
    body = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    return JsonResponse(body, status=code, content_type=MEDIA_TYPE)
