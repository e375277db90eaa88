"""Who reads what was said in mediation."""

from django.db.models import Q
from django.utils import timezone

from disputes.permissions import visible_cases, worked_proceedings
from disputes.scopes import Kind, scope_of
from mediation.models import Session


def readable_sessions(user, case, *, on=None):
    """Return the sessions of *case* that *user* reads on the date *on* (today).

    Only those who work on it at the office that held them, and a lawyer who was asked about that
    proceeding: what is said in mediation never reaches another tier (人民调解法 article 15).
    """
    on = on or timezone.localdate()
    asked = scope_of(user, on).grants().filter(kind=Kind.LAWYER).values("proceeding")
    return (
        Session.objects.filter(
            Q(proceeding__in=worked_proceedings(user, on=on)) | Q(proceeding__in=asked),
            proceeding__case=case,
            proceeding__case__in=visible_cases(user, on=on),
        )
        .select_related("host", "proceeding")
        .order_by("proceeding", "ordinal")
    )
