"""Who reads a lawyer's opinion."""

from django.db.models import Q
from django.utils import timezone

from disputes.models import Tier
from legal_aid.models import Review
from offices.domain.staffing import offices_where


def readable_reviews(user, case, *, on=None):
    """Return the reviews of *case* that *user* reads on the date *on* (today).

    The office that asked reads them, and the lawyer who wrote them; no other office does.
    """
    on = on or timezone.localdate()
    ours = Q(proceeding__desk__in=offices_where(user, "view_cases", on=on))
    reviews = Review.objects.filter(proceeding__case=case).select_related("lawyer", "proceeding")
    return reviews.filter(ours | Q(lawyer=user))


def may_read_bottom_line(user, review, *, on=None):
    """Return whether *user* reads the bottom line of *review* on the date *on* (today).

    It is for the union and the client: an enterprise's own committee, on which the employer
    sits, never reads it.
    """
    if review.lawyer_id == user.pk:
        return True
    if review.proceeding.tier == Tier.ENTERPRISE:
        return False
    on = on or timezone.localdate()
    office = review.proceeding.desk_id
    return offices_where(user, "view_cases", on=on).filter(pk=office).exists()
