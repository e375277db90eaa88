"""Where a webhook may go: to no address inside of this machine or network that was not allowed.

The name is looked up here and the address that was checked is the one that is connected to, so
that a name cannot mean something else a moment later.
"""

import socket
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from offices.refusals import Refusal


class BadTarget(Refusal):
    """The address is none that the house calls."""

    sentence = _("This address is not called from here: it must be an encrypted address outside.")
    field = "url"


def check_target(url):
    """Return the IP address to connect to for *url*; raises ``BadTarget``."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise BadTarget from error
    if parts.scheme not in ("https", "http") or not name or parts.username or parts.password:
        raise BadTarget
    addresses = _look_up(name, port)
    if not addresses:
        raise BadTarget
    for address in addresses:
        _check(ip_address(address), secure=parts.scheme == "https")
    return addresses[0]


def _check(address, *, secure):
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return
    if not secure or not address.is_global or address.is_multicast:
        raise BadTarget


def _look_up(name, port):
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [row[4][0].partition("%")[0] for row in found]
