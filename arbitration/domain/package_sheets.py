"""The workbooks of a package: an index to read, and a form for the answer."""

from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Font

from arbitration.domain.handover import outcomes_for
from disputes.models import Outcome

# The columns of the answer: name in the file's rows, title.
ANSWER = (
    ("our_number", gettext_lazy("Our case number")),
    ("receipt_on", gettext_lazy("Receipt dated")),
    ("their_number", gettext_lazy("Their case number")),
    ("outcome", gettext_lazy("Outcome")),
    ("outcome_on", gettext_lazy("Ended on")),
    ("amount", gettext_lazy("Amount (yuan)")),
    ("note", gettext_lazy("Note")),
)
# What a spreadsheet would take for a formula when a text begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def index_of(content):
    """Return the workbook that lists what case.json holds, as bytes."""
    book = Workbook()
    book.remove(book.active)
    case = content["case"]
    _sheet(
        book,
        _("Case"),
        (_("Item"), _("Content")),
        [
            (_("Our case number"), content["our_number"]),
            (_("Matter number"), content["matter_number"]),
            (_("Sent by"), content["sent_by"]),
            (_("Sent to"), content["sent_to"]),
            (_("Cause"), case["cause"]["label"]),
            (_("Date of the application"), case["received_on"]),
            (_("Date of the dispute"), case["occurred_on"]),
            (_("Number of workers"), case["worker_count"]),
            (_("Facts and reasons"), case["facts"]),
        ],
    )
    _sheet(
        book,
        _("Parties"),
        (
            _("Role"), _("Name"), _("Identity number"), _("Unified social credit code"),
            _("Phone"), _("Address for service"), _("Contact person"), _("Named as"),
            _("Business licence"),
        ),
        [
            (
                row["role"]["label"], row["name"], row["id_number"], row["credit_code"],
                row["phone"], row["address"], row["contact_name"], row["capacity"]["label"],
                row["licence"]["label"],
            )
            for row in content["parties"]
        ],
    )  # fmt: skip
    _sheet(
        book,
        _("Claims"),
        (_("Type"), _("Amount (yuan)"), _("From"), _("To"), _("How it is calculated")),
        [
            (
                row["kind"]["label"], row["amount"], row["period_from"], row["period_to"],
                row["detail"],
            )
            for row in content["claims"]
        ],
    )  # fmt: skip
    _sheet(
        book,
        _("Facts of the case"),
        (
            _("Element"), _("What is stated"), _("stated by"), _("the other side"),
            _("what the other side says"),
        ),
        [
            (
                row["element"], row["stated"], row["stated_by"]["label"], row["answer"]["label"],
                row["answer_note"],
            )
            for row in content["elements"]
        ],
    )  # fmt: skip
    _sheet(
        book,
        _("Proceedings"),
        (_("Office"), _("Tier"), _("Case number"), _("Opened on"), _("Closed on"), _("Outcome")),
        [
            (
                row["office"], row["tier"]["label"], row["number"], row["opened_on"],
                row["closed_on"], row["outcome"]["label"] if row["outcome"] else "",
            )
            for row in content["proceedings"]
        ],
    )  # fmt: skip
    _sheet(
        book,
        _("Materials"),
        (_("No."), _("Name"), _("Path"), _("Size (bytes)"), "SHA-256"),
        [
            (row["number"], row["name"], row["path"], row["size"], row["sha256"])
            for row in content["materials"]
        ],
    )
    _sheet(
        book,
        _("List of proof"),
        (
            _("Handed in by"), _("No."), _("Name"), _("What it is to prove"), _("Source"),
            _("Pages"), _("Original seen"), _("Handed in on"),
        ),
        [
            (
                row["side"]["label"], row["number"], row["name"], row["purpose"], row["source"],
                row["pages"], _("yes") if row["original_seen"] else "", row["handed_in_on"],
            )
            for row in content["proof"]
        ],
    )  # fmt: skip
    return _bytes(book)


def answer_of(proceeding):
    """Return the form in which the other side answers, as the bytes of a workbook."""
    book = Workbook()
    book.remove(book.active)
    titles = [str(title) for _name, title in ANSWER]
    _sheet(book, _("Write back"), titles, [(proceeding.number, *[""] * (len(ANSWER) - 1))])
    codes = [(Outcome(each).value, str(Outcome(each).label)) for each in outcomes_for(proceeding)]
    _sheet(book, _("Outcomes"), (_("Code"), _("Outcome")), codes)
    return _bytes(book)


def _sheet(book, title, head, rows):
    sheet = book.create_sheet(str(title)[:31])
    sheet.append([str(word) for word in head])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for column in sheet.columns:
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(max(widest * 1.6, 10), 60)
    sheet.freeze_panes = "A2"


def _cell(value):
    """Return *value* as a cell that a spreadsheet shows and never computes."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _bytes(book):
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
