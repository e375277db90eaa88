"""From which machine a request comes."""

import ipaddress


def address_of(request):
    """Return the address of the machine that sent *request*; behind a proxy what the proxy saw.

    The proxy that ends HTTPS adds it at the end of ``X-Forwarded-For``; what stands before may be
    anybody's invention. Locks and the log go by it: were the proxy's own address taken, five wrong
    passwords of a stranger would shut somebody out at every machine.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if request.is_secure() else ""
    last = forwarded.rpartition(",")[2].strip()
    return last if _is_address(last) else request.META.get("REMOTE_ADDR", "")[:45]


def _is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
