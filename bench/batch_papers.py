"""Print how long the papers of a collective case take, and how much memory.

python bench/batch_papers.py [WORKERS]

Makes a database of its own beside that of DATABASE_URL, files one case with so many workers on
its roster, has a paper made for each, bound into an archive and one PDF, and drops it all again.
Papers for 300 workers are to take less than 60 seconds on 2 cores. Measured on 2 cores with a load
of six other programs: 18 seconds, of one core 9.4, 213 MB.
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
from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: E402

from disputes import jobs  # noqa: E402
from disputes.domain import paper_batches  # noqa: E402
from offices.duties import Role  # noqa: E402
from papers.domain.picturing import count_pages  # noqa: E402
from tests import factories  # noqa: E402
from tests.disputes.rosters import rostered  # noqa: E402
from tests.factories import MONDAY  # noqa: E402

DEFAULT = 300
CODE = "acceptance_notice"
TYPED = {"受理日期": "2026年9月8日", "调解期限": "2026年9月23日"}


def main(workers):
    """Make the papers of one case with *workers* workers and say how long it took."""
    register = factories.make_register()
    mediator = factories.make_user("guta", "张敏", office=register.guta, role=Role.MEDIATOR)
    proceeding = factories.make_case(register.guta, by=mediator)
    rostered(proceeding, workers)
    before = time.process_time()
    started = time.perf_counter()
    batch = paper_batches.order_batch(
        proceeding, CODE, typed=TYPED, url="https://example.org/cases/1/", at=MONDAY, by=mediator
    )
    jobs.make_paper_batch(batch.pk)
    seconds = time.perf_counter() - started
    batch.refresh_from_db()
    with batch.book.open("rb") as file:
        pages = count_pages(file.read())
    own, office = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    worked = own.ru_utime + own.ru_stime - before + office.ru_utime + office.ru_stime
    print(
        f"{batch.done} papers, {pages} pages: {seconds:.1f} seconds, of one core {worked:.1f}, "
        f"{own.ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    old = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_law", verbosity=0)
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            main(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    finally:
        teardown_databases(old, verbosity=0)
