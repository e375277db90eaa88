"""The newest cases that a person may see, found without walking past all the others.

``visible_cases`` says of a case whether it exists for somebody. Asked of every case from the
newest on, that is a walk through the whole house for whoever sees few of them. Here each desk
gives its own newest cases by an index, and the few that come together are asked about.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from disputes.models import Case, CaseGrant, Proceeding
from disputes.permissions import visible_cases
from offices.domain.staffing import offices_where
from offices.models import Office


def newest_cases(user, *, number, state="all", tier=None, before=None, after=None):
    """Return up to *number* cases of *user* as a queryset: three queries with its own.

    *state* is open, closed or all; *tier* that of the last proceeding. With *before*, the key of
    a case, those older than it; with *after* those newer, the nearest ones.
    """
    on = timezone.localdate()
    conditions = _Conditions(state, tier, before, after)
    ids = set(_of_desks(user, on, conditions, number)) | set(
        _of_herself(user, on, conditions, number)
    )
    nearest = sorted(ids, reverse=after is None)[:number]
    return visible_cases(user, on=on).filter(pk__in=nearest)


class _Conditions:
    """What is asked of a case, put for a query that reaches the case through *prefix*."""

    def __init__(self, state, tier, before, after):
        self.state, self.tier, self.before, self.after = state, tier, before, after

    def order(self, name):
        """Return by what to order: the cases nearest to the key first."""
        return name if self.after is not None else f"-{name}"

    def narrow(self, rows, user, *, key, prefix=""):
        """Narrow *rows*, whose case is at *key* and its fields at *prefix*."""
        if self.before is not None:
            rows = rows.filter(**{f"{key}__lt": self.before})
        if self.after is not None:
            rows = rows.filter(**{f"{key}__gt": self.after})
        if self.state != "all":
            # A value and not a join: so the database keeps walking the desk's own index.
            ended = Subquery(Case.objects.filter(pk=OuterRef(key)).values("ended_at"))
            rows = rows.filter(IsNull(ended, self.state == "open"))
        if self.tier:
            rows = rows.filter(Exists(last_at(self.tier, OuterRef(key))))
        return rows.exclude(**{f"{prefix}walls__user": user})


def last_at(tier, case):
    """Return the proceeding of *case*, an outer reference, that is its last and at *tier*."""
    later = Proceeding.objects.filter(case=OuterRef("case"), ordinal__gt=OuterRef("ordinal"))
    return Proceeding.objects.filter(~Exists(later), case=case, tier=tier)


def _of_desks(user, on, conditions, number):
    """Return the ids of the newest cases of each desk that *user* reads or supervises."""
    rows = Proceeding.objects.filter(desk=OuterRef("pk"))
    rows = conditions.narrow(rows, user, key="case_id", prefix="case__")
    newest = rows.order_by(conditions.order("case_id")).values("case_id").distinct()[:number]
    desks = _desks(user, on).annotate(newest=ArraySubquery(newest)).order_by()
    return (pk for found in desks.values_list("newest", flat=True) for pk in found)


def _desks(user, on):
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = (
        offices_where(user, "supervise", on=on)
        .alias(below=below)
        .filter(below__startswith=F("path"))
    )
    mine = offices_where(user, "view_cases", on=on).values("pk")
    return Office.objects.filter(Q(pk__in=mine) | Exists(above))


def _of_herself(user, on, conditions, number):
    """Return the ids of the newest cases that *user* filed or was granted."""
    filed = conditions.narrow(Case.objects.filter(filed_by=user), user, key="pk")
    filed = filed.order_by(conditions.order("pk")).values_list("pk")[:number]
    current = CaseGrant.objects.filter(Q(until__isnull=True) | Q(until__gte=on), user=user)
    granted = conditions.narrow(current, user, key="case_id", prefix="case__")
    granted = granted.order_by(conditions.order("case_id")).values_list("case_id")[:number]
    return (pk for (pk,) in filed.union(granted))
