"""Which template counts, and how an administrator replaces it."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from papers.domain.checking import MOST_BYTES, check_document
from papers.domain.converting import to_pdf
from papers.domain.rendering import fields_of, render
from papers.domain.samples import OF_THE_HOUSE, SAMPLE, sample_qr
from papers.layouts import KINDS, built_in
from papers.layouts.kind import SILENT
from papers.models import PaperTemplate
from papers.refusals import (
    ConversionFailed,
    DocumentTooBig,
    FieldsUnknown,
    NoOffice,
    NotProposed,
)

State = PaperTemplate.State


def current_template(code, *, on):
    """Return (the ``PaperTemplate`` of kind *code* on the date *on* or None, its .docx bytes)."""
    row = (
        PaperTemplate.objects.filter(kind=code, state=State.EFFECTIVE, effective_from__lte=on)
        .order_by("-effective_from", "-version")
        .first()
    )
    return row, read(row) if row else built_in(code)


def read(row):
    """Return the .docx bytes of the ``PaperTemplate`` *row*."""
    with row.file.open("rb") as file:
        return file.read()


def fields_for(code):
    """Return the names of the fields that a template of kind *code* may use, as a set."""
    return fields_of(built_in(code)) | set(KINDS[code].optional) | OF_THE_HOUSE | SILENT


def check_template(code, content):
    """Raise the refusal that speaks against .docx bytes as the template of kind *code*, if any.

    It has to be a harmless document, its placeholders readable, its fields known, and it has to
    come out filled with sample data.
    """
    check_document(content)
    unknown = sorted(fields_of(content) - fields_for(code))
    if unknown:
        raise FieldsUnknown(
            _("This paper does not have these fields: %(names)s.") % {"names": "、".join(unknown)}
        )
    render(KINDS[code], content, SAMPLE, qr=sample_qr())


@transaction.atomic
def propose(code, *, file, note="", at, by):
    """Keep an uploaded .docx *file* as the next version of kind *code*, not yet in effect.

    Raises the refusals of ``check_template``.
    """
    if file.size > MOST_BYTES:
        raise DocumentTooBig
    file.seek(0)
    content = file.read()
    check_template(code, content)
    # One after the other: the number of the version is the next.
    rows = list(PaperTemplate.objects.select_for_update().filter(kind=code).order_by("version"))
    row = PaperTemplate(
        kind=code,
        version=rows[-1].version + 1 if rows else 2,
        sha256=hashlib.sha256(content).hexdigest(),
        note=note,
        at=at,
        by=by,
    )
    row.file.save("template.docx", ContentFile(content), save=False)
    _draw(row, content)
    row.save()
    return row


@transaction.atomic
def bring_into_effect(row, *, on):
    """Let the proposed template *row* count from the date *on*. Raises ``NotProposed``."""
    row = _proposed(row)
    row.state, row.effective_from = State.EFFECTIVE, on
    row.save(update_fields=["state", "effective_from"])
    return row


@transaction.atomic
def drop(row):
    """Give the proposed template *row* up; its file is kept. Raises ``NotProposed``."""
    row = _proposed(row)
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    return row


def sample_of(code, content=None):
    """Return the .docx bytes of kind *code* filled with sample data."""
    return render(KINDS[code], content or built_in(code), SAMPLE, qr=sample_qr())


def _draw(row, content):
    try:
        pdf = to_pdf([sample_of(row.kind, content)])[0]
    except (NoOffice, ConversionFailed):
        return
    row.preview.save("preview.pdf", ContentFile(pdf), save=False)


def _proposed(row):
    row = PaperTemplate.objects.select_for_update().get(pk=row.pk)
    if row.state != State.PROPOSED:
        raise NotProposed
    return row
