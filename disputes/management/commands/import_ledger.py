"""Import a case ledger from a workbook."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.ledger.importing import import_ledger
from disputes.domain.ledger.rejects import write_rejects
from disputes.domain.refusals import Refusal


class Command(BaseCommand):
    """Make cases of the rows of a ledger; a second run adds only what is not there yet."""

    help = "Import a case ledger from an Excel workbook (.xlsx)."

    def add_arguments(self, parser):
        """Take the workbook, whether to print JSON, and where rejected rows go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--rejects", type=Path, help="write the rejected rows to this .xlsx")

    def handle(self, *, file, json, rejects, **options):
        """Import, and print what became of the rows."""
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file})
        if rejects and not rejects.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": rejects.parent})
        try:
            report = import_ledger(file, at=timezone.now(), progress=self._say_progress)
            if rejects:
                write_rejects(file, report.reasons(), rejects)
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(report) if json else _as_text(report))

    def _say_progress(self, report):
        # Standard error, so that a report in JSON stays whole.
        if report.rows >= 1000:
            self.stderr.write(_("%(rows)d rows read …") % {"rows": report.rows}, style_func=str)


def _as_json(report):
    return json.dumps(report.as_json(), ensure_ascii=False, indent=1)


def _as_text(report):
    lines = [
        _("%(rows)d rows: %(imported)d imported, %(unchanged)d unchanged, %(rejected)d rejected.")
        % vars(report)
    ]
    for finding in (*report.errors, *report.warnings):
        place = _("Line %(line)d, %(column)s: %(message)s") % finding.as_json()
        lines.append(f"{finding.sheet} {place}".strip())
    return "\n".join(lines)
