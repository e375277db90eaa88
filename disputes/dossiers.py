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

MATERIALS = "当事人提交的材料"
EVIDENCE = {"applicant": "申请人证据", "respondent": "被申请人证据", "third": "第三人证据"}
SIDES = (*EVIDENCE, "")
SIGNED, OTHER, INNER = "签名和盖章件", "其他文书", "副卷"
# The order of a file and the kinds of papers in each part, as 劳动人事争议仲裁办案规则 has it:
# applications, answers, who people are, proof, notices, records, what ended the case, how it was
# served; then what the office keeps for itself.
ORDER = {
    "申请和受理": (
        "application", "oral_application", "arbitration_application", "oral_arbitration",
        "consent_inquiry", "correction_notice", "acceptance_notice", "refusal_notice",
        "docket_notice", "docket_refusal", "response_notice",
    ),
    "答辩": ("defence",),
    "身份证明和授权委托": (
        "legal_representative", "power_of_attorney", "representatives", "roster_annex",
        "address_confirmation",
    ),
    "证据清单和质证": ("evidence_list", "evidence_receipt", "examination_record"),
    **dict.fromkeys(EVIDENCE.values(), ()),
    MATERIALS: (),
    "通知": (
        "session_notice", "panel_notice", "hearing_notice", "recusal_application", "postponement",
        "extension_consent", "extension_notice",
    ),
    "笔录": ("session_record", "failure_record"),
    "结案文书": (
        "agreement", "failure_notice", "withdrawal", "statement_paper", "award_paper",
        "final_award", "review_application", "confirmation_application",
    ),
    SIGNED: (),
    "送达回证": ("service_receipt",),
    OTHER: (),
    INNER: ("docket_approval", "closing_report", "file_cover", "reading_log", "major_report"),
}  # fmt: skip
PART_OF = {code: part for part, codes in ORDER.items() for code in codes}
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
    """Return the ``Piece`` rows of *case* as far as *content* reaches, in the order of a file."""
    found = [piece for collect in _collectors for piece in collect(case, content)]
    places = list(ORDER)
    return sorted(found, key=lambda piece: places.index(piece.part))


def kept_back(proceedings, content):
    """Return the numbers of the *proceedings* of whose own records the reader has nothing.

    Records of sessions, talks with one side and what the sides said of each other's proof stay
    with the office that wrote them.
    """
    return [row.number for row in proceedings if row.pk not in content.worked]


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
        part=PART_OF.get(paper.kind, OTHER),
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
    if not row.purpose:
        return title
    # People write "to prove that …" themselves, often enough.
    said = row.purpose if row.purpose.startswith("证明") else f"证明：{row.purpose}"
    return f"{title}（{said}）"


register(_papers)
register(_materials)
