"""How a row of any table leads to its case: the shortest way along the foreign keys."""

from collections import deque
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection


@cache
def way_to_case(model):
    """Return the shortest way from *model* to the case: a tuple of (table, key, column) steps.

    Each step reads the *column* of the row of *table* whose *key* is what the step before gave;
    the first is the row itself. None when no way leads there.
    """
    case = apps.get_model(settings.AUDIT["CASE"])
    waiting, seen = deque([(model, ())]), {model}
    while waiting:
        here, steps = waiting.popleft()
        if here is case:
            return steps
        for column, key, there in _neighbours(here):
            if there not in seen:
                seen.add(there)
                waiting.append((there, (*steps, (here._meta.db_table, column, key))))
    return None


def _neighbours(model):
    """Yield (own column, its key there, neighbour): along foreign keys and pairs."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.remote_field:
            there = field.remote_field.model._meta.concrete_model
            yield field.column, field.target_field.column, there
    for relation in model._meta.related_objects:
        if relation.one_to_one:
            yield relation.target_field.column, relation.field.column, relation.related_model


def link_of(model):
    """Return the column of *model*'s own row from which its case is found, None when there is none.

    For the case itself this is its key.
    """
    steps = way_to_case(model)
    if steps is None:
        return None
    return steps[0][1] if steps else model._meta.pk.column


def case_from_link(model, link):
    """Return SQL that finds the case of a *model* row from the SQL of its *link* column."""
    steps = way_to_case(model)
    if steps is None:
        return "NULL::bigint"
    found = link
    # What a step found is the key of the row in the next one's table.
    for (_table, _column, key), (table, column, _key) in zip(steps, steps[1:], strict=False):
        found = _read(column, table, key, found)
    return found


def case_from_key(model, key):
    """Return SQL that finds the case of the *model* row whose primary key is the SQL *key*."""
    link = link_of(model)
    if link is None:
        return "NULL::bigint"
    pk = model._meta.pk.column
    if link != pk:
        key = _read(link, model._meta.db_table, pk, key)
    return case_from_link(model, key)


def _read(column, table, key, value):
    """Return SQL for the *column* of the row of *table* whose *key* is the SQL *value*."""
    column, table, key = map(connection.ops.quote_name, (column, table, key))
    # Names come from the models alone.
    return f"(SELECT {column} FROM {table} WHERE {key} = {value})"  # noqa: S608
