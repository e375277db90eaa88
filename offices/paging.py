"""Turning pages by key: a page costs the same wherever it lies in the list."""

from dataclasses import dataclass

PAGE_ROWS = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the keys from which the neighbours are reached ("" for none)."""

    rows: list
    before: object = ""
    after: object = ""


def turn(queryset, *, key, after=None, before=None, size=PAGE_ROWS):
    """Return the ``Page`` of *queryset* that follows the key *after*, or precedes *before*.

    *key* is the name of a unique column by which the list is ordered.
    """
    if before is not None:
        found = list(queryset.filter(**{f"{key}__lt": before}).order_by(f"-{key}")[: size + 1])
        rows, more = found[:size][::-1], len(found) > size
        return Page(rows, _key(rows, 0, key) if more else "", _key(rows, -1, key))
    later = queryset if after is None else queryset.filter(**{f"{key}__gt": after})
    found = list(later.order_by(key)[: size + 1])
    rows, more = found[:size], len(found) > size
    first = _key(rows, 0, key) if after is not None else ""
    return Page(rows, first, _key(rows, -1, key) if more else "")


def _key(rows, place, key):
    return getattr(rows[place], key) if rows else ""
