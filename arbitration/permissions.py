"""Who may open the commission's desk, and do what at it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from disputes.models import Proceeding, Tier
from disputes.permissions import visible_cases
from offices.domain.staffing import offices_where
from offices.models import Office, OfficeGroupObjectPermission, Posting

# Whoever holds one of these works at a commission's desk.
DESK_DUTIES = ("docket_cases", "decide_docket", "schedule_hearings", "arbitrate")


def commissions_of(user, *, on=None):
    """Return the commissions where *user* works on the date *on* (today), as a queryset.

    Which of their cases she reads is asked of ``visible_cases``: an arbitrator's own only.
    """
    on = on or timezone.localdate()
    offices = offices_where(user, "view_cases", on=on) | offices_where(user, "arbitrate", on=on)
    return offices.filter(tier=Office.Tier.ARBITRATION)


def duties_at(user, office, *, on=None):
    """Return the duties that *user* holds at *office* on the date *on* (today), in one query.

    Of a case that has ended too, unlike ``disputes.permissions.duties_in``: suits are noted and
    papers served after the award.
    """
    held = OfficeGroupObjectPermission.objects.filter(
        group__postings__in=Posting.objects.active(on or timezone.localdate()).filter(user=user),
        content_object=office,
    )
    return set(held.values_list("permission__codename", flat=True))


def get_proceeding(user, pk, *, arbitral=True):
    """Return the proceeding *pk* of a case that exists for *user*; raises ``Http404``.

    With *arbitral* only one before a commission is found.
    """
    rows = Proceeding.objects.filter(pk=pk, case__in=visible_cases(user))
    if arbitral:
        rows = rows.filter(tier=Tier.ARBITRATION)
    row = rows.select_related("case", "office", "desk", "handler").first()
    if row is None:
        raise Http404
    return row


def require_desk(user, proceeding):
    """Return the duties of *user* at the desk of *proceeding*.

    Raises ``PermissionDenied`` for one who sees the case but does not read it at this desk.
    """
    duties = duties_at(user, proceeding.desk)
    if "view_cases" not in duties:
        raise PermissionDenied
    return duties


def require_duty(user, proceeding, duties):
    """Raise ``PermissionDenied`` unless *user* holds one of *duties* at the desk."""
    if not require_desk(user, proceeding).intersection(duties):
        raise PermissionDenied
