"""Who reads a lawyer's opinion."""

from django.db.models import Q

from disputes.models import Tier
from disputes.permissions import visible_cases, worked_proceedings
from legal_aid.models import Review


def readable_reviews(user, case, *, on=None):
    """Return the reviews of *case* that *user* reads on the date *on* (today).

    Those who work on the case at the office that asked read them, and the lawyer who wrote them
    for as long as she reads the case; no other office does.
    """
    return Review.objects.filter(
        Q(proceeding__in=worked_proceedings(user, on=on)) | Q(lawyer=user),
        proceeding__case=case,
        proceeding__case__in=visible_cases(user, on=on),
    ).select_related("lawyer", "proceeding")


def may_read_bottom_line(user, review, *, on=None):
    """Return whether *user* reads the bottom line of *review* on the date *on* (today).

    It is for the union and the client: an enterprise's own committee, on which the employer
    sits, never reads it.
    """
    case = review.proceeding.case
    if review.lawyer_id == user.pk:
        return readable_reviews(user, case, on=on).filter(pk=review.pk).exists()
    if review.proceeding.tier == Tier.ENTERPRISE:
        return False
    return worked_proceedings(user, on=on).filter(pk=review.proceeding_id).exists()
