"""Files that would do harm: what swells, acts, is locked, or is two things at once."""

import zipfile

import pypdfium2
from django.utils.translation import gettext_lazy as _
from PIL import Image

from disputes.domain.refusals import Refusal
from papers.domain.picturing import turn

# An archive unpacked: no document of a dispute has more.
MOST_UNPACKED = 500 * 1024 * 1024
MOST_MEMBERS = 5000
MOST_RATIO = 200
SMALL = 10 * 1024 * 1024
MOST_PIXELS = 120_000_000
OLD_STREAMS = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
MACROS = ("vbaproject", "macrosheets", "activex/")
BROKEN = (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError)


class FileSwells(Refusal):
    """A few bytes that unpack to very many."""

    sentence = _("Unpacked, this file would be far larger than any document. It is not accepted.")


class FileActs(Refusal):
    """It holds programs, or fetches something from elsewhere."""

    sentence = _(
        "This document holds macros, programs or links that fetch outside files. Save it without "
        "them, or as PDF."
    )


class FileLocked(Refusal):
    """Nobody can open it without a password."""

    sentence = _("This PDF is locked with a password. Save it without one and choose it again.")


class FileTwoThings(Refusal):
    """One kind of file in front, another behind it."""

    sentence = _("Behind this file another one is hidden. Save it again, and choose the new file.")


class PictureTooBig(Refusal):
    """More dots than any camera takes."""

    sentence = _("This image has more than 120 million dots. Save it smaller.")


class NoDocument(Refusal):
    """It looks like an office document, and none is in it."""

    sentence = _("This is not a readable office document. Save it again in Word, Excel or WPS.")


def check(file, kind):
    """Raise the refusal that speaks against the open *file* of the media type *kind*, if any."""
    if kind.startswith("application/vnd.") or kind == "application/ofd":
        _check_archive(file)
    elif kind == "application/msword":
        _check_old(file)
    else:
        _check_tail(file)
    if kind == "application/pdf":
        _check_lock(file)
    if kind.startswith("image/"):
        _check_dots(file)


def _check_archive(file):
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members)
            for one in members:
                if one.filename.endswith(".rels"):
                    _check_links(archive.read(one))
    except BROKEN as error:
        raise NoDocument from error


def _check_members(members):
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) or 1
    swells = unpacked > SMALL and unpacked / packed > MOST_RATIO
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swells:
        raise FileSwells
    names = [one.filename.replace("\\", "/").lower() for one in members]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise NoDocument
    if any(sign in name for name in names for sign in MACROS):
        raise FileActs
    if any(name.endswith((".exe", ".dll", ".bat", ".js", ".vbs", ".lnk")) for name in names):
        raise FileActs


def _check_links(relations):
    outside = relations.count(b'TargetMode="External"')
    if outside > relations.count(b"/relationships/hyperlink"):
        raise FileActs


def _check_old(file):
    file.seek(0)
    content = file.read()
    if not any(name.encode("utf-16-le") in content for name in OLD_STREAMS):
        raise NoDocument
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise FileActs


def _check_tail(file):
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise FileTwoThings


def _check_lock(file):
    file.seek(0)
    try:
        with turn:
            pypdfium2.PdfDocument(file).close()
    except pypdfium2.PdfiumError as error:
        # A damaged PDF is still what somebody handed in; a locked one nobody can read.
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise FileLocked from error


def _check_dots(file):
    file.seek(0)
    try:
        with Image.open(file) as picture:
            too_big = picture.width * picture.height > MOST_PIXELS
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooBig from error
    except (OSError, ValueError, SyntaxError):
        return
    if too_big:
        raise PictureTooBig
