"""Make the groups echo the postings of today; run once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.domain.staffing import synchronise_all_groups


class Command(BaseCommand):
    """Access itself is asked of the postings; the groups are their echo."""

    help = "Make the groups of every person echo the postings of today."

    def handle(self, **options):
        """Synchronise, and say how many people were looked at."""
        count = synchronise_all_groups(on=timezone.localdate())
        self.stdout.write(_("Looked at the postings of %(count)d people.") % {"count": count})
