"""A real IMAP server that the tests start: pymap, with one mailbox in memory."""

import imaplib
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.notices.receivers import free_port

USER, PASSWORD = "lianxihui", "Yanshi-2026"
PATIENCE = 30  # seconds


class Mailbox:
    """The mailbox at *port* of this machine, as a mail program sees it."""

    def __init__(self, port):
        self.port = port
        self.access = {
            "host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD, "tls": False,
        }  # fmt: skip

    def hold(self, *letters):
        """Have it hold *letters*, bytes each, all of them new, and nothing else."""
        with self._open() as server:
            server.store("1:*", "+FLAGS", r"(\Deleted)")
            server.expunge()
            for letter in letters:
                server.append("INBOX", None, None, letter)

    def unread(self):
        """Return how many of its mails nobody has read."""
        with self._open() as server:
            return len(server.search(None, "UNSEEN")[1][0].split())

    def _open(self):
        server = imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE)
        server.login(USER, PASSWORD)
        server.select("INBOX")
        return server


@contextmanager
def imap_server():
    """Run an IMAP server on a free port of this machine; yield its ``Mailbox``."""
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin"]
    account = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(
        [sys.executable, "-c", "from pymap.main import main; main()", *words, *account],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _awaited(Mailbox(port), process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _awaited(mailbox, process):
    """Return *mailbox* when its server takes calls."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            mailbox.hold()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return mailbox
