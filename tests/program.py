"""What a program does in the tests, in one line."""

from django.urls import reverse


def send(client, name, body=None, *args, method="post", **headers):
    """Send *body* as JSON to the door *name*; headers as ``if_match`` or ``idempotency_key``."""
    headers = {f"HTTP_{key.upper()}": value for key, value in headers.items()}
    ask = getattr(client, method)
    return ask(reverse(name, args=args), body or {}, content_type="application/json", **headers)


def version_of(client, name, *args):
    """Return the ETag of what is behind the door *name*."""
    return client.get(reverse(name, args=args))["ETag"]
