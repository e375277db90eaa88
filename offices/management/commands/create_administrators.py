"""Make the three administrators and print the passwords of their first login."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.domain.administrators import create_administrators
from offices.refusals import Refusal


class Command(BaseCommand):
    """Three persons keep each other in check; a second run makes nothing new."""

    help = "Make the system, security and audit administrators and print their first passwords."

    def add_arguments(self, parser):
        """Take whether those who are there get new passwords."""
        parser.add_argument(
            "--renew", action="store_true", help="give those who are there new first passwords"
        )

    def handle(self, *, renew, **options):
        """Make who is missing, and print one line each."""
        try:
            made = create_administrators(on=timezone.localdate(), renew=renew)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for role, person, password in made:
            said = password or _("is there already")
            self.stdout.write(f"{role.label}\t{person.username}\t{said}")
        if any(password for _role, _person, password in made):
            self.stdout.write(
                _("Hand each password to another person. It is changed at the first login.")
            )
