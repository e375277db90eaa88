from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError

from disputes.domain.rekeying import reindex, rotate


class Command(BaseCommand):
    """Bring personal data under new keys; may be interrupted and run again.

    Put a new key (--new-key prints one) before the others in FIELD_KEYS, or a new INDEX_KEY with
    the one before it as INDEX_KEY_OLD; restart; run this; then drop the old keys.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--new-key", action="store_true", help="print a fresh field key only")

    def handle(self, *args, **options):
        if options["new_key"]:
            self.stdout.write(Fernet.generate_key().decode())
            return
        unreadable = 0
        for work in (rotate(), reindex()):
            for table, tally in work:
                self.stdout.write(f"{table}: {tally.changed} / {tally.seen}")
                unreadable += tally.unreadable
        if unreadable:
            raise CommandError(f"{unreadable} rows cannot be read: keep the old keys.")
