"""Taking a large file in by pieces: a broken line costs one piece, never the file.

The house says how many bytes it has; whoever sends goes on from there. A piece that comes twice
is written once, a piece that comes half is not counted.
"""

import os
import shutil
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from disputes.domain.evidence import add_evidence
from disputes.domain.filetypes import FileEmpty, FileUnknown, kind_of_opening
from disputes.domain.refusals import Refusal
from disputes.models import Upload

MOST_FILM = 1024 * 1024 * 1024
MOST_OTHER = 200 * 1024 * 1024
MOST_PIECE = 8 * 1024 * 1024
# Of one person, unfinished: how many files, and how many bytes in all.
MOST_OPEN = 20
MOST_OPEN_BYTES = 4 * 1024 * 1024 * 1024
# What always stays free on the disk.
RESERVE = 1024 * 1024 * 1024
# How long an unfinished file waits for its next piece.
KEPT = timedelta(days=3)
FILMS = ("audio/", "video/")


class UploadTooBig(Refusal):
    """Longer than any file may be."""

    field = "files"
    sentence = _(
        "The file is too large: sound and film at most 1 GB, other files at most 200 MB. Split it."
    )


class TooManyUploads(Refusal):
    """She has as much under way as she may."""

    field = "files"
    sentence = _("Too many files of yours are unfinished. Finish them first, or discard them.")


class DiskFull(Refusal):
    """There is no room left in the house."""

    field = "files"
    sentence = _("There is not enough room on the server. Please tell the administrator.")


class OutOfStep(Refusal):
    """The piece does not begin where the house stands."""

    is_late = True
    sentence = _("This piece does not follow the last one.")


class NotWhole(Refusal):
    """The last bytes are still missing."""

    sentence = _("The file has not arrived completely yet.")


class Damaged(Refusal):
    """What arrived is not what was sent."""

    field = "files"
    sentence = _("What arrived differs from the file that was sent. Please choose it again.")


@transaction.atomic
def begin(proceeding, *, name, size, said, at, by):
    """Begin to take in a file of *size* bytes for the case of *proceeding*, or go on with it.

    An unfinished one of the same person, name and size is taken up again. *said* is what the
    form says of it. Returns the ``Upload``; raises ``FileEmpty``, ``UploadTooBig``,
    ``TooManyUploads`` and ``DiskFull``.
    """
    if size < 1:
        raise FileEmpty(field="files")
    if size > MOST_FILM:
        raise UploadTooBig
    name = _plain(name)
    mine = Upload.objects.select_for_update().filter(by=by, evidence__isnull=True)
    row = mine.filter(proceeding=proceeding, name=name, size=size).first()
    if row is None:
        _check_room(mine, size)
        row = Upload(proceeding=proceeding, name=name, size=size, begun_at=at, by=by)
        row.file.save("piece", ContentFile(b""), save=False)
    row.said, row.touched_at = said, at
    row.save()
    return row


@transaction.atomic
def append(upload, *, offset, piece, at):
    """Write the bytes *piece* at *offset* of *upload*; return how many bytes are here now.

    Raises ``OutOfStep`` when the house stands elsewhere; at the first piece ``FileUnknown`` and
    ``UploadTooBig`` when its content says so.
    """
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if offset != row.received or not piece or offset + len(piece) > row.size:
        raise OutOfStep
    if offset == 0:
        _check_opening(piece, row.size)
    _write(row, offset, piece)
    row.received, row.touched_at = offset + len(piece), at
    row.save(update_fields=["received", "touched_at"])
    return row.received


def finish(upload, *, sha256, at):
    """Make the whole *upload* a material of its case and return it; a second time the same one.

    *sha256* is what the sender counted. A file that is refused is gone: raises ``Damaged`` and
    what ``disputes.domain.filetypes.kind_of`` raises; ``NotWhole`` leaves it as it is.
    """
    try:
        return _finish(upload.pk, sha256=sha256, at=at)
    except NotWhole:
        raise
    except Refusal:
        discard(upload)
        raise


@transaction.atomic
def discard(upload):
    """Throw an unfinished *upload* away; nothing happens to one that became a material."""
    row = Upload.objects.select_for_update().filter(pk=upload.pk, evidence__isnull=True).first()
    if row is not None:
        row.delete()
        transaction.on_commit(lambda: default_storage.delete(row.file.name))


def clear(*, before):
    """Forget uploads without a new piece since the aware moment *before*; return how many.

    Of an unfinished one the bytes go, too; the file of a finished one is the material's.
    """
    rows = list(Upload.objects.filter(touched_at__lt=before).order_by("pk"))
    for row in rows:
        if row.evidence_id:
            row.delete()
        else:
            discard(row)
    return len(rows)


@transaction.atomic
def _finish(pk, *, sha256, at):
    row = Upload.objects.select_for_update().get(pk=pk)
    if row.evidence_id:
        return row.evidence
    if row.received < row.size:
        raise NotWhole
    said = dict(row.said)
    party = row.proceeding.case.parties.filter(pk=said.pop("party", None)).first()
    with Path(row.file.path).open("rb") as stored:
        row.evidence = add_evidence(
            row.proceeding,
            file=File(stored, name=row.name),
            kept_as=row.file.name,
            party=party,
            at=at,
            by=row.by,
            **said,
        )
    if sha256 and sha256 != row.evidence.sha256:
        raise Damaged
    row.touched_at = at
    row.save(update_fields=["evidence", "touched_at"])
    return row.evidence


def _check_room(mine, size):
    open_bytes = mine.aggregate(n=Sum("size"))["n"] or 0
    if mine.count() >= MOST_OPEN or open_bytes + size > MOST_OPEN_BYTES:
        raise TooManyUploads
    folder = Path(default_storage.path(""))
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free - size < RESERVE:
        raise DiskFull


def _check_opening(piece, size):
    """Refuse by the first bytes what the whole would be refused for: before the rest is sent."""
    kind = kind_of_opening(piece)
    if not kind:
        raise FileUnknown(field="files")
    if size > MOST_OTHER and not kind.startswith(FILMS):
        raise UploadTooBig


def _write(row, offset, piece):
    with Path(row.file.path).open("r+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _plain(name):
    """Return *name* without the signs that no text column takes, its end kept."""
    return "".join(sign for sign in name if sign.isprintable())[-200:] or "file"
