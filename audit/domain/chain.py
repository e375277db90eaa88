"""Sealing: each line of the log is bound to all before it by SHA-256.

The chain follows the numbers of the lines. Numbers are given before transactions end, so a line
may appear after one with a higher number; the sealer therefore first waits until nobody who
could still hold a lower number is writing. Numbers of transactions rolled back leave gaps, which
mean nothing: a removed line is missed by its seal.
"""

import hashlib
import json
import time
from datetime import UTC

from django.db import connection, transaction

from audit.models import AuditEntry, Seal

BATCH = 2000
LOCK = 0x61756469  # any number will do that no other part of the house takes
BEGINNING = "0" * 64
FACTS = (
    "id", "at", "actor_id", "actor_name", "served_as", "address", "request", "door",
    "action", "object_type", "object_id", "case_id", "reason", "changes",
)  # fmt: skip


def seal_of(previous, entry):
    """Return the seal of *entry*, a mapping of ``FACTS``, that follows the seal *previous*."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()


def canonical(entry):
    """Return the one way in which *entry* is written for sealing: JSON, sorted, UTC, no blanks."""
    facts = entry | {"at": entry["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def seal_new(*, patience=20):
    """Seal all lines that are settled and return how many; 0 when another worker is at it.

    *patience* is how many seconds it waits for transactions that are writing. While one takes
    longer nothing is sealed; the next run seals it all.
    """
    horizon, sealed = settled(patience=patience), 0
    if horizon is None:
        return 0
    while True:
        found = _seal_batch(horizon)
        sealed += found
        if found < BATCH:
            return sealed


def settled(*, patience):
    """Return a number up to which no further line can appear, None when waiting was in vain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM audit_auditentry_id_seq")
        (last,) = cursor.fetchone()
        # Whoever was given a number up to this one holds this lock until its transaction ends.
        writing, until = _writers(cursor), time.monotonic() + patience
        while writing:
            if time.monotonic() > until:
                return None
            time.sleep(0.05)
            writing &= _writers(cursor)
    return last


def _writers(cursor):
    cursor.execute(
        "SELECT virtualtransaction FROM pg_locks"
        " WHERE relation = 'audit_auditentry'::regclass AND mode = 'RowExclusiveLock' AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND pid IS DISTINCT FROM pg_backend_pid()"
    )
    return {name for (name,) in cursor.fetchall()}


@transaction.atomic
def _seal_batch(horizon):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    head = Seal.objects.order_by("-pk").first()
    number, previous = (head.pk, head.hash) if head else (0, BEGINNING)
    seals = []
    for entry in entries(after=number, upto=horizon)[:BATCH]:
        previous = seal_of(previous, entry)
        seals.append(Seal(entry_id=entry["id"], hash=previous))
    Seal.objects.bulk_create(seals)
    return len(seals)


def entries(*, after, upto):
    """Return the lines with numbers above *after* up to *upto*, in order, as mappings."""
    found = AuditEntry.objects.filter(pk__gt=after, pk__lte=upto)
    return found.order_by("pk").values(*FACTS)


def unsealed():
    """Return the lines that follow the last seal, as a queryset."""
    head = Seal.objects.order_by("-pk").values_list("pk", flat=True).first()
    return AuditEntry.objects.filter(pk__gt=head or 0)
