"""How an official paper looks: page, fonts, heading, number, tables, signatures, seal, footer.

The measures follow GB/T 9704-2012 (format of official documents) where a paper of the trade has
the same part: A4, 仿宋 for the text (小三, so that most papers fit one page), 宋体 of size two
for the heading.
"""

from dataclasses import dataclass

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SONG, FANGSONG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"
HEADING, TEXT, CELL, SMALL = Pt(22), Pt(15), Pt(12), Pt(10.5)
LINE, CELL_LINE = Pt(24.5), Pt(18)
WIDTH = 156  # millimetres between the margins
# Labels beside what is filled in: a case number fits one line.
FORM = (27, 59, 27, 43)
Align = WD_ALIGN_PARAGRAPH
# Of what comes with the library that writes documents.
STYLES = {
    "Normal", "Header", "Footer", "HeaderChar", "FooterChar", "TableGrid", "TableNormal",
    "DefaultParagraphFont", "NoList",
}  # fmt: skip
UNUSED = ("/stylesWithEffects", "/thumbnail")


@dataclass(frozen=True)
class Facts:
    """A bordered form: rows of (label, text) pairs, one or two pairs in a row."""

    rows: tuple

    def write(self, document):
        table = add_table(document, 4)
        set_widths(table, FORM)
        for row in self.rows:
            cells = table.add_row().cells
            widen(cells, FORM)
            if len(row) == 2:
                cells[1].merge(cells[3])
            for place, text in enumerate(row):
                _fill(cells[place], text, font=SONG if place % 2 == 0 else FANGSONG)


@dataclass(frozen=True)
class Rows:
    """A table with a line per item of the list *each*; *columns* are (title, text, width mm)."""

    each: str
    columns: tuple

    def write(self, document):
        table = add_table(document, len(self.columns))
        widths = tuple(column[2] for column in self.columns)
        set_widths(table, widths)
        head = table.add_row()
        _repeat(head)
        for cell, (title, _text, _width) in zip(head.cells, self.columns, strict=True):
            _fill(cell, title, font=HEI, align=Align.CENTER)
        table.add_row().cells[0].text = f"{{%tr for 项 in {self.each} %}}"
        row = table.add_row()
        for cell, (_title, text, _width) in zip(row.cells, self.columns, strict=True):
            _fill(cell, text)
        table.add_row().cells[0].text = "{%tr endfor %}"
        for row in table.rows:
            widen(row.cells, widths)
            keep_whole(row)


@dataclass(frozen=True)
class Each:
    """A paragraph per item of a list."""

    each: str
    text: str

    def write(self, document):
        add_mark(document, f"{{%p for 项 in {self.each} %}}")
        add_paragraph(document, self.text)
        add_mark(document, "{%p endfor %}")


@dataclass(frozen=True)
class When:
    """Parts that stand there only where *field* says so."""

    field: str
    parts: tuple

    def write(self, document):
        add_mark(document, f"{{%p if {self.field} %}}")
        for part in self.parts:
            write(document, part)
        add_mark(document, "{%p endif %}")


@dataclass(frozen=True)
class Title:
    """A heading inside the text: 一、…"""

    text: str

    def write(self, document):
        paragraph = add_paragraph(document, self.text, font=HEI)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(2)


@dataclass(frozen=True)
class Line:
    """A line without indent: whom it is for, 此致, what is attached."""

    text: str

    def write(self, document):
        paragraph = add_paragraph(document, self.text, indent=False)
        # What is addressed stands on the page of its address, and what follows with both.
        paragraph.paragraph_format.keep_with_next = True


def compose(heading, parts, *, numbered=True, issuer=True):
    """Return a new document with *heading* and *parts*, header and footer in place."""
    document = Document()
    _set_up(document, later="{{ 文号 }}" if numbered else heading)
    if issuer:
        add_paragraph(document, "{{ 机构名称 }}", font=SONG, indent=False, align=Align.CENTER)
    title = add_paragraph(
        document, heading, font=SONG, size=HEADING, indent=False, align=Align.CENTER
    )
    title.paragraph_format.line_spacing = Pt(36)
    title.runs[0].bold = True
    if numbered:
        add_paragraph(document, "{{ 文号 }}", indent=False, align=Align.CENTER)
    add_paragraph(document, "", indent=False).paragraph_format.line_spacing = Pt(10)
    for part in parts:
        write(document, part)
    document.core_properties.title = heading
    document.core_properties.author = ""
    return document


def write(document, part):
    """Write a *part* of a paper; plain text is a paragraph."""
    if isinstance(part, str):
        add_paragraph(document, part)
    else:
        part.write(document)


def _set_up(document, *, later):
    _strip(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(32), Mm(28)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(10), Mm(12)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, TEXT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    # Without its language a text gets the shapes of another script's signs.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _write_header(document, section, later)
    _write_footer(section)


def _strip(document):
    """Leave out the styles, the picture and the effects that no paper uses: most of the bytes."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in STYLES:
            styles.remove(style)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(UNUSED):
                part.rels.pop(key)


def _write_header(document, section, later):
    """Put the code of the case page on the right of the first page, a mark of demo data on all.

    *later* stands on the right of the other pages: what tells this paper from others.
    """
    section.different_first_page_header_footer = True
    for header, text in (
        (section.first_page_header, "{{ 演示标记 }}\t{{ 二维码 }}"),
        (section.header, f"{{{{ 演示标记 }}}}\t{later}"),
    ):
        paragraph = header.paragraphs[0]
        # The style of headers has tabs of its own.
        paragraph.style = document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        add_run(paragraph, text, font=HEI, size=SMALL)


def _write_footer(section):
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = Align.CENTER
        for text, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
            add_run(paragraph, text, size=SMALL, font=SONG)
            _field(paragraph, code)
        add_run(paragraph, " 页", size=SMALL, font=SONG)


def _field(paragraph, code):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = add_run(paragraph, "1", size=SMALL, font=SONG)
    field.append(run._r)
    paragraph._p.append(field)


def add_paragraph(document, text, *, font=FANGSONG, size=TEXT, indent=True, align=None):
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.widow_control = True
    paragraph.alignment = align
    if indent:
        shape.first_line_indent = size * 2
    add_run(paragraph, text, font=font, size=size)
    return paragraph


def keep_last_with_next(document):
    """Let the last words written stand on the page of what follows."""
    written = [one for one in document.paragraphs if one.text and not one.text.startswith("{%p")]
    for paragraph in written[-1:]:
        paragraph.paragraph_format.keep_with_next = True


def add_mark(document, text):
    """Write a line for the engine, which takes it away."""
    document.add_paragraph(text)


def add_run(paragraph, text, *, font=FANGSONG, size=TEXT):
    """Write *text* at the end of *paragraph*, and return the run."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def add_table(document, columns):
    """Return a new table with borders and so many *columns*."""
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def set_widths(table, widths):
    """Set the widths of the columns of *table*, in millimetres."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def widen(cells, widths):
    """Set the widths of the *cells* of a row, in millimetres: some programs read only these."""
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)


def _fill(cell, text, *, font=FANGSONG, align=None):
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(2)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, CELL_LINE
    add_run(paragraph, text, font=font, size=CELL)


def keep_whole(row):
    """Let no page end within a *row* of a table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row):
    """Let the head of a table come again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
