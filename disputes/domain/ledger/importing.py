"""A whole workbook made into cases: batch by batch, as often as one likes."""

from itertools import islice

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.ledger.duplicates import Known, find_duplicate, repeat_of
from disputes.domain.ledger.reading import open_ledger
from disputes.domain.ledger.register import Register
from disputes.domain.ledger.report import Report
from disputes.domain.ledger.rows import read_row
from disputes.domain.ledger.writing import write_rows
from disputes.models import Party
from disputes.validators import normalise_organisation

BATCH = 500  # rows in one transaction
# Two imports at once would each not see what the other is about to write.
LOCK = 0x1ED6E2


def import_ledger(path, *, at, by=None, within=None, batch=BATCH, progress=None):
    """Import the workbook at `path` and return the `Report`.

    `at` is the moment of the import (aware datetime); no date of the ledger may lie after it.
    `within` is the office for which it is imported: rows of others than those at and below it are
    rejected, unless it is a city federation or None.
    Every batch is one transaction: an interruption leaves whole rows, and a second run goes on
    where the first ended, since rows that are there already count as unchanged. `progress` is
    called with the report after each batch. Raises `LedgerUnreadable`.
    """
    ledger = open_ledger(path)
    report, seen = Report(lines=ledger.line_count if progress else 0), {}
    register = Register(on=timezone.localdate(at), within=within)
    rows = ledger.rows()
    try:
        while raws := list(islice(rows, batch)):
            _import_batch(raws, register, report, seen, at=at, by=by)
            if progress:
                progress(report)
    finally:
        ledger.close()
    return report


def _import_batch(raws, register, report, seen, *, at, by):
    today = timezone.localdate(at)
    read = [read_row(raw, register=register, today=today) for raw in raws]
    with transaction.atomic():
        _wait_for_others()
        new = _sift(read, seen)
        write_rows(new, register=register, at=at, by=by)
    _count(report, read, len(new))


def _count(report, read, imported):
    accepted = sum(1 for row, _findings in read if row)
    report.rows += len(read)
    report.imported += imported
    report.unchanged += accepted - imported
    report.rejected += len(read) - accepted
    for _row, findings in read:
        report.add(findings)


def _sift(read, seen):
    """The rows of `read` that are not there yet; a word about each that looks like another.

    `seen` maps the keys of this run to the lines where they stood.
    """
    known = _known([row for row, _findings in read if row])
    new = []
    for row, findings in read:
        if row is None:
            continue
        alike = known.setdefault(row.likeness, [])
        if row.key in seen:
            findings.append(repeat_of(row, seen[row.key]))
            continue
        seen[row.key] = row.line
        duplicate = find_duplicate(row, alike)
        if duplicate:
            findings.append(duplicate)
        if all(other.key != row.key for other in alike):
            new.append(row)
            alike.append(_as_known(row))
    return new


def _as_known(row):
    name = _("line %(line)d") % {"line": row.line}
    return Known(row.registered_on, name, order=(1, row.line), key=row.key)


def _known(rows):
    """The cases of the workers of `rows` by likeness, earliest first. One query."""
    employer = Party.objects.filter(case=OuterRef("case"), role=Party.Role.RESPONDENT)
    workers = Party.objects.filter(
        role=Party.Role.APPLICANT, id_index__in={row.likeness[0] for row in rows}
    ).annotate(employer=Subquery(employer.order_by("pk").values("name")[:1]))
    known = {}
    for index, name, cause, day, number, case, key in workers.order_by("case").values_list(
        "id_index",
        "employer",
        "case__cause",
        "case__received_on",
        "case__matter_number",
        "case",
        "case__imported_key",
    ):
        likeness = index, normalise_organisation(name or ""), cause
        known.setdefault(likeness, []).append(Known(day, number, (0, case), key or ""))
    return known


def _wait_for_others():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
