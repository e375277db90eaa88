"""Real servers on this machine that keep what they are sent."""

import contextlib
import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler


class Receiver:
    """A web server that keeps every request: ``requests`` are (path, headers, body as bytes).

    It answers with ``status``, or with what ``answer`` says of the request.
    """

    def __init__(self):
        self.requests, self.status, self.answer = [], 200, None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"

    def _handler(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = (self.path, dict(self.headers), body)
                receiver.requests.append(request)
                status = receiver.answer(request) if receiver.answer else receiver.status
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        return Handler

    @property
    def bodies(self):
        """What was sent, read as JSON."""
        return [json.loads(body) for _path, _headers, body in self.requests]


@contextmanager
def receiving():
    """Have a ``Receiver`` at work inside the block."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()


@contextmanager
def dripping():
    """Have a web server at work that begins to answer and never ends; its address."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip():
        connection, _address = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.05):
                connection.sendall(b"x")

    threading.Thread(target=drip, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        over.set()
        server.close()


def free_port():
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Postman(MessageHandler):
    """Keeps every mail; refuses those for addresses in ``unknown``, later those in ``full``."""

    def __init__(self):
        super().__init__()
        self.mails, self.unknown, self.full = [], set(), set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 no such mailbox"
        if address in self.full:
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        self.mails.append(message)


@contextmanager
def mail_server(settings):
    """Have a mail server at work inside the block that the house's *settings* name."""
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    postman.port = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postman.port
    try:
        yield postman
    finally:
        controller.stop()
