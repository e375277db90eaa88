"""Files that somebody might hand in to do harm, and honest ones that look like them."""

import zipfile
from io import BytesIO

from pypdf import PdfWriter

from papers.layouts import built_in
from tests.papers.documents import bomb, rewritten

DOCX = built_in("withdrawal")
OUTSIDE = (
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://example.org/x" TargetMode="External"/>'
    b"</Relationships>"
)


def linked(name, data):
    if name == "word/_rels/document.xml.rels":
        return data.replace(b"</Relationships>", OUTSIDE)
    return data


def pdf(password=""):
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def archive(**members):
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def huge_png(width=40_000, height=40_000):
    """Return the head of a PNG that says it has 1.6 thousand million dots."""
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\x04IDAT1234" + b"\0" * 4


def old_word(*streams):
    names = b"".join(name.encode("utf-16-le") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + names


HOSTILE = {
    "a program named .pdf": ("工资条.pdf", b"MZ\x90\x00 a program", "FileUnknown"),
    "a program of Linux": ("照片.jpg", b"\x7fELF\x02\x01", "FileUnknown"),
    "an installer named .doc": ("说明.doc", old_word("Binary.x"), "NoDocument"),
    "a page named .png": ("照片.png", b"<html><script>x</script>", "FileUnknown"),
    "a drawing with a script": ("照片.svg", b"<svg onload='x'/>", "FileUnknown"),
    "an archive": ("材料.zip", archive(readme="x"), "FileUnknown"),
    "a cut document": ("说明.docx", DOCX[:3000], "FileUnknown"),
    "a bomb": ("说明.docx", bomb(), "FileSwells"),
    "macros": (
        "说明.docx", rewritten(DOCX, add={"word/vbaProject.bin": b"x"}), "FileActs",
    ),
    "macros of old": ("说明.doc", old_word("WordDocument", "_VBA_PROJECT"), "FileActs"),
    "a program in it": ("表.docx", rewritten(DOCX, add={"word/a.exe": b"MZ"}), "FileActs"),
    "a template outside": ("说明.docx", rewritten(DOCX, linked), "FileActs"),
    "paths that lead out": (
        "说明.docx", rewritten(DOCX, add={"../../etc/cron.d/x": b"x"}), "NoDocument",
    ),
    "a picture with an archive behind": (
        "照片.jpg", b"\xff\xd8\xff\xe0" + b"0" * 99 + archive(a="x"), "FileTwoThings",
    ),
    "a PDF with an archive behind": ("合同.pdf", pdf() + archive(a="x"), "FileTwoThings"),
    "a locked PDF": ("合同.pdf", pdf("secret"), "FileLocked"),
    "a picture of endless dots": ("照片.png", huge_png(), "PictureTooBig"),
    "nothing": ("照片.png", b"", "FileEmpty"),
}  # fmt: skip
HONEST = {
    "合同.pdf": (pdf(), "application/pdf"),
    "说明.docx": (DOCX, "wordprocessingml.document"),
    "表.xlsx": (archive(**{"xl__workbook.xml": "<x/>"}), "spreadsheetml.sheet"),
    "旧表.xls": (old_word("Workbook"), "application/msword"),
    "版式.ofd": (archive(**{"OFD.xml": "<x/>"}), "application/ofd"),
    "照片.webp": (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    "照片.heic": (b"\0\0\0\x18ftypheic", "image/heic"),
    "录像.mp4": (b"\0\0\0\x18ftypisom", "video/mp4"),
}
