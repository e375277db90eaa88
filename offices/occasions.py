"""What takes a room, said by the rooms of the house that hold it.

A booking knows only the kind and the key of its occasion. Whoever keeps occasions of a kind
registers a function here when the house starts; it says what one person may know of them.
"""

from collections import defaultdict
from dataclasses import dataclass

_describers = {}


@dataclass(frozen=True)
class Seen:
    """What a reader may know of an occasion: its *title*, and its page if she may open it."""

    title: str
    url: str = ""


def register(kind, describe):
    """Let *describe* (user, keys, on=date) answer {key: ``Seen``} for occasions of *kind*.

    Keys that the person may not know of are left out.
    """
    _describers[kind] = describe


def describe(user, bookings, *, on=None):
    """Return {(kind, key): ``Seen``} of the occasions of *bookings* that *user* may know of.

    On the date *on*, by default today.
    """
    keys = defaultdict(set)
    for booking in bookings:
        keys[booking.kind].add(booking.occasion)
    found = {}
    for kind, wanted in keys.items():
        if kind in _describers and user is not None:
            for key, seen in _describers[kind](user, wanted, on=on).items():
                found[kind, key] = seen
    return found
