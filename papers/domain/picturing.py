"""Pages of a PDF as pictures, so that any browser shows them without a plug-in."""

import threading
from io import BytesIO

import pypdfium2

from papers.refusals import ConversionFailed

SCALE = 110 / 72  # dots per inch over points
# No page fills the memory, however large it says it is: at most so many dots a side.
MOST_SIDE = 2400
# The library underneath is not made for several threads at once.
turn = threading.Lock()


def count_pages(pdf):
    """Return how many pages *pdf*, bytes or an open file, has. Raises ``ConversionFailed``."""
    with turn:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def draw_page(pdf, number):
    """Return page *number* (from 1) of *pdf*, bytes or an open file, as PNG; None for no page.

    Raises ``ConversionFailed`` when this is no PDF.
    """
    with turn:
        document = _open(pdf)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            scale = min(SCALE, MOST_SIDE / max(*page.get_size(), 1))
            picture = page.render(scale=scale).to_pil()
        finally:
            document.close()
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=False)
    return kept.getvalue()


def _open(pdf):
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ConversionFailed from error
