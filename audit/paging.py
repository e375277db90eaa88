"""Turning the pages of the log by number, newest first: each costs the same."""

from dataclasses import dataclass

from audit.doors import LARGEST

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The lines of one page, and the numbers that lead to the neighbours, None for no neighbour."""

    rows: list
    newer: int | None
    older: int | None


def turn(lines, query, *, size=SIZE):
    """Return the ``Page`` of the queryset *lines* that *query* names by ``before`` or ``after``."""
    before, after = _number(query.get("before")), _number(query.get("after"))
    if after is not None and before is None:
        found = list(lines.filter(pk__gt=after).order_by("pk")[: size + 1])
        more = len(found) > size
        rows = found[:size][::-1]
        return Page(rows, rows[0].pk if more else None, rows[-1].pk if rows else None)
    if before is not None:
        lines = lines.filter(pk__lt=before)
    found = list(lines.order_by("-pk")[: size + 1])
    rows = found[:size]
    newer = rows[0].pk if rows and before is not None else None
    return Page(rows, newer, rows[-1].pk if len(found) > size else None)


def _number(text):
    if not text or not (text.isascii() and text.isdecimal()) or len(text) > 19:
        return None
    return min(int(text), LARGEST)
