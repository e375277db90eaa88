"""Who is entitled to legal aid, and when it does not wait for a decision."""

from dataclasses import dataclass

from disputes.models import ClaimKind, Party
from law.calendar import load_calendar
from law.deadlines import compute
from law.limitation import AID_DAYS
from law.parameters import parameter_on
from law.refusals import LawRefusal
from law.rules import rule_on
from legal_aid.models import Application

Exemption = Application.Exemption
WAGES = {ClaimKind.WAGE_ARREARS, ClaimKind.OVERTIME, ClaimKind.DOUBLE_WAGE, ClaimKind.ANNUAL_LEAVE}
INJURY = {ClaimKind.INJURY, ClaimKind.INJURY_MEDICAL}


def exemption_of(case, party):
    """Return the ``Exemption`` that the record shows for *party*, "" when it shows none.

    A migrant worker who asks for pay or for work-injury benefits needs no proof of means
    (法律援助法 article 42).
    """
    if not party.is_migrant:
        return ""
    kinds = set(case.claims.filter(dropped_on__isnull=True).values_list("kind", flat=True))
    if kinds & WAGES:
        return Exemption.MIGRANT_WAGES
    return Exemption.MIGRANT_INJURY if kinds & INJURY else ""


@dataclass(frozen=True)
class Means:
    """Income per head and month against the local minimum wage, both in yuan, or None unknown."""

    per_head: object
    limit: object

    @property
    def within(self):
        """Whether the income lies within the limit; None when one of them is unknown."""
        if self.per_head is None or self.limit is None:
            return None
        return self.per_head <= self.limit


def means_of(application, *, on):
    """Return the ``Means`` that *application* tells, against the figure of the date *on*.

    The law leaves the standard of hardship to the provinces; the local minimum wage is the
    figure that the house keeps, and only guides whoever decides.
    """
    per_head = None
    if application.household and application.income is not None:
        per_head = application.income / application.household
    try:
        limit = parameter_on("min_wage", on).amount
    except LawRefusal:
        limit = None
    return Means(per_head, limit)


def near_limit(case, *, on):
    """Return the day of the nearest time limit of a party in *case* seen on *on*, or None.

    The limitation counts as if nothing had interrupted it: who needs help does not rely on that.
    """
    rows = case.deadlines.running().filter(rule__party_right=True, due_legal__gte=on)
    days = [row.due_legal for row in rows]
    days += [day for day in [_bare_limitation(case)] if day and day >= on]
    return min(days, default=None)


def _bare_limitation(case):
    if case.occurred_on is None:
        return None
    try:
        rule = rule_on("LIMITATION", case.received_on)
        return compute(rule, case.occurred_on, load_calendar()).legal
    except LawRefusal:
        return None


def is_urgent(limit_on, *, on):
    """Return whether fewer than 7 days are left from *on* to *limit_on* (法律援助法 article 44)."""
    return limit_on is not None and 0 <= (limit_on - on).days < AID_DAYS


def worker_of(case):
    """Return the worker who may apply in *case*: the applicant, else any worker, or None."""
    workers = case.parties.filter(kind=Party.Kind.WORKER).order_by("pk")
    return workers.filter(role=Party.Role.APPLICANT).first() or workers.first()
