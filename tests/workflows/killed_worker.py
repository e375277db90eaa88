"""A worker that fires the due clocks and is killed at the named point, as by kill -9.

Run as a program by the tests: ``python -m tests.workflows.killed_worker POINT MOMENT``.
"""

import os
import signal
import sys
from datetime import datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from disputes import signals  # noqa: E402
from workflows.timers import fire_due  # noqa: E402


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_between_verbs():
    signals.proceeding_closed.connect(die, weak=False)


def die_before_commit():
    connection.ensure_connection()
    connection._commit = die


def die_after_commit():
    commit = connection._commit

    def commit_and_die():
        commit()
        die()

    connection._commit = commit_and_die


POINTS = {
    "between verbs": die_between_verbs,
    "before commit": die_before_commit,
    "after commit": die_after_commit,
}


if __name__ == "__main__":
    point, moment = sys.argv[1:]
    POINTS[point]()
    fire_due(at=datetime.fromisoformat(moment))
