"""The newest cases that a person may see, found without walking past all the others.

``visible_cases`` says of a case whether it exists for somebody. Asked of every case from the
newest on, that is a walk through the whole house for whoever sees few of them. So for few desks
each gives its own newest cases by an index, and those that come together are asked about; whoever
sees many desks sees so many cases that the walk ends soon.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from disputes.domain.responses import late
from disputes.models import Case, Proceeding, Response
from disputes.permissions import visible_cases
from disputes.scopes import scope_of
from offices.models import Office


def newest_cases(user, *, number, state="all", tier=None, late=False, before=None, after=None):
    """Return up to *number* cases of *user* as a queryset: three queries at most with its own.

    *state* is open, closed or all; *tier* that of the last proceeding; *late* leaves those that
    were known, met with or answered for too late. With *before*, the key of
    a case, those older than it; with *after* those newer, the nearest ones.
    """
    scope = scope_of(user, timezone.localdate())
    conditions = _Conditions(scope, state, tier, before, after, late)
    cases = visible_cases(user, on=scope.on)
    if len(_desks(scope)) > FEW:
        nearest = conditions.walk(cases).values_list("pk", flat=True)[:number]
        return cases.filter(pk__in=list(nearest))
    ids = {*_of_desks(scope, conditions, number), *_of_herself(scope, conditions, number)}
    return cases.filter(pk__in=sorted(ids, reverse=after is None)[:number])


# So many desks are asked one by one.
FEW = 20


class _Conditions:
    """What is asked of a case by whoever looks for its newest ones, put for rows that have one."""

    def __init__(self, scope, state, tier, before, after, late=False):
        self.scope = scope
        self.state, self.tier, self.before, self.after = state, tier, before, after
        self.late = late

    def order(self, name):
        """Return by what to order: the cases nearest to the key first."""
        return name if self.after is not None else f"-{name}"

    def walk(self, cases):
        """Return those of *cases* that are asked for, the nearest to the key first."""
        if self.state != "all":
            cases = cases.filter(ended_at__isnull=self.state == "open")
        return self._beside(cases, "pk").order_by(self.order("pk"))

    def narrow(self, rows):
        """Narrow proceedings to those of cases that are asked for and not hidden."""
        if self.state != "all":
            # A value and not a join: so the database keeps walking the desk's own index.
            ended = Subquery(Case.objects.filter(pk=OuterRef("case_id")).values("ended_at"))
            rows = rows.filter(IsNull(ended, self.state == "open"))
        return self._beside(rows, "case_id").exclude(case_id__in=self.scope.hidden())

    def _beside(self, rows, key):
        if self.before is not None:
            rows = rows.filter(**{f"{key}__lt": self.before})
        if self.after is not None:
            rows = rows.filter(**{f"{key}__gt": self.after})
        if self.late:
            rows = rows.filter(Exists(late_responses(OuterRef(key))))
        return rows.filter(Exists(last_at(self.tier, OuterRef(key)))) if self.tier else rows


def last_at(tier, case):
    """Return the proceeding of *case*, an outer reference, that is its last and at *tier*."""
    later = Proceeding.objects.filter(case=OuterRef("case"), ordinal__gt=OuterRef("ordinal"))
    return Proceeding.objects.filter(~Exists(later), case=case, tier=tier)


def late_responses(case):
    """Return what is or was late in *case*, an outer reference."""
    return Response.objects.filter(late(timezone.now()), case=case)


def _desks(scope):
    """Return the ids of the offices whose cases are listed to the person."""
    return sorted({*scope.own_offices, *scope.below})


def _of_desks(scope, conditions, number):
    """Return the ids of the newest cases of each desk whose cases are listed to the person."""
    rows = conditions.narrow(Proceeding.objects.filter(desk=OuterRef("pk")))
    newest = rows.order_by(conditions.order("case_id")).values("case_id").distinct()[:number]
    desks = Office.objects.filter(pk__any=_desks(scope))
    found = desks.annotate(newest=ArraySubquery(newest)).order_by().values_list("newest", flat=True)
    return (pk for each in found for pk in each)


def _of_herself(scope, conditions, number):
    """Return the ids of the newest cases that are hers for another reason than her desks."""
    rows = conditions.narrow(Proceeding.objects.filter(scope.personal()))
    newest = rows.order_by(conditions.order("case_id")).values_list("case_id", flat=True)
    return newest.distinct()[:number]
