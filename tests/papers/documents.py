"""Word documents for tests, good and bad."""

import zipfile
from io import BytesIO

from docx import Document

from papers.layouts import built_in


def with_text(*paragraphs):
    """Return a plain .docx with these *paragraphs* as bytes."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document):
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def text_of(content):
    """Return all text of the .docx bytes *content*: body, tables, headers and footers."""
    document = Document(BytesIO(content))
    words = [one.text for one in document.element.body.iter() if one.tag.endswith("}t")]
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer):
            words += [one.text for one in part._element.iter() if one.tag.endswith("}t")]
    return "".join(word or "" for word in words)


def rewritten(content, change=None, add=None):
    """Return the archive *content* with {name: bytes} *add*, members passed through *change*."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(name, data) if change else data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return kept.getvalue()


def bomb():
    """Return a small .docx whose members unpack to 60 MB."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(built_in("withdrawal"))) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/big.xml", b"0" * 60 * 1024 * 1024)
    return kept.getvalue()
