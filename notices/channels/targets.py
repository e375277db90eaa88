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

# Through this prefix a network reaches IPv4 from IPv6 (RFC 6052).
NAT64 = ip_network("64:ff9b::/96")


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
    for each in _meant(address):
        if any(each in ip_network(network) for network in settings.WEBHOOK_NETWORKS):
            continue
        if not secure or not each.is_global or each.is_multicast or each.is_reserved:
            raise BadTarget


def _meant(address):
    """Return every address that *address* may lead to: tunnels carry another one inside."""
    if address.version == 4:
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inside = [address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        inside.append(ip_address(int(address) & 0xFFFF_FFFF))
    return [address, *(each for each in inside if each)]


def _look_up(name, port):
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [row[4][0].partition("%")[0] for row in found]
