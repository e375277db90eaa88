"""Materials: taking a file in, and what is known of it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from disputes.domain.filetypes import content_type_of
from disputes.domain.timeline import record
from disputes.models import Evidence, Level, TimelineEntry


@dataclass(frozen=True)
class Inspected:
    """What is known of a file before it is kept: name, media type, size in bytes, SHA-256."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect(file):
    """Return the ``Inspected`` of an uploaded *file*; raises what ``content_type_of`` raises."""
    return Inspected(
        name=_shorten(file.name or ""),
        content_type=content_type_of(file),
        size=file.size,
        sha256=_hash(file),
    )


@transaction.atomic
def add_evidence(proceeding, *, file, at, by=None, level=Level.CASE):
    """Keep *file* among the materials of the case of *proceeding*.

    It travels onward to the tiers that follow. Raises what ``content_type_of`` raises.
    """
    known = inspect(file)
    evidence = Evidence.objects.create(
        case=proceeding.case,
        proceeding=proceeding,
        file=file,
        level=level,
        reach=TimelineEntry.Reach.ONWARD,
        added_at=at,
        added_by=by,
        **vars(known),
    )
    record(
        proceeding.case,
        N_("Material received: %(name)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=TimelineEntry.Kind.PAPER,
        reach=TimelineEntry.Reach.ONWARD,
        name=known.name,
    )
    return evidence


def take_over(files, *, proceeding, at, by=None):
    """Make the *files* of a draft the materials of the case of *proceeding*."""
    return Evidence.objects.bulk_create(
        [
            Evidence(
                case=proceeding.case,
                proceeding=proceeding,
                name=file.name,
                file=file.file.name,
                content_type=file.content_type,
                size=file.size,
                sha256=file.sha256,
                reach=TimelineEntry.Reach.ONWARD,
                added_at=at,
                added_by=by,
            )
            for file in files
        ]
    )


def copy_evidence(rows, *, proceeding, at, by=None):
    """Put the *rows* of another case among the materials of the case of *proceeding*, too.

    The file itself is kept once. They travel onward whatever they did there.
    """
    copied = []
    for row in rows:
        copied.append(
            Evidence(
                case=proceeding.case,
                proceeding=proceeding,
                file=row.file.name,
                level=row.level,
                reach=TimelineEntry.Reach.ONWARD,
                added_at=at,
                added_by=by,
                **{name: getattr(row, name) for name in ("name", "content_type", "size", "sha256")},
            )
        )
    return Evidence.objects.bulk_create(copied)


def _shorten(name, most=200):
    """Return *name* at no more than *most* characters, the ending kept."""
    path = PurePath("".join(sign for sign in name if sign.isprintable()).strip() or "file")
    ending = path.suffix[:20]
    return path.name[: -len(path.suffix) or None][: most - len(ending)] + ending


def _hash(file):
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
