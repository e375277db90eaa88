"""Whose desk a proceeding lies on: the question of every page of mediation's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from disputes.models import Proceeding, Tier
from disputes.permissions import read_case, visible_cases


def get_worked(user, pk):
    """Return the mediation *pk* on which *user* works.

    Raises ``Http404`` where the case does not exist for her, or is no mediation, and
    ``PermissionDenied`` where she does not work on it.
    """
    row = (
        Proceeding.objects.filter(pk=pk, case__in=visible_cases(user), tier__lt=Tier.ARBITRATION)
        .select_related("case", "office", "desk", "handler")
        .first()
    )
    if row is None:
        raise Http404
    if pk not in read_case(user, row.case_id)[2].worked:
        raise PermissionDenied
    return row
