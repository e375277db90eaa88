"""A paper for every worker on a roster: ordered on a page, made in the background, in chunks."""

import json
import tempfile
import zipfile

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from disputes.domain import case_papers
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import Kind, record
from disputes.models import CasePaper, PaperBatch, Party
from disputes.papers import source_of
from papers.domain import issuing
from papers.domain.stacking import stack
from papers.layouts import KINDS

State = PaperBatch.State
CHUNK = 150


class NobodyOnTheRoster(Refusal):
    """There is nobody to write to."""

    sentence = gettext_lazy("Nobody stands on the roster of this case.")


class AtWorkAlready(Refusal):
    """The same papers are being made."""

    is_late = True
    sentence = gettext_lazy("These papers are being made already. Wait until they are ready.")


@transaction.atomic
def order_batch(proceeding, code, *, typed, url, at, by):
    """Order a paper of the kind *code* for every worker on the roster; return the ``PaperBatch``.

    What is missing is refused now, before a number is given: raises ``FieldsMissing``,
    ``NobodyOnTheRoster``, ``AtWorkAlready`` and ``AlreadyClosed``.
    """
    if proceeding.closed_at:
        raise AlreadyClosed
    workers = workers_of(proceeding.case)
    first = workers.first()
    if first is None:
        raise NobodyOnTheRoster
    facts = case_papers.gather(proceeding, code, party=first, typed=typed, at=at)
    issuing.check_complete(code, office=proceeding.office, facts=facts, at=at)
    case_papers.keep_facts(proceeding, typed, at=at, by=by)
    try:
        with transaction.atomic():
            return PaperBatch.objects.create(
                proceeding=proceeding, kind=code, typed=json.dumps(typed, ensure_ascii=False),
                url=url, total=workers.count(), at=at, by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise AtWorkAlready from error


def workers_of(case):
    """Return the workers on the roster of *case* now, in its order."""
    rows = Party.everyone.filter(member__case=case, member__left_on__isnull=True)
    return rows.order_by("member__number")


def make_batch(batch, *, at):
    """Issue what *batch* still lacks, chunk by chunk, then bind it; a second time does no harm."""
    batch.state = State.RUNNING
    batch.save(update_fields=["state"])
    try:
        _issue(batch, at=at)
        _bind(batch)
    except Refusal as refusal:
        _fail(batch, str(refusal))
        return
    except Exception:
        _fail(batch, _("Something went wrong here. The rest will be tried again by itself."))
        raise
    batch.state, batch.problem = State.DONE, ""
    batch.save()


def _issue(batch, *, at):
    done = batch.papers.values("party")
    waiting = list(workers_of(batch.proceeding.case).exclude(pk__in=done))
    for start in range(0, len(waiting), CHUNK):
        case_papers.issue_chunk(batch, waiting[start : start + CHUNK], at=at)
        batch.done = batch.papers.count()
        batch.save(update_fields=["done"])
    _tell(batch, at=at)


def _tell(batch, *, at):
    rows = list(_rows(batch).values_list("paper__number", flat=True))
    verb = N_("Papers issued: %(title)s %(first)s to %(last)s")
    record(
        batch.proceeding.case, verb, at=at, by=batch.by, proceeding=batch.proceeding,
        kind=Kind.PAPER, reach=source_of(batch.kind).reach, title=KINDS[batch.kind].heading,
        first=rows[0], last=rows[-1],
    )  # fmt: skip


def _rows(batch):
    return CasePaper.objects.filter(batch=batch).select_related("paper", "party").order_by("pk")


def _bind(batch):
    """Put all papers into one archive and, where there are PDFs, into one PDF."""
    rows = list(_rows(batch))
    whole = all(row.paper.pdf for row in rows)
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, row in enumerate(rows, 1):
                archive.writestr(_name(number, row, "pdf" if whole else "docx"), _read(row, whole))
        target.seek(0)
        batch.archive.save("papers.zip", File(target), save=False)
    if whole:
        with tempfile.TemporaryFile() as target:
            stack((_read(row, whole) for row in rows), target)
            target.seek(0)
            batch.book.save("papers.pdf", File(target), save=False)


def _name(number, row, ending):
    # A name of a person may hold anything; a name in an archive may not.
    who = "".join(sign for sign in row.party.name if sign.isalnum() or sign == "·")
    return f"{number:04d}-{who}-{row.paper.number}.{ending}"


def _read(row, whole):
    with (row.paper.pdf if whole else row.paper.docx).open("rb") as file:
        return file.read()


def _fail(batch, problem):
    batch.state, batch.problem = State.FAILED, problem[:500]
    batch.save(update_fields=["state", "problem"])
