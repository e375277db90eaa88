"""The pool: firms, their clients, lawyers and their leave."""

from django.db import IntegrityError, transaction
from django.db.models import F, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce

from legal_aid.domain.refusals import (
    EndsBeforeItBegins,
    FirmKnown,
    InPoolAlready,
    LeaveOverlaps,
    LicenceExpired,
    LicenceTaken,
    NotServing,
    OnLeave,
)
from legal_aid.models import Client, Engagement, Firm, Lawyer, Leave, Review


@transaction.atomic
def add_firm(centre, *, clients=(), **facts):
    """Put a firm on the list of *centre*; *clients* are names, *facts* columns of ``Firm``.

    Raises ``FirmKnown``.
    """
    if Firm.objects.filter(centre=centre, name=facts["name"]).exists():
        raise FirmKnown
    firm = Firm.objects.create(centre=centre, **facts)
    _set_clients(firm, clients)
    return firm


@transaction.atomic
def change_firm(firm, *, clients=(), **facts):
    """Bring *firm* up to date; *clients* replaces the list of those whom it advises.

    Raises ``FirmKnown``.
    """
    same = Firm.objects.filter(centre=firm.centre, name=facts["name"]).exclude(pk=firm.pk)
    if same.exists():
        raise FirmKnown
    for name, value in facts.items():
        setattr(firm, name, value)
    firm.save()
    _set_clients(firm, clients)
    return firm


def _set_clients(firm, names):
    names = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    firm.clients.exclude(name__in=names).delete()
    known = set(firm.clients.values_list("name", flat=True))
    Client.objects.bulk_create(Client(firm=firm, name=name) for name in names if name not in known)


@transaction.atomic
def add_lawyer(centre, *, user, **facts):
    """Take *user* into the pool of *centre*; *facts* are columns of ``Lawyer``.

    Raises ``InPoolAlready``, ``LicenceTaken``, ``EndsBeforeItBegins``.
    """
    if Lawyer.objects.filter(user=user).exists():
        raise InPoolAlready
    _check_lawyer(None, **facts)
    return Lawyer.objects.create(centre=centre, user=user, **facts)


@transaction.atomic
def change_lawyer(lawyer, **facts):
    """Bring the entry of *lawyer* up to date. Raises ``LicenceTaken``, ``EndsBeforeItBegins``."""
    _check_lawyer(lawyer, **facts)
    for name, value in facts.items():
        setattr(lawyer, name, value)
    lawyer.save()
    return lawyer


def _check_lawyer(lawyer, *, licence_number, since, until, **facts):
    others = Lawyer.objects.exclude(pk=lawyer.pk) if lawyer else Lawyer.objects.all()
    if others.filter(licence_number=licence_number).exists():
        raise LicenceTaken
    if until and until < since:
        raise EndsBeforeItBegins(field="until")


@transaction.atomic
def take_leave(lawyer, *, since, until, reason=""):
    """Note that *lawyer* is away from *since* to *until*, both included.

    Raises ``EndsBeforeItBegins``, ``LeaveOverlaps``.
    """
    if until < since:
        raise EndsBeforeItBegins(field="until")
    try:
        with transaction.atomic():
            return Leave.objects.create(lawyer=lawyer, since=since, until=until, reason=reason)
    except IntegrityError:
        raise LeaveOverlaps from None


def check_available(lawyer, *, on):
    """Raise the refusal that keeps *lawyer* from anything new on the date *on*, if any.

    ``NotServing``, ``LicenceExpired`` or ``OnLeave``.
    """
    if not lawyer.serves_on(on):
        raise NotServing
    if not lawyer.is_licensed_on(on):
        raise LicenceExpired
    if any(leave.since <= on <= leave.until for leave in lawyer.leaves.all()):
        raise OnLeave


def with_load(lawyers):
    """Annotate *lawyers* with how much they have in hand.

    ``open_reviews`` counts opinions that are awaited, ``open_matters`` matters of legal aid that
    are offered to her or under way, ``load`` is both together.
    """
    awaited = Review.objects.filter(
        lawyer=OuterRef("user"),
        submitted_at__isnull=True,
        cancelled_at__isnull=True,
        engagement__isnull=True,
    )
    given = Engagement.objects.filter(
        lawyer=OuterRef("pk"), declined_at__isnull=True, ended_at__isnull=True
    )
    rows = lawyers.annotate(open_reviews=_count(awaited), open_matters=_count(given))
    return rows.annotate(load=F("open_reviews") + F("open_matters"))


def _count(rows):
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Coalesce(Subquery(counted), 0)
