"""Pages of a document as pictures: a PDF is drawn here, so that the browser needs no script."""

import struct
import zlib

import pypdfium2

PDF = "application/pdf"
# Dots per point of a page: about 108 dots per inch, enough to read on a screen.
SCALE = 1.5
TURNS = (0, 90, 180, 270)


class Unreadable(Exception):
    """The file is no PDF that can be drawn."""


def count_pages(material):
    """Return how many pages *material* has: those of a PDF, else one."""
    if material.content_type != PDF:
        return 1
    document = _open(material)
    try:
        return max(len(document), 1)
    finally:
        document.close()


def draw_page(material, page, *, turn=0):
    """Return page *page* (from 1) of the PDF *material* as PNG, turned by *turn* degrees.

    Raises ``Unreadable`` when there is no such page or it cannot be drawn.
    """
    document = _open(material)
    try:
        if not 1 <= page <= len(document):
            raise Unreadable
        drawn = document[page - 1].render(scale=SCALE, rotation=turn, rev_byteorder=True)
        return write_png(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
    except pypdfium2.PdfiumError as error:
        raise Unreadable from error
    finally:
        document.close()


def write_png(width, height, stride, pixels):
    """Return a PNG of *pixels*: rows of *stride* bytes, three per dot, red first."""
    rows = b"".join(
        b"\x00" + pixels[row * stride : row * stride + width * 3] for row in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(kind, data):
    checked = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)


def _open(material):
    try:
        with material.file.open("rb") as file:
            return pypdfium2.PdfDocument(file.read())
    except (pypdfium2.PdfiumError, OSError) as error:
        raise Unreadable from error
