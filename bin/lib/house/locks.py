"""Locks between launchers that run at the same time; the kernel frees a dead one's."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from house.talk import say


@contextlib.contextmanager
def locked(path: Path, *, waiting: str = "") -> Iterator[None]:
    """Hold the lock on *path* (a folder, or a file made on demand) alone.

    *waiting* is said once if another process holds it.
    """
    descriptor = open_lock(path)
    try:
        if not take(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if waiting:
                say(waiting)
            take(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def open_lock(path: Path) -> int:
    """Return a descriptor that locks can be taken on; programs started later do not inherit it."""
    if path.is_dir():
        return os.open(path, os.O_RDONLY)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor: int, how: int) -> bool:
    """Take the lock *how* (fcntl's words) and return whether it was to be had."""
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
