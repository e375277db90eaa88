"""From .docx to PDF, by LibreOffice without a screen."""

import os
import queue
import shutil
import signal
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from papers.domain.sheaves import bind, cut
from papers.refusals import ConversionFailed, NoOffice

PROGRAMS = ("soffice", "libreoffice")
FIRST, EACH = 60, 3  # seconds that a call may take, and each file more
BATCH = 20  # documents of others per call
FEW, SHEAF = 3, 100  # alike papers in one document
FONTS = Path(__file__).parents[1] / "data" / "fonts.conf"
# Two at one profile refuse each other: each that runs takes one of these few, or waits for it.
SLOTS = max(1, min(2, os.cpu_count() or 1))
_slots = queue.SimpleQueue()
for _number in range(SLOTS):
    _slots.put(_number)
_profiles = {}


def has_office():
    """Return whether PDF can be made on this machine."""
    return _program() is not None


def to_pdf(documents):
    """Return the PDF bytes of each of the .docx bytes *documents*, in one call of LibreOffice.

    Raises ``NoOffice`` where it is not installed, ``ConversionFailed`` when it gives nothing or
    takes too long.
    """
    program = _program()
    if program is None:
        raise NoOffice
    if not documents:
        return []
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        paths = [Path(folder, f"{number:05d}.docx") for number in range(len(documents))]
        for path, content in zip(paths, documents, strict=True):
            path.write_bytes(content)
        _call(program, folder, paths, "pdf:writer_pdf_Export")
        try:
            return [path.with_suffix(".pdf").read_bytes() for path in paths]
        except FileNotFoundError as error:
            raise ConversionFailed from error


def to_pdfs(documents):
    """Return what ``to_pdf`` does; papers of one page that are alike go through as one document."""
    found = _by_sheaves(documents)
    rest = [place for place, pdf in enumerate(found) if pdf is None]
    made = _side_by_side([documents[place] for place in rest])
    for place, pdf in zip(rest, made, strict=True):
        found[place] = pdf
    return found


def _by_sheaves(documents):
    """Return a PDF for each of *documents* that is one page like the others, None for the rest."""
    size = max(FEW, min(SHEAF, -(-len(documents) // SLOTS)))
    sheaves = [documents[start : start + size] for start in range(0, len(documents), size)]
    whole = [bind(sheaf) if len(sheaf) >= FEW else None for sheaf in sheaves]
    pdfs = iter(_side_by_side([content for content in whole if content]))
    found = []
    for sheaf, content in zip(sheaves, whole, strict=True):
        pages = cut(next(pdfs), len(sheaf)) if content else None
        found += pages or [None] * len(sheaf)
    return found


def _side_by_side(documents):
    """Return what ``to_pdf`` does, by as many calls as the machine carries at once."""
    size = -(-len(documents) // SLOTS)
    parts = [documents[start : start + size] for start in range(0, len(documents), size or 1)]
    if len(parts) < 2:
        return to_pdf(documents)
    with ThreadPoolExecutor(SLOTS) as pool:
        return [pdf for pdfs in pool.map(to_pdf, parts) for pdf in pdfs]


def files_to_pdf(paths):
    """Turn the office documents at *paths*, all in one folder, into PDFs beside them.

    Returns those paths of *paths* that became one: a broken document does not spoil the others.
    Raises ``NoOffice`` where LibreOffice is not installed.
    """
    program = _program()
    if program is None:
        raise NoOffice
    paths = list(paths)
    for start in range(0, len(paths), BATCH):
        some = paths[start : start + BATCH]
        try:
            _call(program, some[0].parent, some, "pdf")
        except ConversionFailed:
            # One of them kept the program busy for ever: what is done is done.
            continue
    return [path for path in paths if path.with_suffix(".pdf").exists()]


def _program():
    return os.environ.get("SOFFICE") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def _call(program, folder, paths, form):
    slot = _slots.get()
    try:
        _run(program, slot, folder, paths, form)
    finally:
        _slots.put(slot)


def _run(program, slot, folder, paths, form):
    command = [
        program,
        f"-env:UserInstallation={_profile(slot).as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", form, "--outdir", str(folder)),
        *map(str, paths),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )
    try:
        process.wait(FIRST + EACH * len(paths))
    except subprocess.TimeoutExpired as error:
        # The program starts a second one: end both.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise ConversionFailed from error


def _profile(slot):
    """Return the folder of a profile that nobody else uses: this process's, for *slot*."""
    key = (os.getpid(), slot)
    if key not in _profiles:
        _profiles[key] = tempfile.TemporaryDirectory(prefix="papers-profile-")
    return Path(_profiles[key].name)
