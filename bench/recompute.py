"""Print how long it takes to count open deadlines again after a holiday notice.

python bench/recompute.py [DEADLINES]

Makes a database of its own beside that of DATABASE_URL, fills it with open cases whose deadlines
reach into a year without a notice (half of them mediations with armed timers), enters a fictional
notice of that year and counts again, as one background worker does. Drops the database.
"""

import os
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from disputes import signals  # noqa: E402
from disputes.domain import moves, recomputing  # noqa: E402
from disputes.domain.clocks import derive, start_derived  # noqa: E402
from disputes.jobs import recompute_deadlines  # noqa: E402
from disputes.models import Case, Deadline, Proceeding, Tier  # noqa: E402
from law.holidays import read_notice  # noqa: E402
from offices.duties import Role  # noqa: E402
from tests.factories import SHANGHAI, make_register, make_user  # noqa: E402

NOTICE = ROOT / "tests" / "data" / "law" / "notice_2027_fictional.txt"
AT = datetime(2026, 11, 26, 9, tzinfo=SHANGHAI)
# Besides the term of mediation and the limitation, which the course of an imported case starts.
RULES = ("SUE_15", "REVIEW_APPLY", "ARB_DEFENSE")
BATCH = 2000


def make_cases(office, handler, first, number):
    """Make *number* open cases, each with five running deadlines, counted on from *first*."""
    days = [date(2026, 12, 1) + timedelta(days=n % 60) for n in range(first, first + number)]
    cases = Case.objects.bulk_create(
        Case(
            matter_number=f"bench-{first + n}",
            federation=office.parent,
            source="ledger",
            cause="wages",
            received_on=day,
            filed_at=AT,
        )
        for n, day in enumerate(days)
    )
    proceedings = Proceeding.objects.bulk_create(
        Proceeding(
            case=case,
            office=office,
            desk=office,
            tier=Tier.REGIONAL,
            number=f"bench {case.matter_number}",
            number_key=case.matter_number,
            handler=handler,
            opened_at=AT,
            accepted_on=case.received_on,
        )
        for case in cases
    )
    signals.cases_imported.send(Case, proceedings=proceedings, at=AT, by=None)
    start_derived(
        [
            derive(each.case, rule, on=each.accepted_on, proceeding=each)
            for each in proceedings
            for rule in RULES
        ],
        at=AT,
    )


def fill(deadlines):
    """Fill the database with at least so many open *deadlines*."""
    office = make_register().guta
    handlers = [
        make_user(f"bench{n}", f"bench {n}", office=office, role=Role.MEDIATOR) for n in range(16)
    ]
    for n, first in enumerate(range(0, deadlines // 5, BATCH)):
        with transaction.atomic():
            number = min(BATCH, deadlines // 5 - first)
            make_cases(office, handlers[n % len(handlers)], first, number)
    Deadline.objects.update(armed=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def timed(words, act, *args, **kwargs):
    """Do *act*, print how long it took and return (its answer, the seconds)."""
    begun = time.perf_counter()
    answer = act(*args, **kwargs)
    taken = time.perf_counter() - begun
    print(f"{taken:>8.1f} s  {words}")
    return answer, taken


def main(deadlines):
    old = setup_databases(verbosity=0, interactive=False)
    try:
        timed(f"making {deadlines:,} open deadlines", fill, deadlines)
        notice = read_notice(NOTICE.read_text(encoding="utf-8"))
        forecast, _taken = timed("seeing which of them will move", moves.forecast_moves, notice)
        run = recomputing.confirm_notice(notice, at=timezone.now())
        _answer, taken = timed("counting them again", recompute_deadlines, run.pk)
        run.refresh_from_db()
        print(f"{run.seen:,} counted, {run.moved:,} moved, {run.firmed:,} made firm")
        print(f"{run.seen / taken:,.0f} deadlines/s")
        assert (run.state, run.moved) == ("done", forecast.moved_count)
        timed("counting them a second time", recompute_deadlines, again(run))
    finally:
        teardown_databases(old, verbosity=0)


def again(run):
    """Return the key of a second run over the same year, which should change nothing."""
    return recomputing.request_run(run.year, run.number, at=timezone.now()).pk


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
