"""Who moves a case at this moment, for verbs that the flow itself calls."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True)
class Act:
    """A person, or nobody for the clock, and the aware moment of the act."""

    by: object
    at: datetime


_act = ContextVar("act", default=None)


@contextmanager
def acting(*, by, at):
    """Let verbs that the flow calls know that *by* acts at the moment *at*."""
    token = _act.set(Act(by, at))
    try:
        yield
    finally:
        _act.reset(token)


def is_acting():
    """Return whether a step is being done at this moment."""
    return _act.get() is not None


def act():
    """Return the act under way; outside of one the clock acts now."""
    return _act.get() or Act(None, timezone.now())


def signed():
    """Return the act under way as the keyword arguments that every verb takes."""
    current = act()
    return {"by": current.by, "at": current.at}
