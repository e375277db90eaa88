from django.core.management.base import BaseCommand
from django.utils import timezone

from workflows.timers import fire_due, shards


class Command(BaseCommand):
    """Fire the clocks that are due, here and now."""

    help = __doc__

    def handle(self, *args, **options):
        now = timezone.now()
        fired = sum(fire_due(at=now, shard=shard, shards=shards()) for shard in range(shards()))
        self.stdout.write(f"{fired}")
