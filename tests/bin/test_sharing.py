"""Several launchers share one server; the last one to leave stops it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from house.sharing import in_use

LIB = Path(__file__).parents[2] / "bin" / "lib"
USER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from house.cluster import Cluster
from house.sharing import in_use
with in_use(Cluster(Path(sys.argv[2]))) as cluster:
    print(cluster.main_pid(), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def user(cluster):
    """Start another launcher that uses the server until its input ends."""
    started = []

    def user():
        command = [sys.executable, "-c", USER, LIB, cluster.folder]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, **pipes))
        return started[-1]

    yield user
    for process in started:
        process.kill()
        process.communicate()


def test_first_starts_at_once_give_one_server(cluster, user):
    users = [user() for _ in range(3)]

    assert len({process.stdout.readline() for process in users}) == 1
    for process in users:
        process.communicate("")
    assert not cluster.is_running()


def test_server_stays_until_the_last_has_left(cluster, user):
    other = user()
    other.stdout.readline()

    with in_use(cluster):
        pass

    assert cluster.is_running()
    other.communicate("")
    assert not cluster.is_running()


def test_a_killed_user_does_not_keep_the_server_up(cluster, user):
    other = user()
    other.stdout.readline()
    other.send_signal(signal.SIGKILL)
    other.wait()

    with in_use(cluster):
        assert cluster.is_running()

    assert not cluster.is_running()


def test_server_stops_when_the_work_fails(cluster):
    with pytest.raises(ZeroDivisionError), in_use(cluster):
        _ = 1 / 0

    assert not cluster.is_running()
