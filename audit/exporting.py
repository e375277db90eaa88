"""Lines of the log as a file: CSV as long as it gets, or a workbook."""

import csv
import json
from tempfile import NamedTemporaryFile

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from audit.look import dress
from audit.models import AuditEntry

BATCH = 1000
# A workbook is made before it is sent; more lines than this go into a CSV.
MOST_IN_WORKBOOK = 100_000
# Read by a spreadsheet, a cell that begins like this would be a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_too_much(found):
    """Return whether the queryset *found* has more lines than go into a workbook."""
    return found[: MOST_IN_WORKBOOK + 1].count() > MOST_IN_WORKBOOK


def titles():
    """Return the titles of the columns."""
    return [
        _("number of the line"), _("moment"), _("person"), _("number of the person"),
        _("served as"), _("from where"), _("action"), _("kind of object"),
        _("number of the object"),
        _("case number"), _("what for"), _("changes"), _("door"), _("request"), _("seal"),
    ]  # fmt: skip


def csv_lines(found, *, language):
    """Yield the queryset *found*, oldest first, as lines of CSV that spreadsheets open."""
    writer = csv.writer(_Echo())
    with translation.override(language):
        head = titles()
    # The mark without which spreadsheets take Chinese for something else.
    yield "\ufeff" + writer.writerow(head)
    for rows in _batches(found, language):
        yield "".join(writer.writerow(row) for row in rows)


def workbook(found, *, language):
    """Return the queryset *found*, oldest first, as an open temporary file with a workbook."""
    book = Workbook(write_only=True)
    with translation.override(language):
        sheet = book.create_sheet(_("Audit log"))
        sheet.append(titles())
    for rows in _batches(found, language):
        for row in rows:
            sheet.append(row)
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _batches(found, language):
    after = 0
    while True:
        lines = list(found.filter(pk__gt=after).select_related("seal").order_by("pk")[:BATCH])
        if not lines:
            return
        after = lines[-1].pk
        # Words are put together while the answer leaves, when no page's language is in force.
        with translation.override(language):
            rows = [[_plain(value) for value in _row(line)] for line in dress(lines)]
        yield rows


def _row(line):
    try:
        seal = line.seal.hash
    except AuditEntry.seal.RelatedObjectDoesNotExist:
        seal = ""
    changes = json.dumps(line.changes, ensure_ascii=False) if line.changes else ""
    return (
        line.pk, timezone.localtime(line.at).isoformat(timespec="milliseconds"), line.who,
        line.actor_id, line.roles, line.address, line.get_action_display(), line.what,
        line.object_id, line.case_number, line.said_reason, changes, line.door, line.request, seal,
    )  # fmt: skip


def _plain(value):
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text):
        return text
