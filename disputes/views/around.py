"""What stands around a case: its roster, mergers, and cases that may be the same matter.

It comes as columns beside the parties, so that the page of a case asks no query more for it.
"""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from disputes.domain.duplicates import DAYS, MOST
from disputes.models import Fact, Joinder, Member, Merger, Party, Proceeding, Referral
from disputes.permissions import hidden_cases, near_cases, visible_cases


def around(user, case, *, on):
    """Return the columns: ``roster_size``, ``kindred``, ``twins``, ``stated`` and more.

    ``kindred`` are cases that could be joined, ``twins`` those of the same applicant that could
    be second reports, ``taken_in`` those that were merged into *case*.
    Kindred and twins are open cases that *user* sees on the date *on*, against the same employer
    and of the same 30 days: {"id", "number", …}, newest first; kindred have the same cause, and
    one more than is shown says that there are more.
    """
    return {
        "roster_size": _roster_size(case),
        "kindred": ArraySubquery(_kindred(user, case, on)),
        "twins": ArraySubquery(_twins(user, case, on)),
        "taken_in": ArraySubquery(_taken_in(user, case, on)),
        "referrals": ArraySubquery(_referrals(case)),
        "stated": ArraySubquery(_stated(case)),
    }


def merged_into(user, case, *, on):
    """Return the column ``merged``: the case into which *case* was taken, [] when into none.

    {"id", "number", "seen", "ended", "outcome", "office"}: how it stands and how it ended is for
    everybody to whom *case* exists, unless it is hidden from her; *seen* says whether the other
    exists for *user*, too.
    """
    last = Proceeding.objects.filter(case=OuterRef("into")).order_by("-ordinal")
    row = JSONObject(
        id="into",
        number="into__matter_number",
        seen=Exists(visible_cases(user, on=on).filter(pk=OuterRef("into"))),
        ended="into__ended_at",
        outcome=Subquery(last.values("outcome")[:1]),
        office=Subquery(last.values("office__name")[:1]),
    )
    running = Merger.objects.filter(merged=case.pk, undone_at__isnull=True)
    running = running.exclude(into__in=hidden_cases(user, on=on))
    return {"merged": ArraySubquery(running.values(row=row))}


def _taken_in(user, case, on):
    rows = visible_cases(user, on=on).filter(mergers__into=case.pk, mergers__undone_at__isnull=True)
    row = JSONObject(id="pk", number="matter_number", on="received_on")
    return rows.order_by("pk").values(row=row)[:MOST]


def _referrals(case):
    rows = Referral.objects.filter(case=case.pk).order_by("at", "pk")
    fields = ("where", "place", "contact", "article")
    return rows.values(row=JSONObject(**{name: name for name in fields}, claim="claim__kind"))


def _stated(case):
    """Return the facts that were written down; their texts are sealed still."""
    fields = ("name", "value", "stated_by", "answer", "answer_note", "proceeding_id")
    row = JSONObject(**{name: name for name in fields}, ordinal="proceeding__ordinal")
    return Fact.objects.filter(case=case.pk).order_by("pk").values(row=row)


def _twins(user, case, on):
    """Return the open cases near *user* of the same applicant, employer and 30 days."""
    near = near_cases(user, on=on)
    seen = visible_cases(user, on=on)
    own = Party.objects.filter(case=case.pk, role=Party.Role.APPLICANT).exclude(id_index="")
    same = Party.everyone.filter(
        role__in=(Party.Role.APPLICANT, Party.Role.REPRESENTED),
        id_index__in=own.order_by().values("id_index"),
    )
    rows = seen.filter(
        pk__in=same.values("case"), received_on__range=_window(case), ended_at__isnull=True
    ).filter(pk__in=_against_the_same(case).values("case"))
    if near is not None:
        rows = rows.filter(pk__in=near.order_by().values("pk"))
    row = JSONObject(id="pk", number="matter_number", source="source")
    return rows.exclude(pk=case.pk).order_by("-pk").values(row=row)[:MOST]


def _window(case):
    window = timedelta(days=DAYS)
    return case.received_on - window, case.received_on + window


def _roster_size(case):
    members = Member.objects.filter(case=case.pk, left_on__isnull=True).order_by().values("case")
    counted = Subquery(members.annotate(n=Count("pk")).values("n"))
    return Coalesce(counted, Value(0), output_field=IntegerField())


def _kindred(user, case, on):
    same = visible_cases(user, on=on).filter(
        pk__in=_against_the_same(case).values("case"),
        cause=case.cause,
        received_on__range=_window(case),
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
