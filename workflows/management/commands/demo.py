"""Fill the house with invented cases."""

from argparse import ArgumentTypeError
from datetime import date
from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from law.refusals import LawRefusal
from offices.refusals import Refusal
from workflows.demo.production import MOST, Production, put_on

SAY_EVERY = 50


class Command(BaseCommand):
    """Walk invented cases through the real course, the same for the same seed and day."""

    help = (
        "Add invented cases at every step of every tier, as they stand at the beginning of today."
        " The same seed on the same day gives the same cases. A register and people are made"
        " first where there are none. A run that was interrupted is completed by the same command."
    )

    def add_arguments(self, parser):
        """Take how many cases, which ones, as of which day, and whether beside others."""
        parser.add_argument("--cases", type=_number, default=200, help="how many (200)")
        parser.add_argument("--seed", type=_number, default=1, help="which ones (1)")
        parser.add_argument("--today", type=_day, help="as of which day, as 2026-03-05 (today)")
        parser.add_argument("--more", action="store_true", help="add beside other demo cases")

    def handle(self, *, cases, seed, today, more, **options):
        """Add the cases, and say how many."""
        production = Production(cases, seed, today or timezone.localdate())
        began = monotonic()
        try:
            added = put_on(production, more=more, progress=self._say_progress)
        except (Refusal, LawRefusal) as refusal:
            raise CommandError(str(refusal)) from refusal
        if not added:
            self.stdout.write(_("These demo cases are all there already. Nothing was added."))
            return
        seconds = monotonic() - began
        self.stdout.write(
            _("%(count)d demo cases added in %(seconds).0f seconds.")
            % {"count": added, "seconds": seconds}
        )

    def _say_progress(self, done, wanted):
        if done % SAY_EVERY == 0 or done == wanted:
            text = _("%(done)d of %(wanted)d cases …") % {"done": done, "wanted": wanted}
            self.stderr.write(text, style_func=str)


def _number(text):
    if not text.isascii() or not text.isdigit() or int(text) > MOST:
        raise ArgumentTypeError(_("Write a whole number up to %(most)d.") % {"most": MOST})
    return int(text)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("Write the day like 2026-03-05.")) from None
