"""Which news of cases somebody may still read: a case that she no longer sees leaves her inbox.

A posting ends, a grant runs out, a wall goes up: what was told before would still name the case.
"""

from collections import defaultdict

from django.apps import apps
from django.db import connection
from django.urls import Resolver404, resolve
from django.utils import timezone

from audit.doors import object_of
from audit.paths import case_from_key
from disputes.permissions import visible_cases


def of_visible_cases(user, notices):
    """Return those of *notices* that tell of no case, or of one that exists for *user* today.

    Two queries for all of them; none when they tell of no case.
    """
    objects = {notice.pk: _object_of(notice.url) for notice in notices}
    cases = _cases_of({found for found in objects.values() if found})
    if not cases:
        return list(notices)
    visible = visible_cases(user, on=timezone.localdate()).filter(pk__in=set(cases.values()))
    known = {None, *visible.values_list("pk", flat=True)}
    return [notice for notice in notices if cases.get(objects[notice.pk]) in known]


def _object_of(url):
    """Return (label, key) of what the address *url* names, None when it names nothing."""
    try:
        found = object_of(resolve(url.partition("?")[0].partition("#")[0]))
    except Resolver404:
        return None
    return (found["object_type"], found["object_id"]) if found else None


def _cases_of(objects):
    """Return {(label, key): id of its case} of those *objects* that belong to one, in one query."""
    keys = defaultdict(list)
    for label, key in objects:
        keys[label].append(key)
    parts, words = [], []
    for label, found in keys.items():
        # Names of tables and columns come from the models alone.
        case = case_from_key(apps.get_model(label), "k")
        parts.append(f"SELECT %s, k, {case} FROM unnest(%s::bigint[]) AS k")  # noqa: S608
        words += [label, found]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), words)
        return {(label, key): case for label, key, case in cursor.fetchall() if case}
