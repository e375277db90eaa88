"""What every page and list that needs no key costs the people who may open it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from offices.models import User
from tests.journeys.leaks import DOORS

PEOPLE = (
    "gutazr", "qiyezr", "shizong", "zhongcaizr", "zhongcai", "lvshi", "yuanzhu", "lianxi",
    "lingdao", "shenjiyuan",
)  # fmt: skip


def addresses():
    """Return the addresses of lists and of doors of a duty that need no key."""
    found = []
    for name, door in DOORS.items():
        if door.kind in ("public", "mine"):
            continue
        try:
            found.append(reverse(door.name_of(name)))
        except NoReverseMatch:
            continue
    return sorted(set(found))


def count_queries(client, path):
    """Return the number of queries of *path*, None when it shows this person nothing."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        if getattr(answer, "streaming", False):
            list(answer.streaming_content)
    return len(asked) if answer.status_code == 200 else None


def costs_of(visits):
    """Return {(username, path): queries} of those *visits*, (username, path), that see a page."""
    clients, found = {}, {}
    for username, path in visits:
        if username not in clients:
            clients[username] = Client()
            clients[username].force_login(User.objects.get(username=username))
            clients[username].get("/")
        found[username, path] = count_queries(clients[username], path)
    return {key: cost for key, cost in found.items() if cost is not None}
