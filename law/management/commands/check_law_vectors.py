import json
import sys
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from law.calendar import load_calendar
from law.vectors import check


class Command(BaseCommand):
    help = "Evaluate a file of worked examples and print each output that is not as expected."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="JSON list of worked examples")

    def handle(self, *args, file, **options):
        examples, calendar, failed = self.read(Path(file)), load_calendar(), 0
        with translation.override("zh-hans"):
            for example in examples:
                misses = check(example, calendar)
                failed += bool(misses)
                for miss in misses:
                    self.stdout.write(str(miss))
        self.stdout.write(f"{len(examples) - failed} passed, {failed} failed")
        if failed:
            sys.exit(1)

    def read(self, file):
        """Return the examples in *file*; raise CommandError when it holds no such list."""
        try:
            examples = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        if not isinstance(examples, list) or not all(
            isinstance(example, dict) and {"inputs", "expected"} <= example.keys()
            for example in examples
        ):
            raise CommandError(f"{file}: not a list of examples with inputs and expected")
        return examples
