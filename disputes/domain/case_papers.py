"""Papers of a case: a draft of one, issuing it, declaring it void."""

import json

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as N_

from disputes.domain import letters
from disputes.domain.paper_facts import KEPT, facts_of, facts_of_worker
from disputes.domain.service import owing
from disputes.domain.timeline import Kind, record
from disputes.models import CasePaper, Fact
from disputes.papers import source_of
from papers.domain import issuing


def gather(proceeding, code, *, party=None, typed=None, at):
    """Return {field: text or rows} for a paper of the kind *code* of *proceeding*.

    *typed* are fields that somebody wrote for this paper; they fill what the case does not say,
    and never replace what it says.
    """
    # Papers are Chinese whatever language the page is read in.
    with translation.override("zh-hans"):
        known = {
            **facts_of(proceeding, today=timezone.localdate(at), party=party),
            **source_of(code).fill(proceeding),
            **(source_of(code).fill_for(proceeding, party) if party else {}),
        }
    written = {name: value for name, value in (typed or {}).items() if value}
    return {**known, **{name: value for name, value in written.items() if not known.get(name)}}


def draft_paper(proceeding, code, *, party=None, typed=None, url="", at):
    """Return (.docx bytes, needed fields missing, optional ones missing) of a draft."""
    return issuing.draft(
        code,
        office=proceeding.office,
        facts=gather(proceeding, code, party=party, typed=typed, at=at),
        at=at,
        url=url,
    )


@transaction.atomic
def issue_paper(proceeding, code, *, parties=(None,), typed=None, url="", at, by, told=None):
    """Issue a paper of the kind *code* for each of *parties* and return the ``CasePaper`` rows.

    *typed* fills what the case does not say; what holds for every paper is kept as a fact of the
    case. Raises ``FieldsMissing``.
    """
    keep_facts(proceeding, typed or {}, at=at, by=by)
    parties = list(parties)
    papers = issuing.issue_many(
        code,
        office=proceeding.office,
        sheets=[gather(proceeding, code, party=one, typed=typed, at=at) for one in parties],
        urls=[url] * len(parties),
        at=at,
        by=by,
        told=told,
    )
    reach = source_of(code).reach
    rows = CasePaper.objects.bulk_create(
        CasePaper(
            paper=paper,
            case=proceeding.case,
            proceeding=proceeding,
            party=party,
            reach=reach,
            added_by=by,
        )
        for paper, party in zip(papers, parties, strict=True)
    )
    _tell_issued(proceeding, papers, reach, at=at, by=by)
    owing.owe_issued(rows, at=at, by=by)
    letters.count_answer(proceeding, code, typed or {}, at=at, by=by)
    return rows


@transaction.atomic
def issue_chunk(batch, workers, *, at):
    """Issue the papers of *batch* for these *workers* (``Party`` rows with their ``member``)."""
    proceeding = batch.proceeding
    common = gather(proceeding, batch.kind, typed=json.loads(batch.typed), at=at)
    papers = issuing.issue_many(
        batch.kind,
        office=proceeding.office,
        sheets=[{**common, **facts_of_worker(one, common)} for one in workers],
        urls=[batch.url] * len(workers),
        at=at,
        by=batch.by,
    )
    reach = source_of(batch.kind).reach
    rows = CasePaper.objects.bulk_create(
        CasePaper(
            paper=paper, case=proceeding.case, proceeding=proceeding, party=one, reach=reach,
            added_by=batch.by, batch=batch,
        )
        for paper, one in zip(papers, workers, strict=True)
    )  # fmt: skip
    owing.owe_issued(rows, at=at, by=batch.by)
    return rows


def keep_facts(proceeding, typed, *, at, by):
    """Keep what was typed and holds for every paper as facts of the case."""
    for name, value in typed.items():
        if name in KEPT and value:
            Fact.objects.update_or_create(
                case=proceeding.case,
                name=name,
                defaults={"value": value, "proceeding": proceeding, "at": at, "by": by},
            )


@transaction.atomic
def void_paper(row, *, reason, at, by):
    """Declare the paper of the ``CasePaper`` *row* void. Raises what ``issuing.void`` raises."""
    paper = issuing.void(row.paper, reason=reason, at=at, by=by)
    owing.drop_paper(row)
    record(
        row.case,
        N_("Paper declared void: %(title)s %(number)s"),
        at=at,
        by=by,
        proceeding=row.proceeding,
        kind=Kind.PAPER,
        reach=row.reach,
        text=reason,
        title=paper.title,
        number=paper.number,
    )
    return paper


def _tell_issued(proceeding, papers, reach, *, at, by):
    told = {"at": at, "by": by, "proceeding": proceeding, "kind": Kind.PAPER, "reach": reach}
    first, last = papers[0], papers[-1]
    if len(papers) == 1:
        verb = N_("Paper issued: %(title)s %(number)s")
        record(proceeding.case, verb, title=first.title, number=first.number, **told)
        return
    record(
        proceeding.case,
        N_("Papers issued: %(title)s %(first)s to %(last)s"),
        title=first.title,
        first=first.number,
        last=last.number,
        **told,
    )
