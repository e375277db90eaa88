"""Numbers of papers: one after the other per office, kind and year, without gaps."""

from django.db import connection


def reserve(office, *, kind, year, count=1):
    """Return the first of *count* new numbers in the series of *office*, *kind* and *year*.

    The series stays locked until the transaction ends, so a number that is rolled back is given
    again: no gap and no duplicate.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO papers_paperseries AS series (office_id, kind, year, last)"
            " VALUES (%(office)s, %(kind)s, %(year)s, %(count)s)"
            " ON CONFLICT (office_id, kind, year) DO UPDATE SET last = series.last + %(count)s"
            " RETURNING last",
            {"office": office.pk, "kind": kind, "year": year, "count": count},
        )
        return cursor.fetchone()[0] - count + 1


def format_number(office, kind, *, year, serial):
    """Return how the number *serial* of the ``Kind`` *kind* is written: 古塔调受〔2026〕第3号."""
    return f"{office.short_name}{kind.mark}〔{year}〕第{serial}号"
