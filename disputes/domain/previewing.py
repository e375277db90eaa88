"""How a material is shown in a page: as pictures, played, or not at all."""

from io import BytesIO

from PIL import Image, ImageOps

from papers.domain.picturing import count_pages, draw_page, turn
from papers.refusals import ConversionFailed

PICTURE, SOUND, FILM, NOTHING = "picture", "sound", "film", ""
# What every browser since Chromium 86 plays by itself.
PLAYED = {"audio/mpeg": SOUND, "audio/mp4": SOUND, "audio/wav": SOUND, "video/mp4": FILM}
PDF = "application/pdf"
MOST_SIDE = 1800  # dots: more than any screen shows
BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def way_of(file, kind):
    """Return how the open *file* of the media type *kind* is shown, and how many pages it has.

    One of PICTURE, SOUND, FILM and NOTHING; pages are 0 where there are none to show.
    """
    if kind == PDF or kind.startswith("image/"):
        pages = _count(file, kind)
        return (PICTURE, pages) if pages else (NOTHING, 0)
    return PLAYED.get(kind, NOTHING), 0


def draw(file, kind, number):
    """Return page *number* (from 1) of the open *file* as (bytes, media type), None for none.

    Raises ``ConversionFailed`` when it cannot be read.
    """
    if kind == PDF:
        found = draw_page(file, number)
        return found and (found, "image/png")
    if not kind.startswith("image/"):
        return None
    return _scale(file, number)


def _count(file, kind):
    try:
        if kind == PDF:
            return count_pages(file)
        with Image.open(file) as picture:
            # The frames of a moving picture are not pages.
            return getattr(picture, "n_frames", 1) if kind == "image/tiff" else 1
    except (ConversionFailed, *BROKEN):
        return 0


def _scale(file, number):
    try:
        with turn, Image.open(file) as picture:
            if number > (getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1):
                return None
            if picture.format == "TIFF":
                picture.seek(number - 1)
            picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
            picture.thumbnail((MOST_SIDE, MOST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            page = Image.new("RGB", upright.size, "white")
            page.paste(upright, mask=upright)
    except BROKEN as error:
        raise ConversionFailed from error
    kept = BytesIO()
    page.save(kept, "JPEG", quality=85)
    return kept.getvalue(), "image/jpeg"
