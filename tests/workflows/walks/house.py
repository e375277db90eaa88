"""A house of its own that a test may kill: a PostgreSQL server, a web server, a worker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from house.binaries import choose
from house.cluster import PORT, Cluster

NAME, FRESH = "house", "fresh"
PATIENCE = 60
TOKEN = "c" * 32


class Server:
    """The PostgreSQL server, with a database that is as new for every test."""

    def __init__(self, folder):
        # Its processes are killed, not the machine: the disk need not be waited for.
        self.cluster = Cluster(folder / "pg", {"fsync": "off", "shared_buffers": "64MB"})
        self.cluster.start()
        self._usual = connection.settings_dict.copy()

    def copy_schema(self):
        """Make the database of which every test gets a copy, like the one that tests use."""
        there = connection.get_connection_params()
        source = ["-h", there["host"], "-U", there["user"], there["dbname"]]
        if there.get("port"):
            source += ["-p", str(there["port"])]
        connection.close()
        self._do(f"CREATE DATABASE {FRESH}")
        tools = choose().folder
        target = ["-h", self.cluster.host, "-p", str(PORT), "-U", "postgres", "-d", FRESH]
        with subprocess.Popen([tools / "pg_dump", "-O", "-x", *source], stdout=-1) as dump:
            subprocess.run(
                [tools / "psql", "-q", *target], stdin=dump.stdout, check=True, stdout=-3
            )

    def move_in(self, name):
        """Let this process work in the database *name* from now on."""
        connection.close()
        where = {"NAME": name, "HOST": self.cluster.host, "PORT": str(PORT), "USER": "postgres"}
        connection.settings_dict.update(where, PASSWORD="")

    def move_out(self):
        """Let this process work where it did before."""
        connection.close()
        connection.settings_dict.update(self._usual)

    def renew(self):
        """Give the test a new copy of the database."""
        self.restart()
        self._do(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        self._do(f"CREATE DATABASE {NAME} TEMPLATE {FRESH} STRATEGY FILE_COPY")
        self.move_in(NAME)

    def kill(self):
        """Kill all of its processes at once, as when the machine goes down."""
        for pid in sorted(self.cluster.pids()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop_immediately(self):
        """Stop without a word to anybody, as ``pg_ctl stop -m immediate`` does."""
        os.kill(self.cluster.main_pid(), signal.SIGQUIT)
        while self.cluster.is_running():
            time.sleep(0.02)

    def restart(self):
        """Start again after a death, if it is dead; the server finds its way back by itself."""
        connection.close()
        Cluster(self.cluster.folder, self.cluster.settings).start()

    @property
    def url(self):
        """The address of the database."""
        where = urlencode({"host": self.cluster.host, "port": PORT})
        return f"postgresql://postgres@/{NAME}?{where}"

    def _do(self, statement):
        with contextlib.closing(self.cluster.connect()) as server, server.cursor() as cursor:
            cursor.execute(statement)


class Program:
    """A program of the house that works in the database of *server*; it leads its own group."""

    def __init__(self, server, *words, log):
        environment = {
            **os.environ,
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "config.test_settings",
            "WORKERS": "1",
        }
        with Path(log).open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *words], cwd=settings.BASE_DIR, env=environment,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def kill(self):
        """Kill it and everything that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Web(Program):
    """The web server, as bin/serve starts it."""

    def __init__(self, server, *, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4"]
        more = ["--preload", "--no-control-socket"]
        super().__init__(server, "-m", "gunicorn", "config.wsgi", *words, *more, log=log)
        wait_for(self._answers)

    def kill_worker(self):
        """Kill the process that answers requests; the server makes another."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for pid in children.split():
            os.kill(int(pid), signal.SIGKILL)
        wait_for(self._answers)

    def post(self, user, url, answers):
        """Return the status with which *url* takes *answers* of *user*, 0 when nobody answers."""
        browser = Client()
        browser.force_login(user)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **answers}, doseq=True)
        connection.close()
        return self._ask("POST", url, body, headers)

    def _answers(self):
        return self._ask("GET", "/", None, {}) in range(200, 500)

    def _ask(self, method, url, body, headers):
        asking = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            asking.request(method, url, body, headers)
            return asking.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            asking.close()


class Worker(Program):
    """The worker, as bin/serve starts it."""

    def __init__(self, server, *, log):
        super().__init__(server, "manage.py", "qcluster", log=log)


@contextlib.contextmanager
def stopped_before(server, table):
    """Let nobody write into *table* inside the block; yields a function that waits for one to try."""
    with contextlib.closing(server.cluster.connect(NAME)) as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

        def somebody_waits():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return cursor.fetchone()[0] > 0

        yield lambda: wait_for(somebody_waits)


def wait_for(question):
    """Wait until *question* is answered with yes; fail when it takes too long."""
    until = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < until, question
        time.sleep(0.05)
