"""Print how long it takes to put the file of a case together, and how much memory.

python bench/dossier.py [DOCUMENTS] [PAGES]

Makes a database of its own beside that of DATABASE_URL and a case with 60 documents of together
300 pages unless told otherwise: scans as PDF, photographs, Word documents, sound. Puts them
together as one background worker does. Drops the database.
"""

import gc
import os
import sys
import tempfile
import time
from datetime import datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"

import django  # noqa: E402

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402
from docx import Document  # noqa: E402
from PIL import Image  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from disputes.domain.dossier import assembling  # noqa: E402
from disputes.domain.evidence import add_evidence  # noqa: E402
from disputes.permissions import read_case  # noqa: E402
from offices.duties import Role  # noqa: E402
from tests.factories import SHANGHAI, make_case, make_register, make_user  # noqa: E402

AT = datetime(2026, 9, 8, 9, tzinfo=SHANGHAI)


def noise(width, height):
    """Return a picture that packs as badly as a photograph does."""
    small = Image.effect_noise((width // 6, height // 6), 60)
    return small.resize((width, height)).convert("RGB")


def photograph(width=3000, height=4000):
    """Return a JPEG as a telephone takes it."""
    kept = BytesIO()
    noise(width, height).save(kept, "JPEG", quality=88)
    return kept.getvalue()


def scan(pages):
    """Return a PDF of so many scanned pages, about 200 KB each."""
    kept = BytesIO()
    first, *others = [noise(1240, 1754) for _page in range(pages)]
    first.save(kept, "PDF", save_all=True, append_images=others, resolution=150)
    return kept.getvalue()


def letter(pages):
    """Return a Word document of so many pages."""
    document = Document()
    for page in range(pages):
        for line in range(15):
            document.add_paragraph(f"第{page + 1}页第{line + 1}行，样例文字，工资表。")
        if page + 1 < pages:
            document.add_page_break()
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def hand_in(proceeding, documents, pages):
    """Give the case *documents*: of eight one photograph, one sound, two letters, four scans."""
    plain = documents // 8 * 2 + documents % 8
    long = documents - plain
    each, more = divmod(pages - plain, long)
    picture = photograph()
    for number in range(documents):
        kind = number % 8
        length = each + (1 if more > 0 else 0)
        if kind == 0 or number >= documents // 8 * 8:
            name, content = "照片.jpg", picture
        elif kind == 1:
            name, content = "录音.mp3", b"ID3" + b"\0" * 20_000
        else:
            more -= 1
            name, content = (
                ("说明.docx", letter(length)) if kind < 4 else ("扫描.pdf", scan(length))
            )
        add_evidence(proceeding, file=ContentFile(content, name=f"{number}{name}"), at=AT)


def memory(name, *, forget=False):
    """Return a figure of this process's memory in MB; *forget* the peak before now (Linux)."""
    gc.collect()
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
    lines = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines[name].split()[0]) / 1024


def main(documents=60, pages=300):
    """Make the case, put its file together, print what it took."""
    call_command("load_law", verbosity=0)
    register = make_register()
    mediator = make_user("bench", "张敏", office=register.guta, role=Role.MEDIATOR)
    proceeding = make_case(register.guta, at=AT, by=mediator, handler=mediator)
    hand_in(proceeding, documents, pages)
    case, _rows, content = read_case(mediator, proceeding.case_id)
    row = assembling.ask(case, content, at=timezone.now(), by=mediator)
    before = memory("VmRSS", forget=True)
    start = time.perf_counter()
    assembling.carry_out(row, at=timezone.now())
    seconds = time.perf_counter() - start
    peak = memory("VmHWM")
    marks = PdfReader(row.file.open("rb")).outline if row.file else []
    print(f"{row.state} {row.problem}: {row.documents} documents, {row.pages} pages,")
    print(f"{row.size / 1e6:.1f} MB, {len(marks)} bookmarks at the top, {seconds:.1f} s,")
    print(f"memory {before:.0f} MB before, {peak:.0f} MB at the peak (without LibreOffice)")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            main(*numbers)
    finally:
        teardown_databases(made, verbosity=0)
