from django.core.management.base import BaseCommand

from workflows.jobs import schedule_all


class Command(BaseCommand):
    """Enter the schedules of the background work."""

    help = __doc__

    def handle(self, *args, **options):
        schedule_all()
