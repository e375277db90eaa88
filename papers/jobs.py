"""Work of the papers in the background: it may run twice without harm."""

import time

from papers.domain import previews


def clear_drafts():
    """Delete drafts that are older than a day; return how many."""
    return previews.clear(now=time.time())
