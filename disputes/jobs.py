"""Work of the record in the background: each job may run twice without harm."""

from django.utils import timezone, translation

from disputes.domain.ledger.uploads import carry_out
from disputes.models import LedgerImport


def import_handed_in_ledger(pk, language):
    """Import the ledger of the `LedgerImport` *pk*; its report speaks *language*."""
    record = LedgerImport.objects.select_related("federation", "uploaded_by").get(pk=pk)
    try:
        with translation.override(language):
            carry_out(record, at=timezone.now())
    finally:
        LedgerImport.objects.filter(pk=pk).update(finished_at=timezone.now())
