"""From the pieces of a file to PDFs that can be bound; what cannot be one gets a sheet."""

import shutil
from dataclasses import dataclass
from pathlib import Path, PurePath

from disputes.dossiers import PDF, WORD, Piece
from papers.domain.binding import clean
from papers.domain.converting import files_to_pdf
from papers.domain.fitting import pictures_to_pdf
from papers.refusals import ConversionFailed

OFFICE = {
    WORD: ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/msword": ".doc",
}
OLD = (".doc", ".xls", ".ppt", ".wps")


@dataclass
class Ready:
    """A piece on its way into the file: where its PDF lies, how many pages it has.

    Without a path it gets a sheet that says *why* it is not bound.
    """

    piece: Piece
    path: Path | None = None
    pages: int = 1
    why: str = ""


def prepare(pieces, *, folder, told):
    """Return a ``Ready`` per piece of *pieces*, in their order, with the PDFs in *folder*.

    *told* is called after each piece. Raises ``NoOffice`` where LibreOffice is not installed and
    some piece needs it.
    """
    ready = [Ready(piece) for piece in pieces]
    copied = [_copy(row, folder / f"{n:05d}", told) for n, row in enumerate(ready)]
    office = [path for path in copied if path and path.suffix in {*OFFICE.values(), *OLD}]
    made = set(files_to_pdf(office)) if office else set()
    for row, path in zip(ready, copied, strict=True):
        if path is not None:
            _make(row, path, made)
        told()
    return ready


def _copy(row, stem, told):
    """Bring the bytes of a piece into the folder and return where they lie, None for no bytes."""
    kind = row.piece.content_type
    told()
    if kind != PDF and kind not in OFFICE and not kind.startswith("image/"):
        row.why = "此件为录音、录像或电子版式文件，原件存于系统，不能印入本卷。"
        return None
    path = stem.with_suffix(_suffix(row.piece))
    try:
        with row.piece.open() as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except OSError:
        row.why = "此件的原件未能读取，请与管理员联系。"
        return None
    return path


def _suffix(piece):
    if piece.content_type == "application/msword":
        known = PurePath(piece.name).suffix.lower()
        return known if known in OLD else ".doc"
    return OFFICE.get(piece.content_type) or (".in" if piece.content_type == PDF else ".picture")


def _make(row, path, made):
    target = path.with_suffix(".bound")
    try:
        if path.suffix == ".picture":
            pictures_to_pdf(path, path.with_suffix(".pdf"))
            row.pages = clean(path.with_suffix(".pdf"), target)
        elif path.suffix == ".in":
            row.pages = clean(path, target)
        elif path in made:
            row.pages = clean(path.with_suffix(".pdf"), target)
        else:
            raise ConversionFailed
    except ConversionFailed:
        row.why = "此件加密、损坏或者不能转换为页面，原件存于系统，未印入本卷。"
    else:
        row.path = target
    finally:
        path.unlink(missing_ok=True)
        path.with_suffix(".pdf").unlink(missing_ok=True)
