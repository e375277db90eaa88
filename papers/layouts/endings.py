"""How papers end: who signs where, the place of the seal, the day."""

from dataclasses import dataclass

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from papers.layouts.page import (
    WIDTH,
    Align,
    add_paragraph,
    keep_last_with_next,
    keep_whole,
    set_widths,
    widen,
)

DAY = "年　　月　　日"
SEAL = "印章"
HALVES = (WIDTH / 2, WIDTH / 2)


@dataclass(frozen=True)
class Signatures:
    """Places for signatures, one under the other, with the day beside each."""

    who: tuple

    def write(self, document):
        # Nobody signs a page on which nothing else stands.
        keep_last_with_next(document)
        for label in self.who:
            paragraph = add_paragraph(document, f"{label}：\t{DAY}", indent=False)
            paragraph.paragraph_format.space_before = Pt(12)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(108))


@dataclass(frozen=True)
class Seal:
    """Who issues the paper, the place of the seal, and the day."""

    who: str = "{{ 机构名称 }}"
    day: str = "{{ 制作日期 }}"

    def write(self, document):
        # A seal never stands on a page of its own.
        keep_last_with_next(document)
        for text, above in ((self.who, 24), ("（印章）", 0), (self.day, 0)):
            paragraph = add_paragraph(document, text, indent=False, align=Align.RIGHT)
            paragraph.paragraph_format.right_indent = Mm(14)
            paragraph.paragraph_format.space_before = Pt(above)
            paragraph.paragraph_format.keep_with_next = text != self.day


@dataclass(frozen=True)
class Sign:
    """Two places beside each other where somebody signs; ``SEAL`` is the place of the seal.

    *when* is a condition, or "项 in" a list for a row per item of it.
    """

    left: str
    right: str = ""
    when: str = ""


@dataclass(frozen=True)
class Signing:
    """Where all sign and seal, two beside each other, on the page of the last words before."""

    rows: tuple

    def write(self, document):
        keep_last_with_next(document)
        table = document.add_table(rows=0, cols=2)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        set_widths(table, HALVES)
        for row in self.rows:
            _write_row(table, row)
        for row in table.rows:
            widen(row.cells, HALVES)
            keep_whole(row)
        for row in table.rows[:-1]:
            _keep_with_next(row)


def _write_row(table, row):
    word = "for" if row.when.startswith("项 in") else "if"
    if row.when:
        table.add_row().cells[0].text = f"{{%tr {word} {row.when} %}}"
    cells = table.add_row().cells
    if word == "for":
        # The name of a firm wants the whole line.
        cells[0].merge(cells[1])
    for cell, label in zip(cells, (row.left, row.right), strict=True):
        _write_place(cell, label)
    if row.when:
        table.add_row().cells[0].text = f"{{%tr end{word} %}}"


def _write_place(cell, label):
    """Write who signs into *cell*, with room for a name and the day below."""
    if not label:
        return
    sealed = label == SEAL
    lines = ("{{ 机构名称 }}", "（印章）", "{{ 制作日期 }}") if sealed else (f"{label}：", DAY)
    align = Align.CENTER if sealed else None
    for place, text in enumerate(lines):
        paragraph = add_paragraph(cell, text, indent=False, align=align)
        paragraph.paragraph_format.space_before = Pt(0 if place or sealed else 10)
        if text == DAY:
            paragraph.paragraph_format.left_indent = Mm(24)
            paragraph.paragraph_format.space_before = Pt(14)
    # A cell begins with an empty paragraph of its own.
    cell._tc.remove(cell.paragraphs[0]._p)


def _keep_with_next(row):
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
