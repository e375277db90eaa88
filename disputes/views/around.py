"""What stands around a case: its roster, and other cases that may be the same matter.

It comes as columns beside the parties, so that the page of a case asks no query more for it.
"""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from disputes.domain.duplicates import DAYS, MOST
from disputes.models import Joinder, Member, Party
from disputes.permissions import visible_cases


def around(user, case, *, on):
    """Return the columns: ``roster_size`` and ``kindred``, the cases that could be joined.

    Kindred are open cases that *user* sees on the date *on*, against the same employer for the
    same cause and of the same 30 days: {"id", "number", "workers"}, newest first, at most one
    more than are shown.
    """
    return {"roster_size": _roster_size(case), "kindred": ArraySubquery(_kindred(user, case, on))}


def _roster_size(case):
    members = Member.objects.filter(case=case.pk, left_on__isnull=True).order_by().values("case")
    counted = Subquery(members.annotate(n=Count("pk")).values("n"))
    return Coalesce(counted, Value(0), output_field=IntegerField())


def _kindred(user, case, on):
    window = timedelta(days=DAYS)
    days = (case.received_on - window, case.received_on + window)
    same = visible_cases(user, on=on).filter(
        pk__in=_against_the_same(case).values("case"),
        cause=case.cause,
        received_on__range=days,
        ended_at__isnull=case.ended_at is None,
    )
    others = same.exclude(pk=case.pk).exclude(pk__in=_joined(case, "joined", "main"))
    others = others.exclude(pk__in=_joined(case, "main", "joined")).order_by("-pk")
    row = JSONObject(id="pk", number="matter_number", workers="worker_count")
    return others.values(row=row)[: MOST + 1]


def _against_the_same(case):
    own = Party.objects.filter(case=case.pk, role=Party.Role.RESPONDENT).order_by("pk")
    codes = own.exclude(credit_code="").values("credit_code")
    nameless = own.filter(credit_code="")
    called = Q(
        name_pairs__contains=Subquery(nameless.values("name_pairs")[:1]),
        name=Subquery(nameless.values("name")[:1]),
    )
    rows = Party.objects.filter(role=Party.Role.RESPONDENT)
    return rows.filter(Q(credit_code__in=codes) | called).order_by()


def _joined(case, side, other):
    running = Joinder.objects.filter(severed_at__isnull=True, **{side: case.pk})
    return running.order_by().values(other)
