"""Which offices and people an administrator looks after. Every door of this room asks here."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from offices.context import duties_of
from offices.domain.staffing import offices_where
from offices.models import Office, Posting, User

KEEP_REGISTER = "administer_offices"
AUTHORISE = "authorise_people"


def needs_duty(*duties):
    """Let a view be entered only by whoever holds one of *duties* somewhere; others read 403."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not duties_of(request).intersection(duties):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


# The lists are read by both administrators; each act names its own duty.
needs_administrator = needs_duty(KEEP_REGISTER, AUTHORISE)


def administered_offices(user, *, on):
    """Return the offices that *user* looks after on the date *on*, as a queryset.

    These are the office where the person is an administrator and all below it; for a city
    federation also the organisations outside that stand below no federation: commission,
    court, bureaus.
    """
    own = offices_where(user, KEEP_REGISTER, on=on) | offices_where(user, AUTHORISE, on=on)
    own = list(own.values_list("path", "kind"))
    within = _below(path for path, _kind in own)
    if any(kind == Office.Kind.CITY_FEDERATION for _path, kind in own):
        federations = Office.objects.filter(kind=Office.Kind.CITY_FEDERATION)
        within |= ~_below(federations.values_list("path", flat=True))
    return Office.objects.filter(within)


def administered_people(user, *, on):
    """Return the people that *user* looks after on the date *on*, as a queryset.

    These are whoever serves or served at one of her offices, and whoever was never posted.
    """
    postings = Posting.objects.filter(user=OuterRef("pk"))
    hers = postings.filter(office__in=administered_offices(user, on=on))
    return User.objects.filter(Exists(hers) | ~Exists(postings))


def _below(paths):
    """Return the condition that an office stands at or below one of *paths*."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition
