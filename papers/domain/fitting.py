"""Pictures on pages: a photograph or a scan fitted on A4, as a small PDF."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from papers.refusals import ConversionFailed

A4 = (595, 842)  # points
MARGIN = 36  # points
# What an A4 page can show at 200 dots per inch.
MOST_DOTS = (1654, 2339)
MOST_PIXELS = 120_000_000
MOST_FRAMES = 200
QUALITY = 82
BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError,
    EOFError, MemoryError,
)  # fmt: skip


def pictures_to_pdf(source, target):
    """Write the picture at path *source* as PDF to path *target*, a page per frame of it.

    Raises ``ConversionFailed`` when it cannot be read or has more dots than any scan has.
    """
    try:
        with Image.open(source) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ConversionFailed
            frames = min(getattr(picture, "n_frames", 1), MOST_FRAMES)
            # Only scans have pages; a moving picture is shown by its first.
            frames = frames if picture.format == "TIFF" else 1
            target.write_bytes(_write(_shrink(picture, number) for number in range(frames)))
    except BROKEN as error:
        raise ConversionFailed from error


def _shrink(picture, number):
    """Return (JPEG bytes, width, height) of a frame, no finer than a page shows."""
    if number or picture.format == "TIFF":
        picture.seek(number)
    picture.draft("RGB", MOST_DOTS)  # a JPEG is decoded no larger than needed
    frame = ImageOps.exif_transpose(picture)
    most = MOST_DOTS if frame.height >= frame.width else MOST_DOTS[::-1]
    frame = _on_white(frame)
    frame.thumbnail(most)
    kept = BytesIO()
    frame.save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue(), frame.width, frame.height


def _on_white(frame):
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        ground = Image.new("RGBA", frame.size, "white")
        ground.alpha_composite(frame)
        frame = ground
    return frame.convert("RGB")


def _write(pictures):
    """Return a PDF with a page for each of *pictures*: (JPEG bytes, width, height)."""
    bodies, pages = [b"", b""], []
    for jpeg, width, height in pictures:
        page = len(bodies) + 1
        pages.append(page)
        bodies += _page(page, jpeg, width, height)
    kids = " ".join(f"{page} 0 R" for page in pages)
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    bodies[1] = f"<< /Type /Pages /Kids [ {kids} ] /Count {len(pages)} >>".encode()
    return _with_table(bodies)


def _page(number, jpeg, width, height):
    """Return the three objects of a page: itself, what is drawn, the picture."""
    across, down = A4 if height >= width else A4[::-1]
    scale = min((across - 2 * MARGIN) / width, (down - 2 * MARGIN) / height)
    wide, high = width * scale, height * scale
    drawn = f"q {wide:.2f} 0 0 {high:.2f} {(across - wide) / 2:.2f} {(down - high) / 2:.2f} cm"
    drawn = f"{drawn} /P Do Q".encode()
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
    )
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {across} {down} ]"
        f" /Contents {number + 1} 0 R /Resources << /XObject << /P {number + 2} 0 R >> >> >>"
    )
    contents = f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream"
    return [page.encode(), contents, head.encode() + jpeg + b"\nendstream"]


def _with_table(bodies):
    """Return the objects *bodies* as a file, with the table that says where each begins."""
    kept, places = BytesIO(), []
    kept.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for number, body in enumerate(bodies, 1):
        places.append(kept.tell())
        kept.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = kept.tell()
    kept.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    kept.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    kept.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1))
    kept.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return kept.getvalue()
