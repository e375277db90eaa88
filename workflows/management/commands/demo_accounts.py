"""Make and list the accounts of the demo."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from offices.refusals import Refusal
from workflows.demo.accounts import make_accounts


class Command(BaseCommand):
    """A second run makes nothing new."""

    help = (
        "Make the demo accounts that are missing and list all: username, password, role, office."
        " There is one at least for every role in which staff serve; workers and employers have"
        " no login: what they say and sign is recorded by staff. A password that somebody changed"
        " is not listed. Demo accounts skip the first change of password only where the house"
        " runs with demo data."
    )

    def add_arguments(self, parser):
        """Take whether to print JSON."""
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *, json, **options):
        """Make, and print one line each."""
        try:
            logins = make_accounts(on=timezone.localdate())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_json(logins) if json else _as_text(logins))


def _as_json(logins):
    rows = [
        {
            "username": login.username,
            "password": login.password,
            "role": str(login.role.label),
            "role_id": str(login.role),
            "office": login.office.name,
        }
        for login in logins
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _as_text(logins):
    return "\n".join(
        "\t".join((login.username, login.password, str(login.role.label), login.office.name))
        for login in logins
    )
