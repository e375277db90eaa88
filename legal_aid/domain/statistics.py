"""Figures of legal aid: applications, decisions in time, lawyers, results, by kind and county."""

from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.db.models import Min, OuterRef, Subquery, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from disputes.models import EmploymentForm, Proceeding
from law.calendar import load_calendar
from law.deadlines import compute
from law.rules import rule_on
from legal_aid.domain.clocks import ASSIGN, DECIDE
from legal_aid.models import Application, Closing, Consultation, Payment
from legal_aid.permissions import not_hidden

# A group of fewer says something of single people: it is counted with others.
LEAST = 3


@dataclass
class Figures:
    """Counts of one group of applications; *recovered* is in yuan."""

    applications: int = 0
    granted: int = 0
    refused: int = 0
    decided: int = 0
    decided_in_time: int = 0
    assigned: int = 0
    assigned_in_time: int = 0
    closed: int = 0
    recovered: Decimal = field(default_factory=Decimal)

    def add(self, row):
        """Count the application *row*, annotated by ``_rows``."""
        self.applications += 1
        self.granted += row.is_granted
        self.refused += bool(row.decision) and not row.is_granted
        if row.decided_on:
            self.decided += 1
            self.decided_in_time += _in_time(DECIDE, row.received_on, row.decided_on)
        if row.taken_on:
            self.assigned += 1
            begun = row.granted_on or row.taken_on
            self.assigned_in_time += _in_time(ASSIGN, begun, row.taken_on)
        if row.closed_on:
            self.closed += 1
            self.recovered += row.recovered or Decimal(0)

    def join(self, other):
        """Take the counts of another group in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass
class Statistics:
    """The figures of a period: in all, by kind of worker, by county; talks and money spent."""

    total: Figures
    by_kind: list
    by_county: list
    consultations: int
    spent: Decimal


def figures_of(centres, *, user, since, until):
    """Return the ``Statistics`` of *centres* for applications received from *since* to *until*.

    Both dates are included. What a wall or a seal hides from *user* is not counted, and groups of
    fewer than ``LEAST`` applications are counted together. Four queries, however many
    applications there are.
    """
    total, kinds, counties = Figures(), {}, {}
    for row in _rows(centres, since, until).filter(not_hidden(user)):
        for figures in (
            total,
            kinds.setdefault(_kind_of(row), Figures()),
            counties.setdefault(row.county or _("unknown"), Figures()),
        ):
            figures.add(row)
    talks = Consultation.objects.filter(
        not_hidden(user),
        centre__in=centres,
        held_at__isnull=False,
        starts_at__date__range=(since, until),
    )
    paid = Payment.objects.filter(
        project__centre__in=centres, state=Payment.State.PAID, paid_on__range=(since, until)
    )
    return Statistics(
        total=total,
        by_kind=_together(kinds),
        by_county=_together(counties),
        consultations=talks.count(),
        spent=paid.aggregate(n=Sum("amount"))["n"] or Decimal(0),
    )


def _together(groups):
    """Return the (name, ``Figures``) of *groups*, those too small to be shown in one line, last.

    While that line is too small itself, the next smallest group is counted in it: nobody reads a
    single one out of the sums.
    """
    by_size = sorted(groups.items(), key=lambda group: (group[1].applications, group[0]))
    rest = Figures()
    while by_size and (by_size[0][1].applications < LEAST or 0 < rest.applications < LEAST):
        rest.join(by_size.pop(0)[1])
    found = sorted(by_size)
    return [*found, (_("the other groups together"), rest)] if rest.applications else found


def _rows(centres, since, until):
    county = Proceeding.objects.filter(case=OuterRef("case")).order_by("ordinal")
    closing = Closing.objects.filter(engagement__application=OuterRef("pk"))
    rows = Application.objects.filter(centre__in=centres, received_on__range=(since, until))
    return rows.select_related("applicant").annotate(
        county=Subquery(county.values("office__county")[:1]),
        taken_on=TruncDate(Min("engagements__accepted_at")),
        closed_on=Subquery(closing.values("closed_at")[:1]),
        recovered=Subquery(closing.values("recovered")[:1]),
    )


def _kind_of(row):
    worker = row.applicant
    if worker.is_migrant:
        return _("migrant worker")
    if worker.is_dispatched:
        return _("dispatched worker")
    return str(dict(EmploymentForm.choices).get(worker.employment_form, _("unknown")))


def _in_time(rule_id, started_on, ended_on):
    return ended_on <= compute(rule_on(rule_id, started_on), started_on, load_calendar()).legal
