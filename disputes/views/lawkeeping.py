"""Who keeps the law of this house: holiday calendar, time limits, local figures."""

from django.core.exceptions import PermissionDenied

from offices.context import postings_of
from offices.duties import ROLE_DUTIES
from offices.models import Office

DUTY = "keep_law"


def keeps_law(request):
    """Return whether the person keeps the law, at a city federation: it binds every office."""
    return any(
        DUTY in ROLE_DUTIES[posting.role] and posting.office.kind == Office.Kind.CITY_FEDERATION
        for posting in postings_of(request)
    )


def require_law_keeper(request):
    """Raise ``PermissionDenied`` unless the person keeps the law."""
    if not keeps_law(request):
        raise PermissionDenied
