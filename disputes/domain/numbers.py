"""Numbers of matters and proceedings: one after the other, without gaps."""

import re
import unicodedata

from django.db import connection

from disputes.models import Tier

MATTER = "matter"
MEDIATION = "调"
ARBITRATION = "仲"

_SILENT = re.compile(r"[第号字]")
_WORDS = re.compile(r"\d+|[^\W\d_]+")


def next_in_series(office, *, kind, year):
    """Return the next number of the series of *office*, *kind* and *year*.

    The series stays locked until the transaction ends, so a number that is rolled back is
    given again: no gap and no duplicate.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disputes_numberseries AS series (office_id, kind, year, last)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (office_id, kind, year) DO UPDATE SET last = series.last + 1"
            " RETURNING last",
            [office.pk, kind, year],
        )
        return cursor.fetchone()[0]


def reserve(wanted):
    """Reserve as many numbers as *wanted* says of each series, in one query.

    *wanted* maps (office id, kind, year) to a count; the answer maps the same to the first number
    of each run. All series stay locked until the transaction ends, in one order for everybody.
    """
    series = sorted(wanted)
    offices, kinds, years = zip(*series, strict=True) if series else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disputes_numberseries AS series (office_id, kind, year, last)"
            " SELECT * FROM unnest(%s::bigint[], %s::varchar[], %s::smallint[], %s::int[])"
            " ON CONFLICT (office_id, kind, year)"
            " DO UPDATE SET last = series.last + EXCLUDED.last"
            " RETURNING office_id, kind, year, last",
            [list(offices), list(kinds), list(years), [wanted[key] for key in series]],
        )
        given = {tuple(key): last for *key, last in cursor.fetchall()}
    return {key: last - wanted[key] + 1 for key, last in given.items()}


def matter_mark(federation):
    """Return the mark of *federation* in matter numbers: 锦 for 锦工."""
    return federation.short_name.removesuffix("工") or federation.short_name


def matter_number(federation, *, year):
    """Return a new matter number such as ``2026-锦-000123``."""
    serial = next_in_series(federation, kind=MATTER, year=year)
    return format_matter(federation, year=year, serial=serial)


def format_matter(federation, *, year, serial):
    """Return how the matter number *serial* of *federation* is written."""
    return f"{year}-{matter_mark(federation)}-{serial:06d}"


def proceeding_number(office, *, tier, year):
    """Return a new case number of *office* such as ``古塔调〔2026〕第123号``."""
    kind = ARBITRATION if tier == Tier.ARBITRATION else MEDIATION
    return format_number(office, kind=kind, year=year, serial=_serial(office, kind, year))


def format_number(office, *, kind, year, serial):
    """Return how the case number *serial* of *office* is written."""
    return f"{office.short_name.removesuffix(kind)}{kind}〔{year}〕第{serial}号"


def _serial(office, kind, year):
    return next_in_series(office, kind=kind, year=year)


def number_key(text):
    """Return *text* as numbers are compared: any bracket, width, blank and leading zero."""
    plain = _SILENT.sub(" ", unicodedata.normalize("NFKC", text).upper())
    return "-".join(word.lstrip("0") or "0" for word in _WORDS.findall(plain))
