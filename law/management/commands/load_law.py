from django.core.management.base import BaseCommand

from law.loading import load_law


class Command(BaseCommand):
    help = "Load the holidays, time limits and local parameters that come with the product."

    def handle(self, *args, **options):
        changes = load_law()
        for change in changes:
            self.stdout.write(str(change))
        self.stdout.write(f"{len(changes)} changes")
