"""From .docx to PDF, by LibreOffice without a screen."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from papers.refusals import ConversionFailed, NoOffice

PROGRAMS = ("soffice", "libreoffice")
FIRST, EACH = 60, 3  # seconds that a call may take, and each file more
BATCH = 20  # documents of others per call
FONTS = Path(__file__).parents[1] / "data" / "fonts.conf"
# Several at once would share a profile; in one process they wait for each other.
_turn = threading.Lock()
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
    with _turn, tempfile.TemporaryDirectory(prefix="papers-") as folder:
        paths = [Path(folder, f"{number:05d}.docx") for number in range(len(documents))]
        for path, content in zip(paths, documents, strict=True):
            path.write_bytes(content)
        _call(program, folder, paths, "pdf:writer_pdf_Export")
        try:
            return [path.with_suffix(".pdf").read_bytes() for path in paths]
        except FileNotFoundError as error:
            raise ConversionFailed from error


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
        with _turn:
            try:
                _call(program, some[0].parent, some, "pdf")
            except ConversionFailed:
                # One of them kept the program busy for ever: what is done is done.
                continue
    return [path for path in paths if path.with_suffix(".pdf").exists()]


def _program():
    return os.environ.get("SOFFICE") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def _call(program, folder, paths, form):
    command = [
        program,
        f"-env:UserInstallation={_profile().as_uri()}",
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


def _profile():
    """Return the folder of this process's own profile: two at one profile refuse each other."""
    pid = os.getpid()
    if pid not in _profiles:
        _profiles[pid] = tempfile.TemporaryDirectory(prefix="papers-profile-")
    return Path(_profiles[pid].name)
