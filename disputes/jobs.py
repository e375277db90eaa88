"""Work of the record in the background: each job may run twice without harm."""

from django.utils import timezone, translation

from audit.acting import acting_as
from disputes.domain import paper_batches, recomputing, uploading
from disputes.domain.dossier import assembling
from disputes.domain.ledger import uploads
from disputes.domain.ledger.uploads import carry_out
from disputes.models import Dossier, LedgerImport, PaperBatch, RecomputeRun


def import_handed_in_ledger(pk, language):
    """Import the ledger of the `LedgerImport` *pk*; its report speaks *language*."""
    record = LedgerImport.objects.select_related("federation", "uploaded_by").get(pk=pk)
    try:
        with translation.override(language), acting_as(record.uploaded_by):
            carry_out(record, at=timezone.now())
    finally:
        LedgerImport.objects.filter(pk=pk).update(finished_at=timezone.now())


def forget_ledgers():
    """Delete what is left of ledgers that were imported long ago."""
    return uploads.forget_files(at=timezone.now())


def make_paper_batch(pk):
    """Make the papers of the `PaperBatch` *pk*, from where it was left."""
    batch = PaperBatch.objects.select_related("proceeding__office", "by").get(pk=pk)
    if batch.state != PaperBatch.State.DONE:
        with acting_as(batch.by):
            paper_batches.make_batch(batch, at=timezone.now())


def recompute_deadlines(pk):
    """Count the deadlines of the `RecomputeRun` *pk* again, from where it was left."""
    recomputing.begin_run(pk)
    try:
        while recomputing.count_batch(pk, at=timezone.now()):
            pass
    except Exception as error:
        recomputing.note_failure(pk, error, at=timezone.now())
        raise


def resume_recounts():
    """Go on with recounts that nobody is at: their worker was killed, or never came."""
    for run in RecomputeRun.objects.filter(state__in=recomputing.AT_WORK).order_by("pk"):
        recompute_deadlines(run.pk)


def look_again():
    """Count once more what the notices of the last days may move."""
    for run in recomputing.request_second_looks(at=timezone.now()):
        recompute_deadlines(run.pk)


def put_file_together(pk, language):
    """Put the file of the `Dossier` *pk* together; what it says of trouble is in *language*."""
    row = Dossier.objects.select_related("case", "asked_by").filter(pk=pk).first()
    if row is None:
        return
    with translation.override(language), acting_as(row.asked_by):
        assembling.carry_out(row, at=timezone.now())


def clear_files():
    """Delete files of cases that were put together some days ago; return how many."""
    return assembling.clear(before=timezone.now() - assembling.KEPT)


def clear_uploads():
    """Forget files that were begun and never finished; return how many."""
    return uploading.clear(before=timezone.now() - uploading.KEPT)
