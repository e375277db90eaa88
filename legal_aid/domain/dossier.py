"""The archived file of a matter: cover, contents, every paper and scan, as one document."""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from legal_aid.domain import aid_papers, paper_facts
from legal_aid.domain.enclosures import PDF, enclose
from legal_aid.domain.refusals import ArchivedAlready, NotChecked
from legal_aid.domain.words import in_house_language
from legal_aid.models import AidPaper, Closing, Enclosure
from papers.domain import issuing
from papers.domain.issuing import say_date

ON_PAPER = (595, 842)  # A4 in points


@dataclass(frozen=True)
class Sheet:
    """One piece of the file: its name, its date, its pages as a PDF, None when it has none."""

    name: str
    on: object
    pdf: bytes | None

    @property
    def pages(self):
        return len(PdfReader(BytesIO(self.pdf)).pages) if self.pdf else 0


@transaction.atomic
def archive(closing, *, at, by):
    """Put the file of *closing* together, issue its cover with the contents, and keep it whole.

    Raises ``NotChecked``, ``ArchivedAlready``, ``NoOffice`` and ``ConversionFailed``.
    """
    row = Closing.objects.select_for_update(of=("self",)).select_related("engagement__application")
    row = row.get(pk=closing.pk)
    if row.checked_at is None:
        raise NotChecked
    if row.archived_at is not None:
        raise ArchivedAlready
    application = row.engagement.application
    sheets = contents_of(row)
    cover = _make_cover(row, sheets, at=at, by=by)
    whole = merge([issuing.pdf_of(cover.paper), *(sheet.pdf for sheet in sheets if sheet.pdf)])
    file = ContentFile(whole, name=f"{application.number}归档卷.pdf")
    row.dossier = enclose(file, application=application, at=at, by=by)
    row.archived_at, row.archived_by = at, by
    row.save()
    return row


def contents_of(closing):
    """Return the ``Sheet`` list of the file of *closing*: papers, proofs, vouchers, in order."""
    matter = closing.engagement
    application = matter.application
    papers = AidPaper.objects.filter(application=application).exclude(paper__kind="aid_cover")
    spent = AidPaper.objects.filter(payment__engagement=matter)
    scans = Enclosure.objects.filter(application=application)
    vouchers = Enclosure.objects.filter(payment__engagement=matter)
    return [
        *map(_of_paper, aid_papers.valid(papers).order_by("pk")),
        *map(_of_scan, scans),
        *map(_of_paper, aid_papers.valid(spent).order_by("pk")),
        *map(_of_scan, vouchers),
    ]


def _of_paper(row):
    name = f"{row.paper.title}（{row.paper.number}）"
    return Sheet(name, timezone.localdate(row.paper.issued_at), issuing.pdf_of(row.paper))


def _of_scan(row):
    with row.file.open("rb") as file:
        content = file.read()
    return Sheet(row.name, timezone.localdate(row.added_at), _as_pdf(row.content_type, content))


def _as_pdf(content_type, content):
    """Return a scan as PDF, None when it cannot be read: then the contents name it alone."""
    try:
        if content_type == PDF:
            PdfReader(BytesIO(content)).pages[0]
            return content
        picture, made = Image.open(BytesIO(content)).convert("RGB"), BytesIO()
        picture.thumbnail([side * 3 for side in ON_PAPER])
        picture.save(made, "PDF", resolution=216)
        return made.getvalue()
    except (PyPdfError, OSError, ValueError, IndexError):
        return None


def merge(documents):
    """Return the PDF bytes *documents* one after the other as one PDF."""
    writer, made = PdfWriter(), BytesIO()
    for document in documents:
        writer.append(BytesIO(document))
    writer.write(made)
    return made.getvalue()


def _make_cover(closing, sheets, *, at, by):
    matter = closing.engagement
    today, rows, page = timezone.localdate(at), [], 1
    for number, sheet in enumerate(sheets, 1):
        span = _say_pages(page, sheet.pages)
        page += sheet.pages
        rows.append(
            {"序号": str(number), "名称": sheet.name, "日期": say_date(sheet.on), "页次": span}
        )
    with in_house_language():
        facts = paper_facts.of_application(matter.application, today=today, engagement=matter)
    facts |= {
        "归档日期": say_date(today), "页数": str(page - 1), "归档人": str(by), "卷内目录": rows,
    }  # fmt: skip
    return aid_papers.keep(
        "aid_cover", matter.application.centre, facts, at=at, by=by,
        application=matter.application, engagement=matter,
    )  # fmt: skip


def _say_pages(first, count):
    if not count:
        return "电子文件另存"
    return str(first) if count == 1 else f"{first}-{first + count - 1}"
