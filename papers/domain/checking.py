"""A template that somebody uploads: what is in it before anything is done with it."""

import zipfile
from io import BytesIO

from papers.refusals import DocumentActs, DocumentTooBig, NotADocument

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_MEMBERS = 500
# What makes a document do something, or brings in something from elsewhere.
ACTING_MEMBERS = ("vbaproject", "activex", "/embeddings/", "oleobject", "macrosheets")
ACTING_TYPES = (b"macroEnabled", b"vbaProject", b"activeX", b"oleObject")


def check_document(content):
    """Raise the refusal that speaks against the .docx bytes *content*, if any.

    Nothing is unpacked before its size is known: an archive that swells is refused by what it
    declares, and by what really comes out of it.
    """
    if len(content) > MOST_BYTES:
        raise DocumentTooBig
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_members(archive)
            _check_types(archive)
            _check_links(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, EOFError) as error:
        raise NotADocument from error
    except RuntimeError as error:  # encrypted members
        raise NotADocument from error


def _check_members(archive):
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise DocumentTooBig
    names = [one.filename for one in members]
    if "word/document.xml" not in names or any(_leads_out(name) for name in names):
        raise NotADocument
    if any(sign in f"/{name.lower()}" for name in names for sign in ACTING_MEMBERS):
        raise DocumentActs


def _leads_out(name):
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _check_types(archive):
    types = _read(archive, "[Content_Types].xml")
    if any(sign in types for sign in ACTING_TYPES):
        raise DocumentActs
    if b"<!DOCTYPE" in types or b"<!ENTITY" in types:
        raise NotADocument


def _check_links(archive):
    """Refuse links to pictures, templates and objects outside; a web address in the text may be."""
    for member in archive.infolist():
        if not member.filename.endswith((".rels", ".xml")):
            continue
        text = _read(archive, member.filename)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise NotADocument
        if member.filename.endswith(".rels"):
            outside = text.count(b'TargetMode="External"')
            if outside > text.count(b"/relationships/hyperlink"):
                raise DocumentActs


def _read(archive, name):
    """Return a member's bytes, not more than it may have: a lying header is found out here."""
    with archive.open(name) as member:
        text = member.read(MOST_UNPACKED + 1)
    if len(text) > MOST_UNPACKED:
        raise DocumentTooBig
    return text
