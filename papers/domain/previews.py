"""Drafts as PDF, made once and shown page by page. They are kept for a day."""

import hashlib
import hmac
import time
from pathlib import Path

from django.conf import settings

from papers.domain.converting import to_pdf

KEPT = 24 * 3600  # seconds


def preview(key, content):
    """Return (the PDF bytes of the .docx *content*, its name): made anew unless *key* is known.

    *key* is text that says what the draft is made of. Raises ``NoOffice``, ``ConversionFailed``.
    """
    name = hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()
    path = folder() / f"{name}.pdf"
    if not path.exists():
        pdf = to_pdf([content])[0]
        part = path.with_suffix(f".{time.monotonic_ns()}")
        part.write_bytes(pdf)
        part.replace(path)
    return path.read_bytes(), name


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
