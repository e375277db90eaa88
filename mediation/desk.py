"""Whose desk a proceeding lies on: the question of every page of mediation's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from disputes.models import Proceeding, Tier
from disputes.permissions import read_case, visible_cases
from offices.domain.standing import standing_of

DUTIES = {"mediate", "assign_cases"}


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


def get_mediated(user, pk):
    """Return the mediation *pk* on which *user* works as one of its office; raises the same.

    A lawyer who was asked reads it whole, and does nothing of what is the mediators' to do.
    """
    proceeding = get_worked(user, pk)
    standing = standing_of(user, on=timezone.localdate())
    if not DUTIES.intersection(standing.at(proceeding.desk_id)):
        raise PermissionDenied
    return proceeding
