"""What a page that was asked for means to the log."""

import hashlib
import hmac
import re

from django.conf import settings

from audit.models import AuditEntry

Action = AuditEntry.Action
SHOWN = {200, 422}
SHUT = {403, 404}
LARGEST = 2**63 - 1
# A number of a case or a paper says nothing personal: a year beside a bracket or a dash.
_NUMBER = re.compile(r"(19|20)\d{2}\s*[-〕\])）】]")


def line_of(request, response):
    """Return the facts of the line that *response* to *request* earns, None when none.

    Who is not logged in gets to see nothing; her failed log-ins are logged elsewhere. A form
    that was sent and led on changes something, which triggers record.
    """
    match, facts = request.resolver_match, getattr(request, "audit_facts", {})
    if match is None or not request.user.is_authenticated or facts.get("skip"):
        return None
    if response.status_code in SHUT:
        return object_of(match) | {"action": Action.REFUSED, "reason": str(response.status_code)}
    silent = match.url_name in settings.AUDIT["SILENT"]
    if silent or response.status_code not in SHOWN or request.method not in ("GET", "POST"):
        return None
    return _shown(request, match) | facts


def object_of(match):
    """Return the object that the address names: ``object_type`` and ``object_id``, or nothing."""
    for route, key, label in settings.AUDIT["OBJECTS"]:
        number = match.kwargs.get(key)
        if match.route.startswith(route) and isinstance(number, int) and number <= LARGEST:
            return {"object_type": label, "object_id": number}
    return {}


def _shown(request, match):
    found = object_of(match)
    action = settings.AUDIT["DOORS"].get(match.url_name) or (Action.VIEW if found else Action.LIST)
    words = request.GET.get("q", "").strip()
    if action != Action.LIST or not words:
        return found | {"action": action}
    return {"action": Action.SEARCH, "changes": {"q": [None, say_words(words)]}}


def say_words(words):
    """Return how words that were searched for stand in the log.

    Numbers of cases as they are. Anything else may be a person: its length, and a keyed hash by
    which the same words are known again.
    """
    if _NUMBER.search(words):
        return words[:80]
    key = settings.INDEX_KEY.encode()
    digest = hmac.new(key, b"audit:" + words.upper().encode(), hashlib.sha256).hexdigest()
    return f"•••({len(words)}) {digest[:16]}"
