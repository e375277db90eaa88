"""PDF files and pictures for tests: blank, as many pages as wanted."""

import io
import struct
import zlib

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def make_pdf(pages, name="劳动合同.pdf"):
    """Return an uploaded PDF of *pages* blank pages."""
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(pages):
        document.new_page(595, 842)
    document.save(written)
    return SimpleUploadedFile(name, written.getvalue(), "application/pdf")


def make_picture(name="收据.png"):
    """Return an uploaded picture, all white."""
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


def size_of(png):
    """Return (width, height) of a PNG whose picture data are whole."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    at = png.index(b"IDAT")
    length = struct.unpack(">I", png[at - 4 : at])[0]
    assert len(zlib.decompress(png[at + 4 : at + 4 + length])) == height * (width * 3 + 1)
    return width, height
