"""Our own PostgreSQL server: one per data folder, reached by a socket only."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg2

from house import binaries, guise, sockets
from house.paths import log_file
from house.programs import last_words, popen
from house.talk import Trouble

PORT = 5432  # of the socket's name; nothing listens on the network
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "shared_buffers": "256MB",
    "random_page_cost": 1.1,
    "jit": "off",
    "log_timezone": "Asia/Shanghai",
}


class Cluster:
    """The server whose files are in *folder*/data; *settings* are added to ours.

    Two launchers must not start or stop it at the same time: see `sharing`.
    """

    def __init__(self, folder: Path, settings: Mapping[str, object] | None = None):
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.settings = SETTINGS | dict(settings or {})
        self._process: subprocess.Popen | None = None

    @property
    def host(self) -> str:
        """The folder of the socket: a running server knows best where it is."""
        running = self.is_running()
        return sockets.of_running(self.data) if running else str(sockets.place(self.folder))

    def connect(self, database: str = "postgres", user: str = SUPERUSER):
        """Return a connection that commits each statement."""
        where = {"host": self.host, "port": PORT, "dbname": database, "user": user}
        connection = psycopg2.connect(**where, connect_timeout=5)
        connection.autocommit = True
        return connection

    def is_running(self) -> bool:
        """Return whether the main process of the server lives."""
        return self.main_pid() in self.pids()

    def main_pid(self) -> int | None:
        """Return the id that the server noted at its start, whatever has it today."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None

    def pids(self) -> set[int]:
        """Return the ids of this server's processes: they all work inside its folder.

        Neither zombies nor strangers that were given an old number are among them.
        """
        return {int(p.name) for p in Path("/proc").glob("[0-9]*") if _works_in(p, self.data)}

    def start(self) -> None:
        """Start the server, making its files the first time; returns when it answers."""
        if self._comes_up(self.is_running):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._create()
        self._clear_leftovers()
        guise.hand_over(self.data)
        self._process = self._launch()
        if not self._comes_up(lambda: self._process.poll() is None):
            raise _trouble("数据库没有启动。")

    def stop(self) -> None:
        """Stop the server: sessions are cut, nothing committed is lost."""
        if pid := self.is_running() and self.main_pid():
            os.kill(pid, signal.SIGINT)
            self._wait_for_end(30)
            sockets.clear(self.folder)
        if self._process:
            self._process.wait()

    def _create(self) -> None:
        if self.data.exists():
            return
        # Renamed when complete, so that an interrupted start leaves nothing half made.
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        words = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k"]
        initdb = [*guise.prefix(), binaries.choose().folder / "initdb", "-D", new, *words]
        with log_file("database").open("ab") as log:
            code = popen(initdb, stdout=log, stderr=log, env=_environment()).wait()
        if code:
            raise _trouble("数据库没有建成。")
        new.rename(self.data)

    def _clear_leftovers(self) -> None:
        """After a kill: let orphans end first, they may still hold the server's memory."""
        if not self._wait_for_end(10):
            for pid in self.pids():
                os.kill(pid, signal.SIGQUIT)
            if not self._wait_for_end(10):
                raise Trouble(f"上次的数据库进程还没有结束：{sorted(self.pids())}。请稍后再试。")
        # A zombie's number would be taken for a living server in both lock files.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        sockets.lock_file(self.folder).unlink(missing_ok=True)

    def _launch(self) -> subprocess.Popen:
        version = int((self.data / "PG_VERSION").read_text())
        postgres = [*guise.prefix(), binaries.choose(version).folder / "postgres", "-D", self.data]
        sockets_at = sockets.prepare(self.folder, owner=guise.owner())
        settings = self.settings | {"unix_socket_directories": sockets_at}
        words = [word for item in settings.items() for word in ("-c", "=".join(map(str, item)))]
        with log_file("database").open("ab") as log:
            # A session of its own: Ctrl-C at the terminal is not meant for the database.
            options = {"stdout": log, "stderr": log, "start_new_session": True}
            return popen([*postgres, *words], env=_environment(), **options)

    def _comes_up(self, lives: Callable[[], bool], seconds: int = 300) -> bool:
        """Wait for an answer while the server *lives*; it may be recovering, or dying."""
        until = time.monotonic() + seconds
        while lives() and time.monotonic() < until:
            try:
                self.connect().close()
                return True
            except psycopg2.OperationalError:
                time.sleep(0.05)
        return False

    def _wait_for_end(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.pids():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def _works_in(process: Path, folder: Path) -> bool:
    try:
        is_postgres = (process / "comm").read_text().strip() == "postgres"
        return is_postgres and (process / "cwd").readlink() == folder
    except OSError:
        return False


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _trouble(sentence: str) -> Trouble:
    path = log_file("database")
    return Trouble(f"{sentence}\n{last_words(path)}\n（全部输出见 {path}）")
