"""New keys for personal data: what is sealed is sealed again, what is indexed is indexed again.

Each batch is a transaction of its own. Whatever already stands under the new keys is left alone,
so an interrupted run is taken up by running it again.
"""

from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from disputes.models import Case, Party
from disputes.models.sealed import SealedTextField, index_of, unseal

BATCH = 500


@dataclass
class Tally:
    """How many rows were looked at, changed, and could not be read with any key."""

    seen: int = 0
    changed: int = 0
    unreadable: int = 0


def rotate():
    """Seal everything under the first of ``FIELD_KEYS``; yield (table, ``Tally``) of each table."""
    for model in apps.get_models():
        columns = [f.column for f in model._meta.concrete_fields if isinstance(f, SealedTextField)]
        if columns:
            yield model._meta.db_table, _walk(model, columns, _sealed_again)


def reindex():
    """Index parties and imported cases under ``INDEX_KEY``; yield (table, ``Tally``) of each.

    Needs the field keys to read what is indexed, and ``INDEX_KEY_OLD`` to know imported cases.
    """
    columns = ["id_number", "phone", "id_index", "phone_index", "phone_tail_index"]
    yield Party._meta.db_table, _walk(Party, columns, _indexed_again)
    if settings.INDEX_KEY_OLD:
        yield Case._meta.db_table, _walk(Case, ["imported_key"], _known_again)


def _walk(model, columns, again):
    """Walk all rows of *model* by key; *again* turns {key: values} into those that change."""
    tally, last = Tally(), 0
    while True:
        with transaction.atomic():
            rows = _read(model, columns, last)
            if not rows:
                return tally
            changed = again(rows, tally)
            _write(model, columns, changed)
        tally.seen += len(rows)
        tally.changed += len(changed)
        last = max(rows)


def _read(model, columns, last):
    """Return {key: values} of the next rows as the database holds them, locked."""
    pk, table, *names = map(
        connection.ops.quote_name, (model._meta.pk.column, model._meta.db_table, *columns)
    )
    # Names come from the models alone.
    sql = (
        f"SELECT {pk}, {', '.join(names)} FROM {table} WHERE {pk} > %s"  # noqa: S608
        f" ORDER BY {pk} LIMIT {BATCH} FOR UPDATE"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [last])
        return {key: values for key, *values in cursor.fetchall()}


def _write(model, columns, changed):
    """Write {key: values} in one statement."""
    if not changed:
        return
    pk, table = map(connection.ops.quote_name, (model._meta.pk.column, model._meta.db_table))
    names = [connection.ops.quote_name(column) for column in columns]
    assigned = ", ".join(f"{name} = new.{name}" for name in names)
    unnested = ", ".join(["unnest(%s::bigint[])"] + ["unnest(%s::text[])"] * len(names))
    sql = (
        f"UPDATE {table} AS old SET {assigned}"  # noqa: S608
        f" FROM (SELECT {unnested}) AS new (pk, {', '.join(names)}) WHERE old.{pk} = new.pk"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(changed), *map(list, zip(*changed.values(), strict=True))])


def _sealed_again(rows, tally):
    """Return the rows of which a token stands under an older key, sealed under the first."""
    first = Fernet(settings.FIELD_KEYS[0])
    every = MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
    changed = {}
    for key, tokens in rows.items():
        try:
            new = [_under(first, every, token) for token in tokens]
        except InvalidToken:
            tally.unreadable += 1
            continue
        if new != tokens:
            changed[key] = new
    return changed


def _under(first, every, token):
    if not token:
        return token
    try:
        first.decrypt(token.encode())
    except InvalidToken:
        return every.rotate(token.encode()).decode()
    return token


def _indexed_again(rows, tally):
    """Return the parties that are not found under the key in force, with their new hashes."""
    changed = {}
    for key, (id_number, phone, *indexes) in rows.items():
        try:
            new = Party(id_number=unseal(id_number), phone=unseal(phone)).make_indexes()
        except InvalidToken:
            tally.unreadable += 1
            continue
        found_by = [new.id_index, new.phone_index, new.phone_tail_index]
        if found_by != indexes:
            changed[key] = [id_number, phone, *found_by]
    return changed


def _known_again(rows, tally):
    """Return the imported cases that are known under the old key, with their new keys."""
    cases = Case.objects.filter(pk__in=rows, imported_key__isnull=False)
    changed = {}
    for case in cases.prefetch_related("parties"):
        old, new = (_imported_key(case, key) for key in (settings.INDEX_KEY_OLD, None))
        if case.imported_key == old:
            changed[case.pk] = [new]
        elif case.imported_key != new:
            tally.unreadable += 1
    return changed


def _imported_key(case, key):
    """Return by what an import knows *case* again, see ``ledger/facts.py``."""
    parties = case.parties.all()
    worker = next((party for party in parties if party.role == Party.Role.APPLICANT), None)
    employer = next((party for party in parties if party.kind == Party.Kind.EMPLOYER), None)
    likeness = (
        index_of(worker.id_number if worker else "", key=key),
        employer.name if employer else "",
        case.cause,
        case.received_on.isoformat(),
    )
    return index_of("|".join(likeness), key=key)
