"""A worker that counts deadlines again, one per batch, and is killed at the named point.

Run as a program by the tests: ``python -m tests.disputes.killed_recount POINT RUN``.
"""

import os
import signal
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from disputes import signals  # noqa: E402
from disputes.domain import recomputing  # noqa: E402


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_the_second_commit(after):
    connection.ensure_connection()
    commit, seen = connection._commit, []

    def counted():
        seen.append(1)
        if len(seen) == 3 and not after:
            die()
        commit()
        if len(seen) == 3 and after:
            die()

    connection._commit = counted


def die_between_writes():
    signals.deadlines_moved.connect(die, weak=False)


POINTS = {
    "before commit": lambda: die_at_the_second_commit(after=False),
    "after commit": lambda: die_at_the_second_commit(after=True),
    "between writes": die_between_writes,
}


if __name__ == "__main__":
    point, run = sys.argv[1:]
    POINTS[point]()
    recomputing.begin_run(int(run))
    while recomputing.count_batch(int(run), at=timezone.now(), size=1):
        pass
