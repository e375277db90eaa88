"""One POST to one address, without following where it points elsewhere."""

import contextlib
import http.client
import socket
import ssl
import threading
from urllib.parse import urlsplit

from django.conf import settings

from notices.channels.trouble import Down, Failed, Refused

# Answers that speak of the server and not of the message: nothing else would be taken either.
BUSY = {408, 425, 429, 502, 503, 504}
# A whole call lasts at most so many times as long as its longest silence.
PATIENCE = 3


def post(url, body, headers, *, address=None):
    """Send *body* (bytes) to *url* with *headers* and return the status of the answer.

    *address* is the IP address to connect to, for whoever has checked it before; the name in
    *url* is then only spoken. Raises ``Down`` when nothing answers or the server is busy,
    ``Failed`` when it broke, ``Refused`` for any other answer than 2xx, a redirect too.
    """
    parts = urlsplit(url)
    connection = _connect(parts, address)
    # A receiver that answers drop by drop must not hold the outbox.
    cut = threading.Event()
    watch = threading.Timer(settings.OUTBOX_TIMEOUT * PATIENCE, _cut, [connection, cut])
    watch.daemon = True
    watch.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Down(type(error).__name__) from error
    finally:
        watch.cancel()
        connection.close()
    if cut.is_set():
        raise Down("too slow")
    if status in BUSY:
        raise Down(f"HTTP {status}")
    if status >= 500:
        raise Failed(f"HTTP {status}")
    if not 200 <= status < 300:
        raise Refused(f"HTTP {status}")
    return status


def _cut(connection, cut):
    cut.set()
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _connect(parts, address):
    timeout = settings.OUTBOX_TIMEOUT
    if parts.scheme == "https":
        return _Pinned(parts.hostname, parts.port or 443, address, timeout)
    return http.client.HTTPConnection(address or parts.hostname, parts.port or 80, timeout=timeout)


class _Pinned(http.client.HTTPSConnection):
    """TLS to an address that was checked, with the certificate of the name that was asked for."""

    def __init__(self, name, port, address, timeout):
        super().__init__(name, port, timeout=timeout, context=ssl.create_default_context())
        self._create_connection = lambda _target, *rest: _socket(address or name, port, *rest)


def _socket(address, port, *rest):
    return socket.create_connection((address, port), *rest)
