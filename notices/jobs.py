"""Work of the outbox in the background: each job may run twice without harm."""

import time
from datetime import timedelta

from django.utils import timezone

from notices.domain import delivery, fanout

# A run ends before the next begins, and before the worker is asked why it takes so long.
SECONDS = 50
KEPT = timedelta(days=90)


def deliver():
    """Deliver what is due, for almost a minute; return how many messages were tried."""
    until, tried = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and delivery.deliver_next(at=timezone.now()):
        tried += 1
    return tried


def send_digests():
    """Send the digests whose hour has come."""
    return fanout.send_digests(at=timezone.now())


def forget():
    """Remove messages that were sent long ago."""
    return delivery.forget_sent(before=timezone.now() - KEPT)
