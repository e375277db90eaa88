"""Import the register of offices from a CSV file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from offices.domain.register import import_register
from offices.refusals import Refusal


class Command(BaseCommand):
    """Take over a register of offices; a second run changes only what the file states anew."""

    help = "Import the register of offices from a CSV file."

    def add_arguments(self, parser):
        """Take the file, and whether to print the report as JSON."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *, file, json, **options):
        """Import, and print what became of the rows."""
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file})
        try:
            report = import_register(file)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_json(report) if json else _as_text(report))


def _as_json(report):
    return json.dumps(report.as_json(), ensure_ascii=False, indent=1)


def _as_text(report):
    lines = [
        _(
            "%(rows)d rows: %(imported)d imported, %(updated)d changed, %(unchanged)d unchanged, "
            "%(rejected)d rejected."
        )
        % report.__dict__
    ]
    for error in report.errors:
        place = _("Line %(line)d, %(column)s: %(message)s")
        lines.append(place % {"line": error.line, "column": error.column, "message": error.message})
    return "\n".join(lines)
