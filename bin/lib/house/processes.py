"""The processes that bin/serve keeps running, and how they stop."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from house.paths import log_file
from house.programs import last_words, popen
from house.talk import Trouble, say

QUICK_DEATH = 5  # seconds; who dies faster than this will hardly live longer next time
PATIENCE = 3  # quick deaths in a row until we give up
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LARGEST_LOG = 20 * 1024 * 1024  # bytes
libc = ctypes.CDLL(None, use_errno=True)


class Service:
    """One program of the product, started again when it dies; its output goes to a log."""

    def __init__(self, name: str, title: str, command: Sequence[str | Path]):
        self.title, self.command, self.log = title, command, log_file(name)
        self.process: subprocess.Popen | None = None
        self.begun, self.quick_deaths = 0.0, 0

    def start(self) -> None:
        """Start the program as leader of a group, to end with us even if we are killed."""
        shorten(self.log)
        self.begun = time.monotonic()
        with self.log.open("ab") as log:
            options = {"stdout": log, "stderr": log, "start_new_session": True}
            self.process = popen(self.command, preexec_fn=end_with_parent, **options)

    def revive(self) -> None:
        """Start the program again if it died; raises Trouble when that does not help."""
        if self.process.poll() is None:
            return
        is_quick = time.monotonic() - self.begun < QUICK_DEATH
        self.quick_deaths = self.quick_deaths + 1 if is_quick else 0
        if self.quick_deaths >= PATIENCE:
            raise Trouble(f"{self.title}一再退出。\n{last_words(self.log)}\n（日志见 {self.log}）")
        say(f"{self.title}意外退出，正在重新启动（日志见 {self.log}）。")
        self.kill_group()
        self.start()

    def kill_group(self) -> None:
        """Kill whatever the program has left behind; returns when it is gone."""
        self.process.poll()
        with contextlib.suppress(ProcessLookupError):
            for _ in range(200):
                os.killpg(self.process.pid, signal.SIGKILL)
                time.sleep(0.01)
                self.reap()

    def reap(self) -> None:
        """Take leave of those of the group that have ended, once we have adopted them."""
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-self.process.pid, os.WNOHANG)[0]:
                pass


def end_with_parent() -> None:
    """Have the kernel end this process when the launcher is no more."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parents die, so that none is left unreaped."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def stop(services: Sequence[Service], seconds: float = 20) -> None:
    """Ask all *services* to end what they do, kill what has not ended after *seconds*."""
    started = [service for service in services if service.process]
    for service in started:
        service.process.terminate()
    until = time.monotonic() + seconds
    try:
        for service in started:
            service.process.wait(max(0.0, until - time.monotonic()))
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        say("有的进程没有及时结束，强制结束。")
    for service in started:
        service.kill_group()
        service.process.wait()


def ignore_signals() -> None:
    """Let nothing disturb the last moments, in which the database stops."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def shorten(log: Path) -> None:
    """Put a large *log* aside, in place of the one put aside before."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
