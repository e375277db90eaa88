"""The archived file of a matter: cover, contents, every paper and scan, numbered through."""

import tempfile
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from disputes.domain.dossier.leaves import prepare
from disputes.dossiers import PDF, Piece
from legal_aid.domain import aid_papers, paper_facts
from legal_aid.domain.enclosures import enclose
from legal_aid.domain.refusals import ArchivedAlready, NotChecked
from legal_aid.domain.words import in_house_language
from legal_aid.models import AidPaper, Closing, Enclosure
from papers.domain import issuing
from papers.domain.binding import Leaf, bind
from papers.domain.issuing import say_date

PAPERS, PROOFS, SPENT, VOUCHERS = "援助文书", "证明材料", "支付文书", "支付凭证"


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
    with tempfile.TemporaryDirectory(prefix="aid-dossier-") as name:
        whole = _put_together(row, Path(name), at=at, by=by)
    file = ContentFile(whole, name=f"{application.number}归档卷.pdf")
    row.dossier = enclose(file, application=application, at=at, by=by)
    row.archived_at, row.archived_by = at, by
    row.save()
    return row


def pieces_of(closing):
    """Return the ``Piece`` list of the file of *closing*: papers, proofs, vouchers, in order."""
    matter = closing.engagement
    application = matter.application
    papers = AidPaper.objects.filter(application=application).exclude(paper__kind="aid_cover")
    spent = AidPaper.objects.filter(payment__engagement=matter)
    scans = Enclosure.objects.filter(application=application)
    vouchers = Enclosure.objects.filter(payment__engagement=matter)
    return [
        *(_of_paper(PAPERS, row) for row in aid_papers.valid(papers).order_by("pk")),
        *(_of_scan(PROOFS, row) for row in scans),
        *(_of_paper(SPENT, row) for row in aid_papers.valid(spent).order_by("pk")),
        *(_of_scan(VOUCHERS, row) for row in vouchers),
    ]


def _of_paper(part, row):
    paper = row.paper
    title, day = f"{paper.title}（{paper.number}）", timezone.localdate(paper.issued_at)
    return Piece(part, title, day, PDF, lambda: BytesIO(issuing.pdf_of(paper)))


def _of_scan(part, row):
    day = timezone.localdate(row.added_at)
    return Piece(part, row.name, day, row.content_type, lambda: row.file.open("rb"), name=row.name)


def _put_together(closing, folder, *, at, by):
    """Return the bytes of the whole file; its pages are numbered as the contents say."""
    ready = prepare(pieces_of(closing), folder=folder, told=lambda: None)
    cover = _make_cover(closing, ready, at=at, by=by)
    front, target = folder / "front.pdf", folder / "whole.pdf"
    front.write_bytes(issuing.pdf_of(cover.paper))
    leaves = [Leaf(one.piece.part, one.piece.title, one.path) for one in ready if one.path]
    title = closing.engagement.application.number
    bind(target, front=front, leaves=leaves, title=title, front_title="封面和目录")
    return target.read_bytes()


def _make_cover(closing, ready, *, at, by):
    matter = closing.engagement
    today, rows, page = timezone.localdate(at), [], 1
    for number, one in enumerate(ready, 1):
        count = one.pages if one.path else 0
        rows.append({
            "序号": str(number),
            "名称": one.piece.title,
            "日期": say_date(one.piece.day),
            "页次": _say_pages(page, count),
        })  # fmt: skip
        page += count
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
