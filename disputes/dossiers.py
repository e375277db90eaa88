"""What a file of a case is made of: a table to which the rooms above add what they keep.

The record knows the issued papers and the materials. What was signed or served is known above; a
room registers a function that names it, as far as one person reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.utils import timezone

from disputes.models import CasePaper, Evidence

PAPERS, MATERIALS = "文书", "当事人提交的材料"
EVIDENCE = {"applicant": "申请人证据", "respondent": "被申请人证据", "third": "第三人证据"}
SIDES = (*EVIDENCE, "")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class Piece:
    """One document of a file: part and title as printed, day, who brought it, and its bytes.

    *open* is a function that returns the open file, read once and closed.
    """

    part: str
    title: str
    day: date
    content_type: str
    open: Callable
    name: str = ""
    sha256: str = ""
    size: int = 0


_collectors = []


def register(collect):
    """Let *collect* name pieces; it takes a case and what a person reads of it (``Content``)."""
    if collect not in _collectors:
        _collectors.append(collect)


def pieces_of(case, content):
    """Return the ``Piece`` rows of *case* as far as *content* reaches, in their order."""
    return [piece for collect in _collectors for piece in collect(case, content)]


def _papers(case, content):
    rows = CasePaper.objects.filter(case=case, paper__voided_at__isnull=True)
    rows = content.rows(rows).select_related("paper", "party").order_by("paper__issued_at", "pk")
    return [_of_paper(row) for row in rows]


def _of_paper(row):
    paper = row.paper
    title = f"{paper.title}（{paper.number}）" if paper.number else paper.title
    if row.party_id:
        title = f"{title}　{row.party.name}"
    stored = paper.pdf or paper.docx
    return Piece(
        part=PAPERS,
        title=title,
        day=timezone.localdate(paper.issued_at),
        content_type=PDF if paper.pdf else WORD,
        open=lambda: stored.open("rb"),
        sha256=paper.pdf_sha256 or paper.docx_sha256,
    )


def _materials(case, content):
    rows = content.rows(Evidence.objects.filter(case=case)).select_related("party")
    return [
        Piece(
            part=_part_of(row),
            title=_title_of(row),
            day=timezone.localdate(row.added_at),
            content_type=row.content_type,
            open=lambda row=row: row.file.open("rb"),
            name=row.name,
            sha256=row.sha256,
            size=row.size,
        )
        for row in sorted(rows, key=lambda row: (SIDES.index(_side_of(row)), row.pk))
    ]


def _side_of(row):
    if not row.party_id:
        return ""
    return "applicant" if row.party.role == "represented" else row.party.role


def _part_of(row):
    return EVIDENCE.get(_side_of(row), MATERIALS)


def _title_of(row):
    """Return the name of a material without its ending, which says nothing on paper."""
    name = PurePath(row.name)
    title = name.stem if len(name.suffix) <= 5 else row.name
    return f"{title}（证明：{row.purpose}）" if row.purpose else title


register(_papers)
register(_materials)
