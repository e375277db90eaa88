"""What a file is, told by its content: a name or a header may lie."""

import zipfile

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain import hostile
from disputes.domain.refusals import Refusal

MOST_BYTES = 50 * 1024 * 1024
OOXML = "application/vnd.openxmlformats-officedocument."
WORD = OOXML + "wordprocessingml.document"
OFD = "application/ofd"
OLD_OFFICE = "application/msword"
OPENINGS = [
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
]
# By what lies in them, archives are documents.
MEMBERS = {
    "word/document.xml": WORD,
    "xl/workbook.xml": OOXML + "spreadsheetml.sheet",
    "ppt/presentation.xml": OOXML + "presentationml.presentation",
    "OFD.xml": OFD,
}
# How people call them: by the beginning of the media type.
NAMES = (
    ("application/pdf", "PDF"),
    ("image/", pgettext_lazy("kind of file", "image")),
    ("audio/", pgettext_lazy("kind of file", "sound")),
    ("video/", pgettext_lazy("kind of file", "film")),
    (OFD, "OFD"),
    ("", pgettext_lazy("kind of file", "office document")),
)
# What a browser may show by itself; everything else is only handed over for saving.
SHOWN_IN_PLACE = ("application/pdf", "image/", "audio/", "video/")
NOT_SHOWN = ("image/tiff", "image/heic")


class FileTooBig(Refusal):
    """The file is longer than fits."""

    sentence = _("The file is larger than 50 MB.")


class FileEmpty(Refusal):
    """The file has no content."""

    sentence = _("The file is empty.")


class FileUnknown(Refusal):
    """The content is of no kind that is accepted."""

    sentence = _(
        "By its content this is not a PDF, an image, an office document, OFD, a sound or a film; "
        "its name does not count."
    )


def content_type_of(file):
    """Return the media type of an open *file* by its content.

    Raises ``FileTooBig``, ``FileEmpty``, ``FileUnknown`` and the refusals of hostile files
    (``disputes.domain.hostile``).
    """
    if file.size > MOST_BYTES:
        raise FileTooBig
    return kind_of(file)


def kind_of(file):
    """Return the media type of an open *file* of any length; raises as ``content_type_of``."""
    if not file.size:
        raise FileEmpty
    file.seek(0)
    opening = file.read(64)
    found = _by_opening(opening) or _by_frame(opening) or _by_members(opening, file)
    if not found:
        raise FileUnknown
    hostile.check(file, found)
    file.seek(0)
    return found


def kind_of_opening(opening):
    """Return the media type that the first bytes of a file promise, "" when none is accepted.

    Of an archive more is known only when it is there whole: "application/zip".
    """
    if opening.startswith(b"PK\x03\x04"):
        return "application/zip"
    return _by_opening(opening) or _by_frame(opening)


def name_of(content_type):
    """Return how people call files of *content_type*."""
    return next(name for start, name in NAMES if content_type.startswith(start))


def is_shown_in_place(content_type):
    """Return whether a browser may show a file of *content_type* instead of saving it."""
    return content_type.startswith(SHOWN_IN_PLACE) and content_type not in NOT_SHOWN


def _by_opening(opening):
    return next((kind for start, kind in OPENINGS if opening.startswith(start)), "")


def _by_frame(opening):
    """Tell sound and film by their frames: MP4 and its kin, WAVE, bare MPEG audio."""
    if opening[4:8] == b"ftyp":
        if opening[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
            return "image/heic"
        return "audio/mp4" if opening[8:11] == b"M4A" else "video/mp4"
    if opening[:4] == b"RIFF" and opening[8:12] == b"WAVE":
        return "audio/wav"
    if opening[:4] == b"RIFF" and opening[8:12] == b"WEBP":
        return "image/webp"
    mpeg = opening[:1] == b"\xff" and opening[1:2] in (b"\xfb", b"\xf3", b"\xf2")
    return "audio/mpeg" if mpeg else ""


def _by_members(opening, file):
    """Tell documents that are zip archives by what lies in them."""
    if not opening.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return ""
    return next((kind for name, kind in MEMBERS.items() if name in names), "")
