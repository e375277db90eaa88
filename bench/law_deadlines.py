"""Print how many time limits a second one core counts; needs no database.

python bench/law_deadlines.py [SECONDS]
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")

import django

django.setup()

from law.clock import ClockEvent  # noqa: E402
from law.deadlines import compute  # noqa: E402
from law.models import DeadlineRule  # noqa: E402
from law.source import packaged_calendar, read_rules  # noqa: E402

STARTS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1000)]


def events_of(start):
    """Return a suspension of ten days and an extension, as an arbitration may have them."""
    return (
        ClockEvent("suspend", start + timedelta(days=5)),
        ClockEvent("resume", start + timedelta(days=15)),
        ClockEvent("extend", start + timedelta(days=20)),
    )


def rate(run, seconds):
    """Return how often a second *run*, called with each start in turn, came to an end."""
    done, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < seconds:
        for start in STARTS:
            run(start)
        done += len(STARTS)
    return done / taken


def main(seconds):
    calendar = packaged_calendar()
    rules = {row["rule_id"]: DeadlineRule(**row) for row in read_rules()}
    award, defence, limitation = (
        rules[rule_id] for rule_id in ("ARB_AWARD", "ARB_DEFENSE", "LIMITATION")
    )
    cases = {
        "working days": lambda start: compute(defence, start, calendar),
        "calendar days": lambda start: compute(award, start, calendar),
        "a year": lambda start: compute(limitation, start, calendar),
        "with a suspension and an extension": lambda start: compute(
            award, start, calendar, events_of(start)
        ),
        "with the list of its days": lambda start: compute(award, start, calendar).days,
    }
    for name, run in cases.items():
        print(f"{rate(run, seconds):>10,.0f} deadlines/s  {name}")


main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
