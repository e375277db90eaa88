"""The code on a paper that leads to its page."""

from io import BytesIO

import segno


def draw_code(text):
    """Return a QR code of *text* as PNG bytes."""
    kept = BytesIO()
    segno.make(text, error="m", micro=False).save(kept, kind="png", scale=6, border=1)
    return kept.getvalue()
