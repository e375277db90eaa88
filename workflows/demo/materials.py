"""Papers that applicants bring: small PDFs with a few invented lines."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from disputes.domain import proof
from disputes.domain.evidence import add_evidence
from workflows.demo.words import month_words, words

# Of a hundred cases, how many have so many papers.
COUNTS = {0: 55, 1: 25, 2: 15, 3: 5}
LATER = timedelta(minutes=10)
# Every sign of the font is as wide as a Chinese character.
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
LEADING = 26  # points from line to line
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    " /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    " /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880"
    " /StemV 93 >> >> ] >>"
)


def bring_materials(walk, *, by):
    """Let the applicant of *walk* hand in a few papers, which *by* takes down."""
    wanted = walk.rng.choices(list(COUNTS), COUNTS.values())[0]
    purposes = words()["material_purposes"]
    for name in walk.rng.sample(words()["material_names"], wanted):
        add_evidence(
            walk.proceeding, file=make_file(walk, name), party=walk.worker,
            purpose=purposes[name], source="申请人提供", at=walk.at + LATER, by=by,
        )  # fmt: skip


def exchange_proof(walk, *, by):
    """Let both sides of *walk* hand in their proof, get the other's and answer it; in some cases.

    The first line is confirmed, the others are disputed or not answered yet.
    """
    if walk.plan.filed_at.minute % 2 or walk.proceeding.proof_items.exists():
        return
    for name, purpose in words()["employer_materials"].items():
        add_evidence(
            walk.proceeding, file=make_file(walk, name), party=walk.employer, purpose=purpose,
            source="被申请人提供", is_original=True, at=walk.at, by=by,
        )  # fmt: skip
    lists = {}
    for row in proof.materials_ahead(walk.proceeding):
        lists.setdefault(row.party, []).append(proof.line_of(row))
    told = {"at": walk.at, "by": by}
    proof.hand_in(walk.proceeding, lists=list(lists.items()), submitted_on=walk.today, **told)
    for party in lists:
        proof.exchange(walk.proceeding, party=party, exchanged_on=walk.today, **told)
    for party in (walk.employer, walk.worker):
        rows = list(proof.items_for(walk.proceeding, party))[:2]
        opinions = [_opinion(row, disputed=number > 0) for number, row in enumerate(rows)]
        if opinions:
            said = {"party": party, "opinions": opinions, "said_on": walk.today}
            proof.say(walk.proceeding, **said, **told)


def _opinion(row, *, disputed):
    doubts = dict.fromkeys(proof.DOUBTS, False)
    if not disputed:
        return {"item": row, "opinion": proof.Opinion.CONFIRMED, **doubts, "reason": ""}
    doubts["doubts_relevance"] = True
    reason = "与本案争议的工资月份无关。"
    return {"item": row, "opinion": proof.Opinion.DISPUTED, **doubts, "reason": reason}


def make_file(walk, name):
    """Return a paper called *name*, as it is brought to the desk."""
    return SimpleUploadedFile(f"{name}.pdf", make_pdf([name, *_lines(walk)]))


def _lines(walk):
    month, pay = walk.case.occurred_on, walk.rng.randrange(2600, 9000, 100)
    lines = list(words()["material_lines"])
    for _month in range(3):
        lines.append(f"{month_words(month)}　　{pay}　　{pay * walk.rng.choice((0, 0.5, 1)):.0f}")
        month = month.replace(day=1) - timedelta(days=1)
    return lines


def make_pdf(lines):
    """Return a PDF of one page with *lines* of text as bytes, the same for the same lines."""
    wide = [line.translate(WIDE) for line in lines]
    shown = " T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in wide)
    stream = f"BT /F1 16 Tf {LEADING} TL 72 760 Td {shown} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        FONT,
    )
    return _with_table(objects)


def _with_table(objects):
    """Return *objects* as a file, with the table that says where each one begins."""
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{text}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    ).encode("ascii")
