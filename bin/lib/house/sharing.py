"""One server for several launchers: the first starts it, the last to leave stops it.

Everyone who uses the server holds a shared lock on `users.lock`. Who can have that lock
alone is the last. Starting and stopping happen under `start.lock`. A killed launcher's
locks are freed by the kernel, so that nothing has to be counted.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from house.cluster import Cluster
from house.locks import locked, open_lock, take


@contextlib.contextmanager
def in_use(cluster: Cluster) -> Iterator[Cluster]:
    """Keep *cluster* running inside the block; stop it after, unless others still use it."""
    cluster.folder.mkdir(parents=True, exist_ok=True)
    users = open_lock(cluster.folder / "users.lock")
    try:
        with locked(cluster.folder / "start.lock"):
            cluster.start()
            take(users, fcntl.LOCK_SH)
        yield cluster
    finally:
        leave(cluster, users)


def leave(cluster: Cluster, users: int) -> None:
    """Give up the shared lock *users* and stop *cluster* if nobody else holds it."""
    with locked(cluster.folder / "start.lock"):
        if take(users, fcntl.LOCK_EX | fcntl.LOCK_NB):
            cluster.stop()
        os.close(users)


def restart(cluster: Cluster) -> None:
    """Start *cluster* again, which died while it was in use."""
    with locked(cluster.folder / "start.lock"):
        cluster.start()
