"""Walking through the house link by link, as one person after the other."""

from collections import deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from viewflow.workflow.models import Task

from disputes.models import Proceeding
from tests.journeys.pages import Page

# Doors that lead out, or to files.
LEFT_OUT = {"logout", "set_language", "material", "ledger_rejects", None}
# Pages that say different things to different people; the others are walked once for all.
PERSONAL = {"worklist", "cases", "case", "case_status", "me"}


def walk(client, *, seen, start="/"):
    """Yield (path, answer, Page) of every kind of page that *client* reaches, each kind once.

    *seen* is a set, shared by all walks of a test, of what need not be visited again.
    """
    waiting, own = deque([start]), set()
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind is None or kind in seen | own:
            continue
        (own if kind[0] in PERSONAL else seen).add(kind)
        answer = client.get(path)
        page = Page(answer.text) if _is_page(answer) else Page("")
        yield path, answer, page
        if answer.status_code in (301, 302):
            waiting.append(urljoin(path, answer.url))
        waiting.extend(urljoin(path, link) for link in page.links)


def kind_of(path):
    """Return what tells pages apart that say different things, None for what is no page."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    name = match.url_name
    if name in LEFT_OUT or parts.path.startswith("/static/"):
        return None
    return name, _detail(name, match.kwargs), bool(parts.query)


def _detail(name, keys):
    """Return which of the many pages of one door it is: cases and steps differ by their step."""
    if name == "step":
        return str(Task.objects.get(pk=keys["pk"]).flow_task)
    if name == "case":
        last = Proceeding.objects.filter(case=keys["pk"]).order_by("-ordinal").first()
        return last.tier, last.closed_at is None
    return keys.get("field", keys.get("part", ""))


def _is_page(answer):
    return answer.get("Content-Type", "").startswith("text/html")
