"""A worker that delivers what is due and is killed at the named point, as by kill -9.

Run as a program by the tests: ``python -m tests.notices.killed_worker POINT MOMENT``.
"""

import os
import signal
import sys
from datetime import datetime

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from notices.channels import http  # noqa: E402
from notices.domain import delivery  # noqa: E402


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_sending():
    http.post = die


def die_before_commit():
    connection.ensure_connection()
    connection._commit = die


POINTS = {"before sending": die_before_sending, "before commit": die_before_commit}

if __name__ == "__main__":
    point, moment = sys.argv[1:]
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    POINTS[point]()
    delivery.deliver_next(at=datetime.fromisoformat(moment))
