"""Print how long a ledger and a demo of very many cases take, and how much memory.

python bench/many_cases.py [ledger|demo] [CASES]

Makes a database of its own beside that of DATABASE_URL, fills it, and drops it again. A ledger of
100,000 rows is to take less than 5 minutes with memory that does not grow with the rows, a demo
of 100,000 cases less than 3 minutes, on 2 cores.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from disputes.domain.ledger.importing import import_ledger  # noqa: E402
from disputes.models import Case  # noqa: E402
from tests.disputes.ledger.workbooks import GOOD, make_row  # noqa: E402
from tests.factories import MONDAY, make_identity_number, make_register  # noqa: E402
from workflows.demo.kinds import count_kinds  # noqa: E402

DEFAULT = 100_000


def ledger(cases):
    """Import a ledger of as many rows; the workbook is written first and not timed."""
    make_register()
    with tempfile.TemporaryDirectory() as folder:
        path = write_ledger(Path(folder) / "ledger.xlsx", cases)
        return timed(lambda: import_ledger(path, at=MONDAY))


def write_ledger(path, rows):
    """Write *rows* lines, each of another worker, and return *path*."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(GOOD))
    for n in range(rows):
        born = f"{1960 + n // 500 % 40}{n // 20_000 % 12 + 1:02d}{n // 240_000 % 28 + 1:02d}"
        number = make_identity_number(n % 500, born=born)
        sheet.append(list(make_row(证件号=number).values()))
    book.save(path)
    return path


def demo(cases):
    """Put on a demo of as many cases, its register and its people included."""
    return timed(lambda: call_command("demo", cases=cases, stdout=sys.stderr))


def timed(run):
    """Return the seconds that *run* took, those of our processor, and MiB added to the peak."""
    before, begun, busy = peak(), time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - begun, time.process_time() - busy, peak() - before


def peak():
    """Return the largest resident memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(what, cases):
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_law", verbosity=0)
        seconds, busy, memory = what(cases)
        found = Case.objects.count()
        print(f"{found} cases in {seconds:.0f} s, {found / seconds:.0f}/s, +{memory:.0f} MiB")
        print(f"load {os.getloadavg()[0]:.1f}, processor of this process {busy:.0f} s")
        print(*(f"{name}: {number}" for name, number in count_kinds().items()), sep="\n")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    names = {"ledger": ledger, "demo": demo}
    chosen = names[sys.argv[1] if len(sys.argv) > 1 else "ledger"]
    main(chosen, int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT)
