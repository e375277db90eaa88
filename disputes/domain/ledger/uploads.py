"""Ledgers handed in on a page and imported in the background."""

from datetime import timedelta
from tempfile import SpooledTemporaryFile
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from disputes.domain.ledger.importing import import_ledger
from disputes.domain.ledger.rejects import write_rejects
from disputes.domain.refusals import Refusal
from disputes.models import LedgerImport

State = LedgerImport.State
# How many calendar days a clerk has to fetch the rejected rows.
KEPT_DAYS = 30
COUNTS = ("rows", "imported", "unchanged", "rejected")


@transaction.atomic
def hand_in(file, *, office, at, by):
    """Keep the uploaded `file` to be imported for `office`; return its `LedgerImport`."""
    record = LedgerImport(federation=office, name=file.name[-200:], uploaded_at=at, uploaded_by=by)
    # The clerk's file name stays in the database: names of people stand in file names too.
    record.file.save(f"{uuid4().hex}.xlsx", file, save=True)
    return record


def carry_out(record, *, at):
    """Import the file of `record`, keeping its counts up to date; a second time does no harm.

    What the clerk can put right ends as a sentence in `problem`; everything else is raised too, so
    that it is tried again, and goes on where it stopped. The file is deleted as soon as it has
    been read: what is left of it are the rejected rows.
    """
    if not record.file:
        return
    try:
        _import(record, at=at)
    except Refusal as refusal:
        _fail(record, str(refusal))
        record.file.delete(save=True)
    except Exception:
        _fail(record, _("Something went wrong here. The rest will be tried again by itself."))
        raise


def forget_files(*, at, batch=500):
    """Delete what is left of ledgers handed in more than KEPT_DAYS days before the moment *at*.

    That are the rejected rows, and files that could never be read: both hold names and identity
    numbers (个人信息保护法 article 19). The report stays. Returns how many ledgers were cleared.
    """
    old = LedgerImport.objects.filter(uploaded_at__lt=at - timedelta(days=KEPT_DAYS))
    left = old.exclude(state__in=[State.WAITING, State.RUNNING]).exclude(file="", rejects="")
    records = list(left.order_by("pk")[:batch])
    for record in records:
        record.file.delete(save=False)
        record.rejects.delete(save=False)
        record.save(update_fields=["file", "rejects"])
    return len(records)


def _import(record, *, at):
    record.state = State.RUNNING
    record.save(update_fields=["state"])
    report = import_ledger(
        record.file.path,
        at=at,
        by=record.uploaded_by,
        within=record.federation,
        progress=lambda report: _note(record, report),
    )
    _note(record, report)
    if report.rejected:
        _keep_rejects(record, report)
    record.report, record.state, record.problem = report.as_json(), State.DONE, ""
    record.save()
    record.file.delete(save=True)


def _note(record, report):
    for count in COUNTS:
        setattr(record, count, getattr(report, count))
    record.expected_lines = report.lines
    record.save(update_fields=[*COUNTS, "expected_lines"])


def _keep_rejects(record, report):
    with SpooledTemporaryFile(max_size=1 << 20) as target:
        write_rejects(record.file.path, report.reasons(), target)
        target.seek(0)
        record.rejects.save(f"{uuid4().hex}.xlsx", File(target), save=False)


def _fail(record, problem):
    record.state, record.problem = State.FAILED, problem[:500]
    record.save(update_fields=["state", "problem"])
