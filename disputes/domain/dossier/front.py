"""What stands before and between the documents of a file: cover, contents, sheets."""

from io import BytesIO
from pathlib import Path

from django.utils import timezone

from disputes.domain.case_papers import gather
from papers.domain.converting import to_pdf
from papers.domain.issuing import say_date
from papers.domain.rendering import render
from papers.domain.templates import current_template
from papers.layouts import KINDS
from papers.layouts.page import Facts, compose

CODE = "file_cover"
NOTE = (
    "本卷由{name}于{day}按其阅读权限编成。依保密规定不应由其阅读的调解记录、单方会谈、律师意见"
    "和其他层级的内部材料未编入。"
)


LEFT = "{numbers}的笔录、单方会谈、质证意见等内部记录留在原办理机构，未编入。"


def write_front(proceeding, ready, *, reader, left, folder, at):
    """Write the PDFs of cover with contents and of the sheets into *folder*; return their paths.

    *ready* are the documents in order, *left* the numbers of the proceedings whose own records are
    not among them. In one call of LibreOffice. Raises ``NoOffice`` and
    ``ConversionFailed``.
    """
    sheets = [row for row in ready if row.path is None]
    documents = [_cover(proceeding, ready, reader, left, at)] + [_sheet(row) for row in sheets]
    paths = []
    for number, content in enumerate(to_pdf(documents)):
        path = Path(folder, f"front-{number:03d}.pdf")
        path.write_bytes(content)
        paths.append(path)
    for row, path in zip(sheets, paths[1:], strict=True):
        row.path = path
    return paths[0]


def lines_of(ready):
    """Return the lines of the contents: number, title, day, first and last page."""
    lines, page = [], 1
    for number, row in enumerate(ready, 1):
        last = page + row.pages - 1
        lines.append({
            "序号": str(number),
            "名称": row.piece.title,
            "日期": say_date(row.piece.day),
            "页次": str(page) if row.pages == 1 else f"{page}-{last}",
        })  # fmt: skip
        page = last + 1
    return lines


def _cover(proceeding, ready, reader, left, at):
    facts = gather(proceeding, CODE, at=at)
    pages = sum(row.pages for row in ready)
    day = timezone.localdate(at)
    facts |= {
        "机构名称": proceeding.office.name,
        "制作日期": say_date(day),
        "卷内目录": lines_of(ready),
        "页数": str(pages),
        "归档说明": NOTE.format(name=reader.name, day=say_date(day))
        + (LEFT.format(numbers="、".join(left)) if left else ""),
    }
    _row, template = current_template(CODE, on=day)
    return render(KINDS[CODE], template, facts)


def _sheet(row):
    """Return the .docx of the sheet that stands for a document that cannot be printed."""
    piece = row.piece
    facts = Facts((
        ("材料名称", piece.title),
        ("所属部分", piece.part),
        ("提交日期", say_date(piece.day)),
        ("文件大小", f"{piece.size:,} 字节" if piece.size else "—"),
        ("校 验 值", piece.sha256 or "—"),
    ))  # fmt: skip
    document = compose("未印入本卷的材料", (facts, row.why), numbered=False, issuer=False)
    _clear_marks(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _clear_marks(document):
    """Take the placeholders out of header and footer: a sheet is no template."""
    section = document.sections[0]
    for header in (section.first_page_header, section.header, section.first_page_footer):
        for paragraph in header.paragraphs:
            for run in paragraph.runs:
                run.text = ""
    for paragraph in section.first_page_footer.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
