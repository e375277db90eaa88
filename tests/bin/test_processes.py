"""Services are brought back when they die, and gone with all they started when we stop."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from house import processes
from house.processes import Service
from house.talk import Trouble

# A program that has a child, both deaf to polite words if it is told so.
FAMILY = """
import signal, subprocess, sys, time
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def service(data_folder):
    """Make services that are stopped at the end."""
    processes.adopt_orphans()
    made = []

    def service(*words):
        made.append(Service("sample", "样例服务", [sys.executable, "-c", FAMILY, *words]))
        made[-1].start()
        return made[-1]

    yield service
    processes.stop(made, seconds=0.1)


def child_of(service, already=""):
    """Return the id of the child that *service* has started, read from its log."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        text = service.log.read_text().removeprefix(already).strip()
        if text:
            return int(text.split()[-1])
        time.sleep(0.02)
    raise AssertionError("no child was started")


def is_alive(pid):
    """Return whether the process *pid* runs; a zombie does not."""
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()[0]
        return state != "Z"
    return False


@pytest.mark.parametrize("words", [(), ("deaf",)])
def test_stopping_ends_the_service_and_what_it_started(service, words):
    running = service(*words)
    child = child_of(running)

    processes.stop([running], seconds=0.5)

    assert running.process.returncode is not None
    assert not is_alive(child)


def test_dead_service_is_brought_back_without_its_old_children(service, capsys):
    running = service()
    child = child_of(running)
    before = running.process.pid
    os.kill(before, signal.SIGKILL)
    running.process.wait()

    running.revive()

    assert running.process.pid != before
    assert "样例服务意外退出，正在重新启动" in capsys.readouterr().err
    assert child_of(running, already=f"{child}\n") != child
    assert not is_alive(child)


def test_service_that_keeps_dying_is_given_up(data_folder):
    hopeless = Service("hopeless", "样例服务", [sys.executable, "-c", "exit('no luck')"])
    hopeless.start()
    for _ in range(processes.PATIENCE - 1):
        hopeless.process.wait()
        hopeless.revive()
    hopeless.process.wait()

    with pytest.raises(Trouble, match="样例服务一再退出(.|\n)*no luck"):
        hopeless.revive()


def test_large_log_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LARGEST_LOG", 3)
    log = tmp_path / "web.log"
    log.write_text("long")

    processes.shorten(log)

    assert not log.exists()
    assert (tmp_path / "web.log.1").read_text() == "long"
