"""Workbooks about a roster that go out: the empty form, rejected rows, the roster itself."""

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from disputes.domain.ledger.rejects import write_cell
from disputes.domain.roster.reading import NEEDED, REASON, TITLES
from disputes.look.masks import mask_id, mask_name, mask_phone

BOLD = Font(bold=True)
WRONG = PatternFill("solid", fgColor="FFF2CC")
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDTHS = {"id_number": 24, "id_type": 14, "phone": 16, "post": 16}
# How many empty lines of the form hold numbers as text, so that no digit is lost.
EMPTY_LINES = 300


def write_template(target):
    """Write the empty form of a roster to *target*, a path or binary file.

    Its titles are those that are read; the second sheet says how to fill it in.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "人员清单"
    sheet.append([f"{titles[0]}{'*' if name in NEEDED else ''}" for name, titles in TITLES.items()])
    for index, name in enumerate(TITLES, 1):
        sheet.cell(1, index).font = BOLD
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = WIDTHS.get(name, 12)
        for line in range(2, EMPTY_LINES + 2) if name in ("id_number", "phone") else ():
            sheet.cell(line, index).number_format = "@"
    sheet.freeze_panes = "A2"
    help_sheet = book.create_sheet("填写说明")
    help_sheet.column_dimensions["A"].width = 90
    for sentence in _HELP:
        help_sheet.append([sentence])
    book.save(target)


# The form is filled in by workers and their representatives: it speaks Chinese whoever fetches it.
_HELP = (
    "每名劳动者一行；带 * 的栏目必须填写。",
    "证件号写全，末位 X 可大写可小写；证件类型不写的按居民身份证核对。",
    "手机写 11 位；金额按元填写，可以带小数。",
    "起始日、截止日写成 2026-03-05 的样子；签名栏写“是”或“否”。",
    "表下可以写一行“合计”，系统会与各行之和核对。",
    "上传后有问题的行会连同原因一起退回，改好再传一次即可，已经收下的行不会重复。",
)


def write_rejects(roster, target):
    """Write the rejected rows of *roster*, a ``reading.Roster``, with their reasons to *target*."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("退回的行")
    for index in range(len(roster.titles)):
        sheet.column_dimensions[get_column_letter(index + 1)].width = 18
    sheet.column_dimensions[get_column_letter(len(roster.titles) + 1)].width = 60
    sheet.append(
        [write_cell(sheet, title, font=BOLD) for title in (*_without_reason(roster), REASON)]
    )
    for row in roster.rows:
        if row.is_wrong:
            sheet.append(_rejected(sheet, roster, row))
    book.save(target)


def _without_reason(roster):
    return [None if title == REASON else title for title in roster.titles]


def _rejected(sheet, roster, row):
    width = len(roster.titles)
    values = [*row.cells, *[None] * width][:width]
    cells = [
        write_cell(sheet, None if title == REASON else value)
        for value, title in zip(values, roster.titles, strict=True)
    ]
    wrong = {finding.column for finding in row.findings}
    for name, place in roster.columns.items():
        if TITLES[name][0] in wrong:
            cells[place].fill = WRONG
    said = "；".join(f"{finding.column}：{finding.message}" for finding in row.findings)
    reason = _("Line %(line)d: %(reasons)s") % {"line": row.line, "reasons": said}
    return [*cells, write_cell(sheet, reason, alignment=WRAPPED)]


def write_members(members, target, *, masked):
    """Write *members*, each with its party, to *target*: masked, or in full."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人员清单")
    titles = ["序号", *(titles[0] for titles in TITLES.values()), "代表", "同意和解"]
    for index in range(len(titles)):
        sheet.column_dimensions[get_column_letter(index + 1)].width = 18
    sheet.append([write_cell(sheet, title, font=BOLD) for title in titles])
    for member in members:
        sheet.append([write_cell(sheet, value) for value in _line(member, masked)])
    book.save(target)


def _line(member, masked):
    party = member.party
    consent = getattr(member, "consent", None)
    return [
        member.number,
        mask_name(party.name) if masked else party.name,
        str(party.get_id_type_display()),
        mask_id(party.id_number) if masked else party.id_number,
        mask_phone(party.phone) if masked else party.phone,
        member.post,
        member.period_from,
        member.period_to,
        member.amount,
        "是" if member.signed else "否",
        "是" if getattr(member, "speaks", False) else "",
        {True: "同意", False: "不同意"}.get(consent, ""),
    ]
