"""Who reads what was said in mediation."""

from django.db.models import Q
from django.utils import timezone

from disputes.models import CaseGrant
from mediation.models import Session
from offices.domain.staffing import offices_where


def readable_sessions(user, case, *, on=None):
    """Return the sessions of *case* that *user* reads on the date *on* (today).

    Only the people of the office that held them, and a lawyer who was asked about that
    proceeding: what is said in mediation never reaches another tier (人民调解法 article 15).
    """
    on = on or timezone.localdate()
    sessions = Session.objects.filter(proceeding__case=case).select_related("host", "proceeding")
    readable = Q(proceeding__desk__in=offices_where(user, "view_cases", on=on))
    asked_at = _asked_at(user, case, on=on)
    if asked_at:
        readable |= Q(proceeding__opened_at__lte=asked_at) & (
            Q(proceeding__closed_at__isnull=True) | Q(proceeding__closed_at__gte=asked_at)
        )
    return sessions.filter(readable)


def _asked_at(user, case, *, on):
    """Return the moment at which *user* was last asked as a lawyer, while she may still read."""
    grants = CaseGrant.objects.filter(
        case=case, user=user, kind=CaseGrant.Kind.LAWYER, until__gte=on
    )
    return grants.values_list("granted_at", flat=True).first()
