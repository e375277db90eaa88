"""Issued papers that stand to be served."""

from django.db import transaction

from disputes.domain.service.table import ISSUED
from disputes.models import ServedPaper, Service


def owe_paper(row, *, at, by=None):
    """Let the issued paper of the ``CasePaper`` *row* stand to be served on its recipient."""
    return owe_papers([row], at=at, by=by)


@transaction.atomic
def owe_papers(rows, *, at, by=None):
    """Let the issued papers *rows* of one proceeding stand to be served; return what is new.

    A paper that stands to be served already is now this document; one that was served is not owed
    again.
    """
    if not rows:
        return []
    known = _known(rows)
    new = []
    for row in rows:
        paper = ISSUED.get(row.paper.kind, ServedPaper.OTHER)
        there = known.get((row.party_id, paper)) if paper != ServedPaper.OTHER else None
        if there is None:
            new.append(_owed(row, paper, at, by))
        elif there.is_open and there.document_id is None:
            Service.objects.filter(pk=there.pk).update(document=row)
    return Service.objects.bulk_create(new)


def owe_issued(rows, *, at, by=None):
    """Let those of the papers *rows* stand to be served that the law wants served."""
    rows = [row for row in rows if row.party_id and row.paper.kind in ISSUED]
    return owe_papers(rows, at=at, by=by)


def drop_paper(row):
    """Let the void paper of the ``CasePaper`` *row* be served no more, where it was not yet."""
    Service.objects.open().filter(document=row).update(state=Service.State.DROPPED)


def _known(rows):
    papers = {ISSUED.get(row.paper.kind) for row in rows} - {None}
    found = Service.objects.filter(
        proceeding=rows[0].proceeding_id,
        party__in=[row.party_id for row in rows],
        paper__in=papers,
        state__in=(*Service.OPEN, Service.State.SERVED),
    )
    return {(row.party_id, row.paper): row for row in found.order_by("pk")}


def _owed(row, paper, at, by):
    return Service(
        case_id=row.case_id,
        proceeding_id=row.proceeding_id,
        party_id=row.party_id,
        paper=paper,
        document=row,
        level=row.level,
        reach=row.reach,
        at=at,
        added_by=by,
    )
