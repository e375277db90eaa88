"""Scans of vouchers and proofs: checked by their content, kept with their hash."""

from django.db import IntegrityError, transaction

from disputes.domain.evidence import inspect
from disputes.domain.refusals import Refusal
from legal_aid.domain.refusals import NotAScan, ScanKnown, ScanUsed
from legal_aid.models import Enclosure

PDF = "application/pdf"


@transaction.atomic
def enclose(file, *, at, by, payment=None, application=None):
    """Keep the scan *file* with the *payment* or the *application*; return the ``Enclosure``.

    It is what its content says, whatever its name. Raises ``FileTooBig``, ``FileEmpty``,
    ``FileUnknown``, ``NotAScan``, ``ScanKnown`` when it is there already, and ``ScanUsed`` when it
    is the voucher of another payment.
    """
    known = _inspect(file)
    here = Enclosure.objects.filter(payment=payment, application=application)
    if here.filter(sha256=known.sha256).exists():
        raise ScanKnown
    try:
        with transaction.atomic():
            return Enclosure.objects.create(
                payment=payment,
                application=application,
                file=file,
                added_at=at,
                added_by=by,
                **vars(known),
            )
    except IntegrityError:
        raise ScanUsed from None


def _inspect(file):
    try:
        known = inspect(file)
    except Refusal as refusal:
        refusal.field = "scan"
        raise
    if known.content_type != PDF and not known.content_type.startswith("image/"):
        raise NotAScan
    return known
