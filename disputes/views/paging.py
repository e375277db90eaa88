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


def page_by_pk(rows, query, *, size):
    """Return (up to *size* of *rows*, newest first, key of the page before, key of the one after).

    *query* carries ``before`` or ``after``, the key of a row. A key is None where nothing follows.
    """
    before, after = read_number(query.get("before")), read_number(query.get("after"))
    if after is not None and before is None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: size + 1])
        more_before, more_after = before is not None, len(found) > size
        found = found[:size]
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
