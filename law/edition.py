"""Keep what was read from the law tables for as long as the tables say the same.

The tables hold some hundreds of rows that change a few times a year and are asked for by every
deadline. Their content is hashed in the database: one small query per request, and per minute
outside of requests, notices any change, whoever made it.
"""

import time
from functools import wraps

from django.db import connection

SECONDS_BETWEEN_CHECKS = 60
_STAMPS_QUERY = """
    SELECT (SELECT md5(string_agg(d::text, '|' ORDER BY d.date)) FROM law_calendarday d)
        || (SELECT md5(string_agg(n.year || n.number || n.source, '|' ORDER BY n.year))
            FROM law_holidaynotice n),
           (SELECT md5(string_agg(r::text, '|' ORDER BY r.id)) FROM law_deadlinerule r),
           (SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) FROM law_localparameter p)
"""
_known = {"stamps": {}, "checked": None}


def recheck(**kwargs):
    """Have the next question ask the database whether the law tables changed."""
    _known["checked"] = None


def stamps():
    """Return {"calendar", "rules", "parameters"}: a text each that changes with the content."""
    now = time.monotonic()
    checked = _known["checked"]
    if checked is None or now - checked > SECONDS_BETWEEN_CHECKS:
        _known["stamps"] = _read_stamps()
        _known["checked"] = now
    return _known["stamps"]


def _read_stamps():
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS_QUERY)
        return dict(
            zip(("calendar", "rules", "parameters"), map(str, cursor.fetchone()), strict=True)
        )


def kept_while_unchanged(table):
    """Decorate a function without arguments that reads *table*, so that it reads it once."""

    def decorate(read):
        kept = {}

        @wraps(read)
        def current():
            stamp = stamps()[table]
            if kept.get("stamp") != stamp:
                kept.update(value=read(), stamp=stamp)
            return kept["value"]

        return current

    return decorate
