"""Asking for the file of a case, putting it together, clearing it away."""

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.domain.dossier.front import write_front
from disputes.domain.dossier.leaves import prepare
from disputes.domain.refusals import Refusal
from disputes.dossiers import kept_back, pieces_of
from disputes.models import Dossier
from disputes.permissions import read_case
from papers.domain.binding import Leaf, bind
from papers.domain.converting import has_office
from papers.refusals import ConversionFailed, NoOffice

State = Dossier.State
KEPT = timedelta(days=3)
MOST_DOCUMENTS = 1000
MOST_BYTES = 1024 * 1024 * 1024


class NothingToBind(Refusal):
    """The case has no document that this person reads."""

    sentence = gettext_lazy(
        "There is nothing to put together: no paper was issued, no material handed in."
    )


class TooMuchToBind(Refusal):
    """More than one volume can be."""

    sentence = gettext_lazy("This file is too large for one PDF: at most 1,000 documents and 1 GB.")


class BeingBound(Refusal):
    """Hers is at work already."""

    sentence = gettext_lazy("The file is being put together already.")


def ask(case, content, *, at, by):
    """Ask for the file of *case* as far as *content* reaches and return its ``Dossier``.

    Raises ``NoOffice``, ``NothingToBind``, ``TooMuchToBind`` and ``BeingBound``.
    """
    if not has_office():
        raise NoOffice
    pieces = pieces_of(case, content)
    if not pieces:
        raise NothingToBind
    if len(pieces) > MOST_DOCUMENTS or sum(piece.size for piece in pieces) > MOST_BYTES:
        raise TooMuchToBind
    try:
        with transaction.atomic():
            return Dossier.objects.create(
                case=case, asked_by=by, asked_at=at, documents=len(pieces), steps=3 * len(pieces)
            )
    except IntegrityError as error:
        raise BeingBound from error


def carry_out(row, *, at):
    """Put the file of the ``Dossier`` *row* together; a second time does no harm.

    What the reader can understand ends as a sentence in ``problem``; everything else is raised,
    too, so that it is tried again.
    """
    if not row.at_work:
        return
    try:
        _assemble(row, at=at)
    except (Refusal, NoOffice, ConversionFailed) as refusal:
        _fail(row, str(refusal), at=at)
    except Http404:
        _fail(row, _("You do not read this case any more."), at=at)
    except Exception:
        _fail(row, _("Something went wrong here. Ask for the file again."), at=at)
        raise


def clear(*, before):
    """Delete files that were asked for before the aware moment *before*; return how many."""
    rows = list(Dossier.objects.filter(asked_at__lt=before))
    for row in rows:
        if row.file:
            row.file.delete(save=False)
        row.delete()
    return len(rows)


def _assemble(row, *, at):
    # Asked again: in the meantime a wall may have come up.
    on = timezone.localdate(at)
    case, proceedings, content = read_case(row.asked_by, row.case_id, on=on)
    pieces = pieces_of(case, content) if content.is_full else []
    if not pieces:
        raise NothingToBind
    row.state, row.done, row.steps = State.RUNNING, 0, 3 * len(pieces)
    row.documents = len(pieces)
    row.save(update_fields=["state", "done", "steps", "documents"])
    meter = _Meter(row)
    with tempfile.TemporaryDirectory(prefix="dossier-") as name, translation.override("zh-hans"):
        folder = Path(name)
        ready = prepare(pieces, folder=folder, told=meter)
        left = kept_back(proceedings, content)
        front = write_front(
            proceedings[-1], ready, reader=row.asked_by, left=left, folder=folder, at=at
        )
        target = folder / "dossier.pdf"
        row.pages = bind(
            target,
            front=front,
            leaves=[Leaf(each.piece.part, each.piece.title, each.path) for each in ready],
            title=proceedings[-1].number,
            front_title="封面和目录",
            told=meter,
        )
        _keep(row, target, at=at)


def _keep(row, path, *, at):
    with path.open("rb") as file:
        row.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        row.size = path.stat().st_size
        file.seek(0)
        row.file.save("dossier.pdf", File(file), save=False)
    row.state, row.problem, row.finished_at = State.DONE, "", at
    row.save()


def _fail(row, problem, *, at):
    row.state, row.problem, row.finished_at = State.FAILED, problem[:500], at
    row.save(update_fields=["state", "problem", "finished_at"])


class _Meter:
    """Counts steps, and writes them down now and then for the bar."""

    def __init__(self, row):
        self.row, self.every = row, max(1, row.steps // 50)

    def __call__(self, _done=None):
        self.row.done += 1
        if self.row.done % self.every == 0:
            self.row.save(update_fields=["done"])
