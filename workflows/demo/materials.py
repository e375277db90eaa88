"""Papers that applicants bring: small PDFs with a few invented lines."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

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
    for name in walk.rng.sample(words()["material_names"], wanted):
        add_evidence(walk.proceeding, file=make_file(walk, name), at=walk.at + LATER, by=by)


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
