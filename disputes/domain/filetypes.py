"""What a file is, told by its content: a name or a header may lie."""

import zipfile

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal

MOST_BYTES = 50 * 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
OPENINGS = [
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
]
# A zip whose list of contents is longer than this is no document of ours.
MOST_MEMBERS = 5000
# What a browser may show by itself; everything else is only handed over for saving.
SHOWN_IN_PLACE = ("application/pdf", "image/", "audio/", "video/")


class FileTooBig(Refusal):
    """The file is longer than fits."""

    sentence = _("The file is larger than 50 MB.")


class FileEmpty(Refusal):
    """The file has no content."""

    sentence = _("The file is empty.")


class FileUnknown(Refusal):
    """The content is of no kind that is accepted."""

    sentence = _(
        "By its content this is not a PDF, an image, a Word document, a sound or a film; "
        "its name does not count."
    )


def content_type_of(file):
    """Return the media type of an open *file* by its content.

    Raises ``FileTooBig``, ``FileEmpty`` or ``FileUnknown``.
    """
    if file.size > MOST_BYTES:
        raise FileTooBig
    if not file.size:
        raise FileEmpty
    file.seek(0)
    opening = file.read(64)
    file.seek(0)
    found = _by_opening(opening) or _by_frame(opening) or _by_members(opening, file)
    file.seek(0)
    if not found:
        raise FileUnknown
    return found


def is_shown_in_place(content_type):
    """Return whether a browser may show a file of *content_type* instead of saving it."""
    return content_type.startswith(SHOWN_IN_PLACE)


def _by_opening(opening):
    return next((kind for start, kind in OPENINGS if opening.startswith(start)), "")


def _by_frame(opening):
    """Tell sound and film by their frames: MP4 and its kin, WAVE, bare MPEG audio."""
    if opening[4:8] == b"ftyp":
        return "audio/mp4" if opening[8:11] == b"M4A" else "video/mp4"
    if opening[:4] == b"RIFF" and opening[8:12] == b"WAVE":
        return "audio/wav"
    mpeg = opening[:1] == b"\xff" and opening[1:2] in (b"\xfb", b"\xf3", b"\xf2")
    return "audio/mpeg" if mpeg else ""


def _by_members(opening, file):
    """Tell documents that are zip archives by what lies in them."""
    if not opening.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return ""
    if len(names) > MOST_MEMBERS:
        return ""
    if "word/document.xml" in names:
        return WORD
    return OFD if "OFD.xml" in names else ""
