"""Binding documents to one PDF: pages numbered through, bookmarks, nothing that acts."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    StreamObject,
)

from papers.domain.picturing import turn
from papers.refusals import ConversionFailed

FONT, SIZE = NameObject("/FxNumber"), 11
DIGIT = 0.556  # width of a figure, in parts of the size
RIGHT, TOP = 30, 26  # points from the edges: where archives number their pages
A4 = RectangleObject((0, 0, 595, 842))
# What a page may hold beside its text: it leads elsewhere, plays or carries something.
ACTING = {"/Link", "/FileAttachment", "/Movie", "/Screen", "/RichMedia", "/Sound", "/3D"}


@dataclass(frozen=True)
class Leaf:
    """One document to be bound: the part in which it stands, its title, the path of its PDF."""

    part: str
    title: str
    path: Path


def clean(source, target):
    """Write the pages of the PDF at path *source* to path *target* and return how many they are.

    What the document does, carries or is locked by does not come along, a damaged list of
    contents is mended. Raises ``ConversionFailed`` when there is nothing to read.
    """
    try:
        with turn:
            old = pypdfium2.PdfDocument(source)
            new = pypdfium2.PdfDocument.new()
            try:
                new.import_pages(old)
                new.save(target)
                count = len(new)
            finally:
                new.close()
                old.close()
    except (pypdfium2.PdfiumError, OSError) as error:
        raise ConversionFailed from error
    if not count:
        raise ConversionFailed
    return count


def bind(target, *, front, leaves, title, front_title, told=None):
    """Write one PDF to path *target*: the document *front*, then *leaves*, numbered from 1.

    Bookmarks follow the parts. *told* is called with the number of leaves bound so far. Returns
    the number of pages, those in front included.
    """
    writer = PdfWriter()
    font = writer._add_object(_font())
    for page in PdfReader(front).pages:
        writer.add_page(page)
    writer.add_outline_item(title=front_title, page_number=0)
    number, part, mark = 0, None, None
    for done, leaf in enumerate(leaves, 1):
        first = len(writer.pages)
        number = _append(writer, leaf, number, font)
        if leaf.part != part:
            part, mark = (
                leaf.part,
                writer.add_outline_item(title=leaf.part, page_number=first, bold=True),
            )
        writer.add_outline_item(title=leaf.title, page_number=first, parent=mark)
        if told:
            told(done)
    writer.add_metadata({"/Title": title, "/Producer": "", "/Creator": ""})
    writer.page_mode = "/UseOutlines"
    with target.open("wb") as file:
        writer.write(file)
    return len(writer.pages)


def _append(writer, leaf, number, font):
    try:
        reader = PdfReader(leaf.path)
        for page in reader.pages:
            number += 1
            _quiet(page)
            _stamp(writer, writer.add_page(page), number, font)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ConversionFailed from error
    return number


def _quiet(page):
    """Take from *page* what acts by itself or on a click."""
    page.pop("/AA", None)
    kept = ArrayObject()
    for one in page.get("/Annots", ()) or ():
        note = one.get_object()
        if note.get("/Subtype") in ACTING:
            continue
        for name in ("/A", "/AA"):
            note.pop(name, None)
        kept.append(one)
    page.pop("/Annots", None)
    if kept:
        page[NameObject("/Annots")] = kept


def _stamp(writer, page, number, font):
    """Write *number* at the top right of *page*, as it is looked at."""
    if "/MediaBox" not in page:
        page[NameObject("/MediaBox")] = A4
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
    fonts[FONT] = font
    before, after = StreamObject(), StreamObject()
    before.set_data(b"q\n")
    after.set_data(_drawn(page, str(number)))
    contents = ArrayObject([writer._add_object(before), *_contents(page)])
    contents.append(writer._add_object(after))
    page[NameObject("/Contents")] = contents


def _contents(page):
    if "/Contents" not in page:
        return []
    held = page.raw_get("/Contents")
    if isinstance(held.get_object(), ArrayObject):
        return list(held.get_object())
    return [held]


def _drawn(page, text):
    """Return the drawing of *text*, upright however the page is turned."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    angle = int(page.get("/Rotate", 0) or 0) % 360
    wide, high = right - left, top - bottom
    if angle in (90, 270):
        wide, high = high, wide
    across, up = wide - RIGHT - len(text) * DIGIT * SIZE, high - TOP
    turned = {
        90: (0, 1, -1, 0, right - up, bottom + across),
        180: (-1, 0, 0, -1, right - across, top - up),
        270: (0, -1, 1, 0, left + up, top - across),
    }
    matrix = turned.get(angle, (1, 0, 0, 1, left + across, bottom + up))
    words = " ".join(str(FloatObject(round(each, 2))) for each in matrix)
    return f"\nQ\nq {words} cm BT {FONT} {SIZE} Tf 0 g ({text}) Tj ET Q\n".encode()


def _font():
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
