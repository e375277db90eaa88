"""The time limits of the parties after the award, as the commission's list shows them."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from arbitration.deskfile import REMEDIES
from arbitration.models import CourtCase
from arbitration.permissions import commissions_of
from disputes.domain.service.ways import shown_name
from disputes.models import Deadline, Party, Proceeding, Tier
from disputes.permissions import visible_cases
from disputes.views.paging import read_number

PAGE = 25
STATES = ("running", "ended")


def limits_of(user, *, on):
    """Return the time limits after awards of the commissions whose cases *user* reads."""
    decided = Proceeding.objects.filter(
        case=OuterRef("case"), tier=Tier.ARBITRATION, desk__in=commissions_of(user, on=on)
    )
    return Deadline.objects.filter(
        Exists(decided), rule__rule_id__in=REMEDIES, case__in=visible_cases(user, on=on)
    )


def page(rows, *, state, key, size=PAGE):
    """Return (up to *size* of *rows*, key of the next page or "").

    Running ones that end first come first, of the ended ones those that ended last.
    """
    if state == "running":
        rows, order = rows.running(), ("due_legal", "pk")
    else:
        rows, order = rows.filter(ended_on__isnull=False), ("-ended_on", "-pk")
    rows = _after(rows, state, key)
    found = list(_with_facts(rows).order_by(*order)[: size + 1])
    following = ""
    if len(found) > size:
        last = found[size - 1]
        following = f"{last.due_legal if state == 'running' else last.ended_on},{last.pk}"
    return [_line(row) for row in found[:size]], following


def _with_facts(rows):
    proceedings = Proceeding.objects.filter(tier=Tier.ARBITRATION).order_by("-ordinal")
    courts = CourtCase.objects.order_by("-filed_on")
    return rows.select_related("rule", "party", "case").prefetch_related(
        Prefetch("case__parties", Party.objects.order_by("pk")),
        Prefetch(
            "case__proceedings",
            proceedings.prefetch_related(Prefetch("court_cases", courts)),
            to_attr="arbitrations",
        ),
    )


def _line(row):
    proceeding = next(iter(row.case.arbitrations), None)
    courts = proceeding.court_cases.all() if proceeding else ()
    return {
        "deadline": row,
        "case": row.case,
        "proceeding": proceeding,
        "party": row.party,
        "party_name": shown_name(row.party) if row.party else "",
        "courts": [each for each in courts if each.party_id == row.party_id],
        # Nobody used it: for this party the award is in force.
        "passed": row.state == Deadline.State.EXPIRED,
    }


def _after(rows, state, key):
    said, _, pk = (key or "").rpartition(",")
    pk = read_number(pk)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return rows
    if pk is None:
        return rows
    if state == "running":
        return rows.filter(Q(due_legal__gt=day) | Q(due_legal=day, pk__gt=pk))
    return rows.filter(Q(ended_on__lt=day) | Q(ended_on=day, pk__lt=pk))
