"""Drafts as PDF, made once and shown page by page. They are kept for a day."""

import hashlib
import hmac
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

from django.conf import settings

from papers.domain.converting import to_pdf

KEPT = 24 * 3600  # seconds


def preview(owner, content):
    """Return (the PDF bytes of the .docx *content*, its name), made once for the same text.

    *owner* is a short word by which the draft is asked for again, such as the id of a case.
    Raises ``NoOffice`` and ``ConversionFailed``.
    """
    key = f"{owner} {_fingerprint(content)}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), key, hashlib.sha256).hexdigest()
    name = f"{owner}-{digest}"
    path = folder() / f"{name}.pdf"
    if not path.exists():
        pdf = to_pdf([content])[0]
        part = path.with_suffix(f".{time.monotonic_ns()}")
        part.write_bytes(pdf)
        part.replace(path)
    return path.read_bytes(), name


def find(owner, name):
    """Return the PDF bytes of the draft *name* of *owner*, None when there is none any more."""
    path = folder() / f"{name}.pdf"
    known = name.startswith(f"{owner}-") and re.fullmatch(r"[\w-]+", name, re.ASCII)
    return path.read_bytes() if known and path.exists() else None


def _fingerprint(content):
    """Return what tells documents of different text apart; the time of packing does not count."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return " ".join(f"{one.filename}:{one.CRC}" for one in archive.infolist())


def folder():
    """Return the folder of the drafts, made if it is missing."""
    path = Path(settings.MEDIA_ROOT) / "drafts"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def clear(*, now):
    """Delete drafts older than a day; *now* in seconds since 1970. Return how many went."""
    old = [path for path in folder().iterdir() if path.stat().st_mtime < now - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
