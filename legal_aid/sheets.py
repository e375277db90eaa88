"""The monthly sheet of subsidies as a workbook."""

from io import BytesIO

from django.db.models import Q
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from legal_aid.models import Payment
from legal_aid.permissions import with_matters

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def paid_in(centres, *, user, year, month):
    """Return the payments paid at *centres* in one month, in the order of the books."""
    rows = Payment.objects.filter(
        Q(paid_on__year=year, paid_on__month=month),
        project__centre__in=centres,
        state=Payment.State.PAID,
    )
    return (
        with_matters(rows, user)
        .select_related(
            "payee", "project", "engagement__application", "engagement__closing", "approver"
        )
        .order_by("paid_on", "pk")
    )


def make_sheet(centres, *, user, year, month):
    """Return the workbook of the subsidies paid at *centres* in one month, as bytes.

    It names matters by their numbers and no party, and none that is hidden from *user*. The last
    line is the sum.
    """
    book = Workbook()
    page = book.active
    page.title = f"{year}-{month:02d}"
    page.append(
        [
            _("Date"), _("Voucher number"), _("Matter"), _("Payee"), _("Kind of payment"),
            _("Outcome"), _("Recovered (yuan)"), _("Amount (yuan)"), _("Project"),
            _("Approved by"),
        ]
    )  # fmt: skip
    rows = list(paid_in(centres, user=user, year=year, month=month))
    for row in rows:
        page.append([_plain(value) for value in _line(row)])
    page.append(["", "", "", "", "", "", _("Sum"), sum((row.amount for row in rows), 0)])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGHIJ", (12, 18, 26, 16, 14, 16, 14, 14, 24, 12), strict=True):
        page.column_dimensions[column].width = width
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _line(row):
    matter = row.engagement if row.names_matter else None
    closing = getattr(matter, "closing", None)
    return [
        row.paid_on,
        row.voucher,
        matter.application.number if matter else row.item or _("not open to you"),
        row.receiver,
        row.get_kind_display(),
        closing.get_outcome_display() if closing else "",
        closing.recovered if closing else "",
        row.amount,
        str(row.project),
        str(row.approver),
    ]


def _plain(value):
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
