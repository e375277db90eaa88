"""Who may open the commission's desk, and do what at it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from disputes.models import Proceeding, Tier
from disputes.permissions import visible_cases, worked_proceedings
from offices.domain.staffing import offices_where
from offices.domain.standing import standing_of
from offices.models import Office

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
    """Return the duties that *user* holds at *office* on the date *on* (today).

    Of a case that has ended too, unlike ``disputes.permissions.duties_in``: suits are noted and
    papers served after the award.
    """
    return set(standing_of(user, on=on or timezone.localdate()).at(office.pk))


def get_proceeding(user, pk, *, together=()):
    """Return the proceeding *pk* before a commission, of a case that exists for *user*.

    *together* names what is read with it. Raises ``Http404``.
    """
    rows = Proceeding.objects.filter(pk=pk, tier=Tier.ARBITRATION, case__in=visible_cases(user))
    row = rows.select_related("case", "office", "desk", "handler", *together).first()
    if row is None:
        raise Http404
    return row


def require_desk(user, proceeding):
    """Return the duties of *user* at the desk of *proceeding*.

    Raises ``PermissionDenied`` for one who sees the case but does not work on it at this desk.
    """
    if not works_on(user, proceeding):
        raise PermissionDenied
    return duties_at(user, proceeding.desk)


def works_on(user, proceeding):
    """Return whether *user* works on *proceeding* at its desk, and so reads what is said there."""
    return worked_proceedings(user).filter(pk=proceeding.pk).exists()


def require_duty(user, proceeding, duties):
    """Raise ``PermissionDenied`` unless *user* holds one of *duties* at the desk."""
    if not require_desk(user, proceeding).intersection(duties):
        raise PermissionDenied
