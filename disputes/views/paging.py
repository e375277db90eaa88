"""Paging by key: the cost of a page does not grow with what lies before it."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q

MOST_DIGITS = 18


def read_number(text, default=None):
    """Return the whole number that *text* writes, else *default*; never one too long to ask for."""
    text = text or ""
    if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    return default


def read_keys(query):
    """Return the keys ``before`` and ``after`` of *query*; the first wins where both are given."""
    before, after = read_number(query.get("before")), read_number(query.get("after"))
    return before, after if before is None else None


def nearest(rows, query):
    """Return *rows* on the side of the key that *query* names, those nearest to it first."""
    before, after = read_keys(query)
    if after is not None:
        return rows.filter(pk__gt=after).order_by("pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.order_by("-pk")


def page_by_pk(rows, query, *, size):
    """Return (up to *size* of *rows*, newest first, key of the page before, key of the one after).

    *query* carries ``before`` or ``after``, the key of a row. A key is None where nothing follows.
    """
    before, after = read_keys(query)
    found = list(nearest(rows, query)[: size + 1])
    more, found = len(found) > size, found[:size]
    more_before, more_after = (more, True) if after is not None else (before is not None, more)
    if after is not None:
        found.reverse()
    if not found:
        return [], None, None
    return found, found[0].pk if more_before else None, found[-1].pk if more_after else None


def before_moment(rows, text):
    """Narrow *rows* of a timeline to those before the cursor *text*; all when it says nothing."""
    moment, _, pk = (text or "").partition("_")
    micros, pk = read_number(moment), read_number(pk)
    if micros is None or pk is None:
        return rows
    try:
        at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros)
    except OverflowError:
        return rows
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)


def cursor_of(row):
    """Return the cursor that stands for the timeline entry *row*."""
    return f"{(row.at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)}_{row.pk}"
