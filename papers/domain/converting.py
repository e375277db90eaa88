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
        names = [f"{number:05d}" for number in range(len(documents))]
        for name, content in zip(names, documents, strict=True):
            Path(folder, f"{name}.docx").write_bytes(content)
        _call(program, folder, names)
        try:
            return [Path(folder, f"{name}.pdf").read_bytes() for name in names]
        except FileNotFoundError as error:
            raise ConversionFailed from error


def _program():
    return os.environ.get("SOFFICE") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def _call(program, folder, names):
    command = [
        program,
        f"-env:UserInstallation={_profile().as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", folder),
        *(str(Path(folder, f"{name}.docx")) for name in names),
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
        process.wait(FIRST + EACH * len(names))
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
