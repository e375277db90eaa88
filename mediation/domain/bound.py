"""Which employers an agreement binds, and whether each of them has signed.

With one employer at the table its day stands in the agreement. With several each signs or
stamps for itself, and the agreement's day is that of the last (劳动争议调解仲裁法 article 14).
"""

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.models import Party
from mediation.domain.refusals import check_day
from mediation.models import EmployerSignature, Term


class Side(NamedTuple):
    """One of several employers: its ``Party``, the date it signed or None, whether it is bound."""

    party: Party
    signed_on: date | None = None
    bound: bool = True

    @property
    def fields(self):
        """The names of its two fields in the step: the day, and that it is not bound."""
        return f"employer_{self.party.pk}", f"unbound_{self.party.pk}"


class EachSigns(Refusal):
    """One day for several employers."""

    sentence = _(
        "Several employers take part: say of each on which day it signed, or that the agreement"
        " does not bind it."
    )
    field = "employer_signed_on"


class OwesUnderIt(Refusal):
    """Said not to be bound, and yet to perform something."""

    sentence = _("It owes something under a term of this agreement: it is bound, and signs.")


class SignedUnbound(Refusal):
    """Signed, and said not to be bound."""

    sentence = _("Whoever has signed is bound: leave out the day, or the answer.")


class NobodyBound(Refusal):
    """An agreement with no employer."""

    sentence = _("At least one employer is bound by the agreement.")


def employers_of(proceeding):
    """Return the employers at the table of *proceeding* in the order in which they were named.

    A third party counts when it owes something under the agreement.
    """
    owing = Q(pk__in=_debtors(proceeding))
    rows = Party.objects.filter(case=proceeding.case, kind=Party.Kind.EMPLOYER)
    return list(rows.filter(~Q(role=Party.Role.THIRD) | owing).order_by("pk"))


def sides_of(proceeding, agreement=None):
    """Return a ``Side`` for each of several employers as *agreement* knows it, [] with one."""
    parties = employers_of(proceeding)
    if len(parties) < 2:
        return []
    rows = agreement.employer_signatures.all() if agreement else []
    known = {row.party_id: (row.signed_on, row.bound) for row in rows}
    return [Side(party, *known.get(party.pk, ())) for party in parties]


def day_of(sides):
    """Return the date on which the last bound employer of *sides* signed; None before."""
    days = [side.signed_on for side in sides if side.bound]
    return max(days) if days and all(days) else None


def check(proceeding, sides, *, employer_signed_on, at):
    """Raise the refusal that speaks against *sides*, if any, and return the employers' day.

    *employer_signed_on* is what counts where one employer is at the table.
    """
    parties = {party.pk for party in employers_of(proceeding)}
    if len(parties) < 2:
        return employer_signed_on
    if {side.party.pk for side in sides} != parties:
        if employer_signed_on or sides:
            raise EachSigns
        return None
    owing = set(_debtors(proceeding).values_list("pk", flat=True))
    for side in sides:
        signed, unbound = side.fields
        check_day(proceeding, side.signed_on, at=at, field=signed)
        if not side.bound and side.signed_on:
            raise SignedUnbound(field=unbound)
        if not side.bound and side.party.pk in owing:
            raise OwesUnderIt(field=unbound)
    if not any(side.bound for side in sides):
        raise NobodyBound(field=sides[0].fields[1])
    return day_of(sides)


def keep(agreement, sides):
    """Write down *sides* under *agreement*, which is not in force yet."""
    for side in sides:
        EmployerSignature.objects.update_or_create(
            agreement=agreement,
            party=side.party,
            defaults={"signed_on": side.signed_on, "bound": side.bound},
        )


def _debtors(proceeding):
    owed = Term.objects.filter(agreement__proceeding=proceeding)
    return Party.objects.filter(pk__in=owed.values("debtor"))
