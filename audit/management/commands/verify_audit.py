import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audit.domain.verifying import verify


class Command(BaseCommand):
    """Verify the audit log from the first line to the last; exit with 1 when it was tampered with.

    Keep the anchor that it prints where nobody who reaches the database reaches it.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor", metavar="NUMBER:SEAL", help="an anchor printed earlier that must hold"
        )

    def handle(self, *args, **options):
        with translation.override("zh-hans"):
            found = verify(at=timezone.now(), anchor=_anchor(options["anchor"]))
            self.stdout.write(
                _("Lines verified: %(checked)s; not sealed yet: %(unsealed)s") % vars(found)
            )
            if found.last_entry:
                self.stdout.write(_("Anchor: %(last_entry)s:%(last_hash)s") % vars(found))
            self._complain(found)
        if not found.is_whole:
            sys.exit(1)

    def _complain(self, found):
        if found.fault:
            words = {"number": found.bad_entry, "fault": found.get_fault_display()}
            self.stderr.write(_("Line %(number)s: %(fault)s") % words)
        for table in found.unguarded:
            self.stderr.write(_("Changes of %(table)s are not recorded") % {"table": table})


def _anchor(text):
    if not text:
        return None
    number, colon, seal = text.partition(":")
    if not (number.isdecimal() and colon and len(seal) == 64):
        raise CommandError("An anchor looks like 123:9f86d081…")
    return int(number), seal
