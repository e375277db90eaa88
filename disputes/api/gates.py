"""How far into a case a program comes: as far as the person for whom it asks."""

from django.core.exceptions import PermissionDenied

from disputes.views.casefile import CaseFile


def outlined(request, pk):
    """Return the case *pk* if the person reads its outline; 404 for a stranger, else 403."""
    file = CaseFile(request.user, pk)
    if not file.content.is_outline:
        raise PermissionDenied
    return file


def full(request, pk):
    """Return the case *pk* if the person reads it in full; 404 for a stranger, else 403."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full:
        raise PermissionDenied
    return file


def worked(request, pk):
    """Return the case *pk* and the last proceeding at a desk of the person; 404 or 403."""
    file = full(request, pk)
    mine = [row for row in file.proceedings if row.pk in file.content.worked]
    if not mine:
        raise PermissionDenied
    return file, mine[-1]
