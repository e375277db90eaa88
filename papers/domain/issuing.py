"""Issuing papers: number, document, hash; and declaring one void."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.domain import numbering
from papers.domain.converting import to_pdf, to_pdfs
from papers.domain.printing import render_all
from papers.domain.qr import draw_code
from papers.domain.rendering import fields_of, missing_fields, render
from papers.domain.templates import current_template
from papers.layouts import KINDS
from papers.models import Paper
from papers.refusals import (
    AlreadyVoid,
    ConversionFailed,
    FieldsMissing,
    NoOffice,
    VoidWithoutReason,
)

BATCH = 150  # documents per round of LibreOffice


def say_date(day):
    """Return a date as papers write it: 2026年9月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def draft(code, *, office, facts, at, url="", number=""):
    """Return (.docx bytes, needed fields that are missing, optional ones that are) of a paper.

    *facts* are field name → text or rows, *url* the page of the case for the code on the paper.
    """
    kind, day = KINDS[code], timezone.localdate(at)
    _row, template = current_template(code, on=day)
    facts = {"机构名称": office.name, "制作日期": say_date(day), **facts}
    facts["文号"] = number or format_unnumbered(office, kind, day)
    needed, optional = missing_fields(kind, fields_of(template), facts)
    return render(kind, template, facts, qr=draw_code(url) if url else None), needed, optional


def format_unnumbered(office, kind, day):
    """Return the number of a paper that has none yet."""
    return f"{office.short_name}{kind.mark}〔{day.year}〕第　号"


def check_complete(code, *, office, facts, at):
    """Raise ``FieldsMissing`` when *facts* lack what a paper of kind *code* needs."""
    day = timezone.localdate(at)
    _row, template = current_template(code, on=day)
    house = {"机构名称": office.name, "制作日期": say_date(day), "文号": "·"}
    _refuse_missing(KINDS[code], fields_of(template), house | facts)


@transaction.atomic
def issue(code, *, office, facts, at, by, url=""):
    """Issue a paper of kind *code* for *office* and return it. Raises ``FieldsMissing``."""
    return issue_many(code, office=office, sheets=[facts], at=at, by=by, urls=[url])[0]


@transaction.atomic
def issue_many(code, *, office, sheets, at, by, urls, told=None):
    """Issue one paper per dict of *sheets*, numbered in their order, and return them.

    *told* is called with the number of papers done so far. PDFs come with them where LibreOffice
    is there; else they are made when somebody asks. Raises ``FieldsMissing`` before any number is
    given.
    """
    kind, day = KINDS[code], timezone.localdate(at)
    row, template = current_template(code, on=day)
    fields = fields_of(template)
    house = {"机构名称": office.name, "制作日期": say_date(day), "文号": "·"}
    for facts in sheets:
        _refuse_missing(kind, fields, house | facts)
    first = numbering.reserve(office, kind=code, year=day.year, count=len(sheets))
    numbers = [
        numbering.format_number(office, kind, year=day.year, serial=serial)
        for serial in range(first, first + len(sheets))
    ]
    said = [
        {**house, **facts, "文号": number} for facts, number in zip(sheets, numbers, strict=True)
    ]
    papers = []
    contents = render_all(kind, template, said, urls)
    for serial, number, content in zip(
        range(first, first + len(said)), numbers, contents, strict=True
    ):
        paper = Paper(
            office=office,
            kind=code,
            title=kind.heading,
            year=day.year,
            serial=serial,
            number=number,
            template=row,
            docx_sha256=_hash(content),
            issued_at=at,
            issued_by=by,
        )
        paper.docx.save("paper.docx", ContentFile(content), save=False)
        papers.append((paper, content))
    _add_pdfs(papers, told)
    for paper, _content in papers:
        paper.save()
    return [paper for paper, _content in papers]


def _refuse_missing(kind, fields, facts):
    needed, _optional = missing_fields(kind, fields, facts)
    if needed:
        raise FieldsMissing(
            _("This must stand on the paper and is missing: %(names)s.")
            % {"names": "、".join(needed)}
        )


def _add_pdfs(papers, told):
    for start in range(0, len(papers), BATCH):
        some = papers[start : start + BATCH]
        try:
            pdfs = to_pdfs([content for _paper, content in some])
        except (NoOffice, ConversionFailed):
            return
        for (paper, _content), pdf in zip(some, pdfs, strict=True):
            _keep_pdf(paper, pdf)
        if told:
            told(start + len(some))


def pdf_of(paper):
    """Return the PDF bytes of *paper*, made now where they were not made with it.

    Raises ``NoOffice`` and ``ConversionFailed``.
    """
    if not paper.pdf:
        _keep_pdf(paper, to_pdf([read(paper)])[0])
        paper.save(update_fields=["pdf", "pdf_sha256"])
    with paper.pdf.open("rb") as file:
        return file.read()


def read(paper):
    """Return the .docx bytes of *paper*."""
    with paper.docx.open("rb") as file:
        return file.read()


@transaction.atomic
def void(paper, *, reason, at, by):
    """Declare *paper* void; its number stays taken.

    Raises ``AlreadyVoid`` and ``VoidWithoutReason``.
    """
    if not reason.strip():
        raise VoidWithoutReason
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if paper.is_void:
        raise AlreadyVoid
    paper.voided_at, paper.voided_by, paper.void_reason = at, by, reason
    paper.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return paper


def _keep_pdf(paper, pdf):
    paper.pdf_sha256 = _hash(pdf)
    paper.pdf.save("paper.pdf", ContentFile(pdf), save=False)


def _hash(content):
    return hashlib.sha256(content).hexdigest()
