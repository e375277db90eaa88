"""Materials: taking a file in, and what is known of it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from disputes.domain.filetypes import content_type_of, kind_of
from disputes.domain.timeline import record
from disputes.models import Evidence, Level, TimelineEntry
from papers.domain.picturing import count_pages
from papers.refusals import ConversionFailed

# Endings that run, or open as a page.
RUNNING = frozenset({
    ".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".js", ".vbs", ".ps1", ".jar", ".msi", ".lnk",
    ".hta", ".html", ".htm", ".svg",
})  # fmt: skip


# What is known of a file wherever it goes; parties are those of one case.
TRAVELLING = ("name", "content_type", "size", "sha256", "purpose", "source", "pages", "is_original")


@dataclass(frozen=True)
class Inspected:
    """What is known of a file before it is kept: name, media type, size in bytes, SHA-256."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect(file, *, tell=content_type_of):
    """Return the ``Inspected`` of an uploaded *file*; *tell* knows kinds, and raises refusals."""
    return Inspected(
        name=_shorten(file.name or ""),
        content_type=tell(file),
        size=file.size,
        sha256=_hash(file),
    )


@transaction.atomic
def add_evidence(proceeding, *, file, at, by=None, level=Level.CASE, kept_as="", **said):
    """Keep *file* among the materials of the case of *proceeding*.

    One that came in pieces lies where it stays already, under the name *kept_as*.

    It travels onward to the tiers that follow. *said* is what is known of it: the party that
    hands it in, its purpose, its source, how many pages it has (counted, for a PDF, unless
    given), whether the original was seen. Raises what ``content_type_of`` raises.
    """
    known = inspect(file, tell=kind_of if kept_as else content_type_of)
    if said.get("pages") is None:
        said["pages"] = _count_pages(file, known.content_type)
    evidence = Evidence.objects.create(
        case=proceeding.case,
        proceeding=proceeding,
        file=kept_as or file,
        level=level,
        reach=TimelineEntry.Reach.ONWARD,
        added_at=at,
        added_by=by,
        **vars(known),
        **said,
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


@transaction.atomic
def describe(evidence, *, at, by=None, **said):
    """Write down what was missing of *evidence*: *said* as in ``add_evidence``.

    The file stays as it is.
    """
    changed = {name: value for name, value in said.items() if getattr(evidence, name) != value}
    for name, value in changed.items():
        setattr(evidence, name, value)
    if not changed:
        return evidence
    evidence.save(update_fields=list(changed))
    record(
        evidence.case,
        N_("What is known of the material was completed: %(name)s"),
        at=at,
        by=by,
        proceeding=evidence.proceeding,
        kind=TimelineEntry.Kind.PAPER,
        reach=TimelineEntry.Reach.OFFICE,
        name=evidence.name,
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
                **{name: getattr(row, name) for name in TRAVELLING},
            )
        )
    return Evidence.objects.bulk_create(copied)


def _count_pages(file, content_type):
    """Return how many pages a PDF has; None for anything else, and for one that is damaged."""
    if content_type != "application/pdf":
        return None
    file.seek(0)
    try:
        return count_pages(file)
    except ConversionFailed:
        return None
    finally:
        file.seek(0)


def _shorten(name, most=200):
    """Return *name* at no more than *most* characters, the ending kept."""
    plain = "".join(sign for sign in name if sign.isprintable()).replace("\\", "/").strip()
    path = PurePath(PurePath(plain).name.lstrip(".") or "file")
    if path.suffix.lower() in RUNNING:
        # Saved again under this name, a harmless file would be run or opened as a page.
        path = PurePath(f"{path.name}.txt")
    ending = path.suffix[:20]
    return path.name[: -len(path.suffix) or None][: most - len(ending)] + ending


def _hash(file):
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
