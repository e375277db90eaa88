"""Signing an agreement: four elements, each over the same text."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.filetypes import content_type_of
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, Reach, record
from mediation.domain import terms
from mediation.domain.agreements import AlreadyEffective, TermsMissing
from mediation.domain.refusals import check_day
from mediation.models import Agreement, Signing

Who, Method = Signing.Who, Signing.Method
COLUMNS = {
    Who.WORKER: "worker_signed_on",
    Who.EMPLOYER: "employer_signed_on",
    Who.MEDIATOR: "mediator_signed_on",
    Who.SEAL: "sealed_on",
}
SCANS = ("image/png", "image/jpeg", "application/pdf")


class NothingToSee(Refusal):
    """A signature on the screen or a scan without a picture."""

    sentence = _("Sign in the field, or choose the scan of the signed page.")
    field = "file"


class NotAPicture(Refusal):
    """A scan that nobody can look at."""

    sentence = _("A scan is a PDF, a PNG or a JPEG.")
    field = "file"


class SealDrawn(Refusal):
    """A seal is stamped, not drawn."""

    sentence = _("The seal is stamped on paper: scan the page, or keep the original in the file.")
    field = "method"


@transaction.atomic
def sign(proceeding, *, who, method, signed_on, file=None, at, by):
    """Record that *who* signed the agreement on the date *signed_on* and return the ``Signing``.

    *file* is the drawing or the scan; its hash is kept with that of the text. Signing again
    replaces one's own signature. Raises ``TermsMissing``, ``AlreadyEffective``, ``NothingToSee``,
    ``NotAPicture``, ``SealDrawn`` and the refusals of days.
    """
    agreement = Agreement.objects.select_for_update().filter(proceeding=proceeding).first()
    if agreement is None or not agreement.terms:
        raise TermsMissing
    if agreement.effective_on:
        raise AlreadyEffective
    if who == Who.SEAL and method == Method.PAD:
        raise SealDrawn
    check_day(proceeding, signed_on, at=at, field="signed_on")
    signing = _make(agreement, who, method, signed_on, file, at=at, by=by)
    agreement.declined = False
    setattr(agreement, COLUMNS[who], signed_on)
    if not agreement.missing:
        # The last element takes effect with the step of the course, not behind its back.
        setattr(agreement, COLUMNS[who], None)
    agreement.save()
    _tell(proceeding, signing)
    return signing


def _make(agreement, who, method, signed_on, file, *, at, by):
    signing = Signing(
        agreement=agreement, who=who, method=method, signed_on=signed_on,
        text_sha256=terms.text_hash(agreement), at=at, by=by,
    )  # fmt: skip
    if method != Method.PAPER:
        if file is None:
            raise NothingToSee
        signing.content_type = content_type_of(file)
        if signing.content_type not in SCANS:
            raise NotAPicture
        file.seek(0)
        content = file.read()
        signing.sha256 = hashlib.sha256(content).hexdigest()
        signing.file.save("signature", ContentFile(content), save=False)
    Signing.objects.filter(agreement=agreement, who=who).delete()
    signing.save()
    return signing


@transaction.atomic
def take_back(proceeding, *, at, by):
    """Take all signatures back so that the text can be changed. Raises ``AlreadyEffective``."""
    agreement = Agreement.objects.select_for_update().get(proceeding=proceeding)
    if agreement.effective_on:
        raise AlreadyEffective
    agreement.signings.all().delete()
    for column in COLUMNS.values():
        setattr(agreement, column, None)
    agreement.save()
    record(
        proceeding.case, N_("Signatures under the agreement taken back"), at=at, by=by,
        proceeding=proceeding, kind=Kind.PAPER, reach=Reach.OFFICE,
    )  # fmt: skip


def signed_days(agreement):
    """Return {column: date} of what was signed over the text as it stands now."""
    today = terms.text_hash(agreement)
    return {
        COLUMNS[row.who]: row.signed_on
        for row in agreement.signings.all()
        if row.text_sha256 == today
    }


def _tell(proceeding, signing):
    verb = {
        Who.WORKER: N_("The worker signed the agreement on %(day)s"),
        Who.EMPLOYER: N_("The employer signed the agreement on %(day)s"),
        Who.MEDIATOR: N_("The mediator signed the agreement on %(day)s"),
        Who.SEAL: N_("The agreement was sealed on %(day)s"),
    }[signing.who]
    record(
        proceeding.case, verb, at=signing.at, by=signing.by, proceeding=proceeding,
        kind=Kind.PAPER, reach=Reach.OFFICE, day=signing.signed_on,
    )  # fmt: skip
