"""Who is told about a deadline: the handler of its file, or else the heads of its desk."""

from django.db.models import Q
from django.utils import timezone

from disputes.models import Proceeding, Wall
from offices.duties import Role
from offices.models import Posting

HEADS = (Role.HEAD, Role.COMMISSION_HEAD)


def people_concerned(deadlines, *, at):
    """Return (deadline, number of its proceeding, ids of the people) for each of *deadlines*.

    A deadline of no proceeding concerns whoever handles its case now. Three queries for all.
    """
    own = {deadline.proceeding_id for deadline in deadlines}
    cases = {deadline.case_id for deadline in deadlines if deadline.proceeding_id is None}
    rows = Proceeding.objects.filter(
        Q(pk__in=own) | Q(case__in=cases, closed_at__isnull=True)
    ).only("case_id", "number", "handler_id", "desk_id", "closed_at")
    by_pk = {row.pk: row for row in rows}
    by_case = {row.case_id: row for row in rows if row.closed_at is None}
    heads = _heads_of({row.desk_id for row in rows if row.handler_id is None}, at)
    walled = _walled_off(cases | {row.case_id for row in rows}) if heads else set()
    found = []
    for deadline in deadlines:
        row = by_pk.get(deadline.proceeding_id) or by_case.get(deadline.case_id)
        if row is not None:
            people = [row.handler_id] if row.handler_id else heads.get(row.desk_id, [])
            people = [person for person in people if (row.case_id, person) not in walled]
            found.append((deadline, row.number, people))
    return found


def _walled_off(cases):
    """Return the pairs (case id, person id) of those who must not hear of one of *cases*."""
    return set(Wall.objects.filter(case__in=cases).values_list("case", "user"))


def _heads_of(offices, at):
    """Return {office id: ids of its heads on the day of the moment *at*}."""
    found = {}
    if offices:
        postings = Posting.objects.active(timezone.localdate(at)).filter(
            office__in=offices, role__in=HEADS, user__is_active=True
        )
        for office, user in postings.values_list("office", "user").distinct():
            found.setdefault(office, []).append(user)
    return found
